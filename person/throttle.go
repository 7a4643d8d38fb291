package person

import (
	"context"
	"time"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Wrong passwords are forgotten after this long without another one.
const failuresForgotten = 30 * time.Minute

// maxWait bounds how long somebody has to wait.
const maxWait = 15 * time.Minute

// Free tries before waiting begins. An address may stand for a whole school behind one connection.
const (
	freeOfAccount = 5
	freeOfAddress = 50
)

// WaitOf returns how long after now the next try is taken: after the free tries 30 s, then twice as long with each
// further failure, at most 15 minutes.
func WaitOf(now time.Time, f Failure, free int64) time.Duration {
	last := time.UnixMilli(f.Last)
	if f.Count < free || now.Sub(last) >= failuresForgotten {
		return 0
	}
	wait := maxWait
	if doublings := f.Count - free; doublings < 5 {
		wait = min(maxWait, 30*time.Second<<doublings)
	}
	return max(0, last.Add(wait).Sub(now))
}

func accountKey(login string) string   { return "account:" + login }
func addressKey(address string) string { return "address:" + address }

// countTry counts one try of key as a failure before the password is looked at, so that tries at the same time cannot pass
// together; forgive takes it back. While somebody has to wait nothing is counted and the time is returned.
func countTry(ctx context.Context, store Store, now time.Time, key string, free int64) (time.Duration, error) {
	before, err := store.ChangeFailure(ctx, key, func(f Failure) Failure {
		if WaitOf(now, f, free) > 0 {
			return f
		}
		if now.Sub(time.UnixMilli(f.Last)) >= failuresForgotten {
			f.Count = 0
		}
		return Failure{Key: key, Count: f.Count + 1, Last: now.UnixMilli()}
	})
	return WaitOf(now, before, free), err
}

// countTries counts a try for the account and for the address, or returns the fault that somebody has to wait.
func countTries(ctx context.Context, store Store, now time.Time, login, address string) error {
	ofAddress, err := countTry(ctx, store, now, addressKey(address), freeOfAddress)
	if err != nil {
		return err
	}
	ofAccount, err := countTry(ctx, store, now, accountKey(login), freeOfAccount)
	if err != nil {
		return err
	}
	if wait := max(ofAccount, ofAddress); wait > 0 {
		return fault.New("person.wait", message.Args{"seconds": int64((wait + time.Second - 1) / time.Second)})
	}
	return nil
}

// forgive forgets the failures of the account and takes back the try of the address.
func forgive(ctx context.Context, store Store, login, address string) error {
	if _, err := store.ChangeFailure(ctx, accountKey(login), func(Failure) Failure { return Failure{} }); err != nil {
		return err
	}
	_, err := store.ChangeFailure(ctx, addressKey(address), func(f Failure) Failure {
		f.Count = max(0, f.Count-1)
		return f
	})
	return err
}
