package person

import (
	"context"

	"jiaoheng/access"
	"jiaoheng/action"
)

// CloseAccount disables an account; its sessions end at once.
func CloseAccount(ctx context.Context, store Store, actor action.Actor, where access.Unit, id, reason string) error {
	return setDisabled(ctx, store, actor, where, id, reason, "person.action.close_account", true)
}

// OpenAccount lets a closed account sign in again.
func OpenAccount(ctx context.Context, store Store, actor action.Actor, where access.Unit, id, reason string) error {
	return setDisabled(ctx, store, actor, where, id, reason, "person.action.open_account", false)
}

func setDisabled(ctx context.Context, store Store, actor action.Actor, where access.Unit, id, reason, name string, disabled bool) error {
	return action.Do(ctx, store, actor, action.Write{
		Name:   name,
		Thing:  access.Thing{Class: access.People, Unit: where},
		Reason: reason,
		Do: func(ctx context.Context, tx action.Tx) error {
			account, err := store.Account(ctx, id)
			if err != nil {
				return notFound(err)
			}
			if err := mayTouch(ctx, store, actor, account.Person, name); err != nil {
				return err
			}
			account.Disabled = disabled
			account.Generation++
			return store.UpdateAccount(ctx, account)
		},
	})
}
