package publication

import (
	"context"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// PublishWithin publishes a content inside the action of another package, which has asked for the rights of its own class: that of
// a draw is fixed by its announcement and never passes the desk. Preparer and Approver must be two persons.
func PublishWithin(ctx context.Context, store Store, tx action.Tx, one Publication) (Publication, error) {
	one.Content = cleaned(one.Content)
	faults := check(one.Content)
	if one.Preparer == one.Approver {
		faults.Add(fault.New("publication.second_person", nil))
	}
	if err := faults.Err(); err != nil {
		return one, err
	}
	one.ID, one.State, one.Editor, one.Version, one.Hash = tx.NewID(), Published, one.Preparer, 1, one.Content.Digest()
	one.PreparedAt, one.EditedAt, one.PublishedAt = tx.Now(), tx.Now(), tx.Now()
	return one, store.PublicationInsert(ctx, one)
}

// WithdrawWithin takes a publication back inside the action of another package.
func WithdrawWithin(ctx context.Context, store Store, tx action.Tx, id, person, reason string) error {
	one, err := store.Publication(ctx, id)
	if err != nil {
		return err
	}
	if one.State != Published {
		return fault.New("publication.state", message.Args{"state": message.Word("publication.state." + string(one.State))})
	}
	one.State, one.Withdrawer, one.WithdrawnAt, one.Reason = Withdrawn, person, tx.Now(), reason
	return store.PublicationUpdate(ctx, one)
}
