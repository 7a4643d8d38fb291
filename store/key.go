package store

import (
	"context"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/secret"
)

// ChangeMaster wraps every data key under another master key. What was sealed stays as it is. The caller puts the new key where
// the next start finds it, best before this, and takes the old one away after it.
func (s *Store) ChangeMaster(ctx context.Context, actor action.Actor, master secret.Master) error {
	var stored []dataKeyRow
	write := action.Write{Name: "store.action.change_master", Thing: access.Thing{Class: access.System}}
	write.Do = func(ctx context.Context, _ action.Tx) error {
		if err := s.reads(ctx).NewSelect().Model(&stored).Order("id").Scan(ctx); err != nil {
			return err
		}
		for i := range stored {
			key, err := secret.Rewrap(s.master, master, stored[i].key(), s.random)
			if err != nil {
				return err
			}
			stored[i].Wrapped = key.Wrapped
			if err := updateRow(ctx, s, stored[i]); err != nil {
				return err
			}
		}
		return nil
	}
	if err := action.Do(ctx, s, actor, write); err != nil {
		return err
	}
	s.master = master
	return nil
}
