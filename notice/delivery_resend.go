package notice

import (
	"context"

	"jiaoheng/action"
	"jiaoheng/fault"
)

// Resend lets a delivery that failed, is unknown or was dropped go out again: a person decides it, knowing that an unknown
// one may have arrived. It keeps its Message-ID, so that mail programs can tell the double.
func Resend(ctx context.Context, store Store, actor action.Actor, id string) error {
	return action.Do(ctx, store, actor, action.Write{Name: "notice.action.resend", Thing: program, Do: func(ctx context.Context, tx action.Tx) error {
		one, err := store.Delivery(ctx, id)
		if err != nil {
			return err
		}
		if one.State == Waiting || one.State == Sending || one.State == Sent {
			return fault.New("notice.resend_state", nil)
		}
		one.State, one.Tries, one.Next = Waiting, 0, tx.Now()
		return store.DeliveryChange(ctx, one)
	}})
}

// Test stores a message that tells only that a channel works. To is the address for the mail server, "" for robots.
func Test(ctx context.Context, store Store, actor action.Actor, channel Channel, to string) (string, error) {
	var id string
	err := action.Do(ctx, store, actor, action.Write{Name: "notice.action.test", Thing: program,
		Check: func(context.Context) error {
			if channel.Kind == KindMail && !isMail(to) {
				return fault.At(fault.Place{Column: FieldTo}, "notice.mail_wrong", nil)
			}
			return nil
		},
		Do: func(ctx context.Context, tx action.Tx) error {
			id = tx.NewID()
			return store.DeliveriesInsert(ctx, Delivery{ID: id, Channel: channel.ID, Kind: KindTest, To: to, Key: KindTest + ":" + id, State: Waiting,
				Subject: text("notice.test.subject", nil), Body: text("notice.test.body", nil), Made: tx.Now(), Next: tx.Now(), Version: 1})
		}})
	return id, err
}
