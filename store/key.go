package store

import (
	"context"
	"fmt"

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

// NewPersonKey makes new keys for personal columns and seals every person, every account and the personal cells of every register again
// under them, page by page. The older keys stay, as older versions of rows were sealed under them. The key of the blind index is not changed. Other servers on the same
// database must be started again before it, or they could not read what is sealed now.
func (s *Store) NewPersonKey(ctx context.Context, actor action.Actor) error {
	thing := access.Thing{Class: access.System}
	var stored []dataKeyRow
	err := action.Do(ctx, s, actor, action.Write{Name: "store.action.new_key", Thing: thing, Do: func(ctx context.Context, tx action.Tx) error {
		var latest int64
		if err := s.reads(ctx).NewSelect().Model((*dataKeyRow)(nil)).ColumnExpr("max(created)").Scan(ctx, &latest); err != nil {
			return err
		}
		for _, purpose := range []string{purposePerson, purposeRegister} {
			// The newest key seals, so the new one must be newer whatever the clock says.
			key, err := secret.NewDataKey(s.master, purpose, max(tx.Now().UnixMilli(), latest+1), s.random)
			if err != nil {
				return err
			}
			if err := insertRows(ctx, s, dataKeyRow{ID: key.ID, Purpose: key.Purpose, Wrapped: key.Wrapped, Created: key.Created, Version: 1}); err != nil {
				return err
			}
		}
		stored = nil
		return s.reads(ctx).NewSelect().Model(&stored).Order("id").Scan(ctx)
	}})
	if err != nil {
		return err
	}
	if err := s.useKeys(stored); err != nil {
		return err
	}
	if err := sealAgain(ctx, s, actor, s.personAgain, func(r personRow) string { return r.ID }); err != nil {
		return err
	}
	if err := sealAgain(ctx, s, actor, s.accountAgain, func(r accountRow) string { return r.ID }); err != nil {
		return err
	}
	return s.sealRegistersAgain(ctx, actor)
}

// sealAgain walks a table and replaces each row by again(row), one action a page.
func sealAgain[T any](ctx context.Context, s *Store, actor action.Actor, again func(T) (T, error), id func(T) string) error {
	for last := ""; ; {
		var rows []T
		err := action.Do(ctx, s, actor, action.Write{Name: "store.action.seal_again", Thing: access.Thing{Class: access.System}, Do: func(ctx context.Context, _ action.Tx) error {
			rows = nil
			if err := s.reads(ctx).NewSelect().Model(&rows).Where("id > ?", last).Order("id").Limit(pageRows).Scan(ctx); err != nil {
				return fmt.Errorf("store: seal again: %w", err)
			}
			for _, row := range rows {
				sealed, err := again(row)
				if err != nil {
					return err
				}
				if err := replaceRow(ctx, s, sealed); err != nil {
					return err
				}
			}
			return nil
		}})
		if err != nil || len(rows) == 0 {
			return err
		}
		last = id(rows[len(rows)-1])
	}
}

func (s *Store) personAgain(row personRow) (personRow, error) {
	p, err := s.person(row)
	if err != nil {
		return row, err
	}
	return s.personRow(p)
}

func (s *Store) accountAgain(row accountRow) (accountRow, error) {
	a, err := s.account(row)
	if err != nil {
		return row, err
	}
	return s.accountRow(a)
}
