package todo

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"jiaoheng/fault"
	"jiaoheng/notice"
)

// keepEvery is how often is looked for what has to go out.
const keepEvery = 20 * time.Second

// Keep makes the digest of the day when its hour has come and sends what waits, now and every keepEvery until ctx ends. What
// fails is logged and tried again.
func Keep(ctx context.Context, d *Desk, dispatcher notice.Dispatcher, log *slog.Logger) {
	ticker := time.NewTicker(keepEvery)
	defer ticker.Stop()
	done := ""
	for {
		var err error
		if done, err = once(ctx, d, dispatcher, done); err != nil && ctx.Err() == nil {
			log.Error("notices cannot be sent", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// once makes the digest, unless it was made for this day already, and sends what waits. It returns the day that is done. A
// panic of one round does not end the rounds.
func once(ctx context.Context, d *Desk, dispatcher notice.Dispatcher, done string) (day string, err error) {
	defer func() {
		if p := recover(); p != nil {
			day, err = done, errors.Join(err, fault.New("todo.broke", map[string]any{"reason": p}))
		}
	}()
	day = done
	if d.store.Today().String() != done {
		report, failed := d.Digest(ctx, dispatcher.Clock())
		err = failed
		if failed == nil && report.Day != "" {
			day = report.Day
		}
	}
	_, failed := dispatcher.Pass(ctx)
	return day, errors.Join(err, failed)
}
