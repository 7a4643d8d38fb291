package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/uptrace/bun"

	"jiaoheng/action"
	"jiaoheng/assessment"
	"jiaoheng/audit"
	"jiaoheng/draw/ceremony"
	"jiaoheng/fault"
	"jiaoheng/secret"
)

// purposes are the data keys that every store holds.
var purposes = []string{purposeAudit, purposeReason, purposeSealed, purposeSession, purposePerson, purposePersonIndex, purposeAttachment,
	purposeRegister, purposeRegisterIndex, purposeNotice, purposeLetter, purposeRecord, purposeAppraisal,
	assessment.PurposeSeal, assessment.PurposePupil, ceremony.PurposeSeal}

// keyrings holds the keys in use; rotation swaps them.
type keyrings struct {
	now atomic.Pointer[secret.Keyring]
}

func (k *keyrings) ring() *secret.Keyring { return k.now.Load() }

type dataKeyRow struct {
	bun.BaseModel `bun:"table:data_key"`
	ID            string `bun:"id,pk"`
	Purpose       string `bun:"purpose"`
	Wrapped       string `bun:"wrapped"`
	Created       int64  `bun:"created"`
	Version       int64  `bun:"version"`
}

func (r dataKeyRow) key() secret.DataKey {
	return secret.DataKey{ID: r.ID, Purpose: r.Purpose, Wrapped: r.Wrapped, Created: r.Created}
}

// bootstrap opens the keys and, when migrations were run or purposes came, enters what they left into the chain: new keys, the heads of sealed
// tables, the migrations themselves. All of it is one action, so that a start cut off in between begins anew.
func (s *Store) bootstrap(ctx context.Context, keyFile string) error {
	var stored []dataKeyRow
	if err := s.writer.NewSelect().Model(&stored).Order("id").Scan(ctx); err != nil {
		return fmt.Errorf("store: keys: %w", err)
	}
	if err := s.openKeys(keyFile, stored); err != nil {
		return err
	}
	unrecorded, err := s.unrecordedMigrations(ctx)
	if err != nil || len(unrecorded) == 0 && s.hasKeys() {
		return err
	}
	fresh, err := s.missingKeys(stored)
	if err != nil {
		return err
	}
	if err := s.firstHead(ctx); err != nil {
		return err
	}
	return action.Do(ctx, s, action.TheProgram(), action.Write{Name: "store.action.start", Do: func(ctx context.Context, _ action.Tx) error {
		if err := insertRows(ctx, s, fresh...); err != nil || len(unrecorded) == 0 {
			return err
		}
		t := s.writing(ctx)
		for _, table := range sealedTables {
			if err := s.insertSealedHead(ctx, t.db, table); err != nil {
				return err
			}
		}
		return t.noteStored(ctx, "migration", unrecorded, audit.Inserted)
	}})
}

// hasKeys tells whether every purpose has a key; a purpose that came with a newer program has none yet.
func (s *Store) hasKeys() bool {
	return !slices.ContainsFunc(purposes, func(purpose string) bool { return !s.keys.ring().Has(purpose) })
}

func (s *Store) openKeys(keyFile string, stored []dataKeyRow) error {
	place, err := secret.KeyFile(keyFile, os.Getenv(secret.Environment), s.dataDir)
	if err != nil {
		return err
	}
	s.master, err = secret.LoadMaster(place, s.dataDir, len(stored) == 0, s.random)
	if err != nil {
		return err
	}
	return s.useKeys(stored)
}

func (s *Store) useKeys(stored []dataKeyRow) error {
	keys := make([]secret.DataKey, len(stored))
	for i, row := range stored {
		keys[i] = row.key()
	}
	ring, err := secret.Open(s.master, keys)
	if errors.Is(err, secret.ErrWrongMaster) {
		return fault.New("secret.master_wrong", nil)
	}
	if err != nil {
		return err
	}
	s.keys.now.Store(ring)
	return nil
}

// missingKeys makes keys for the purposes that have none and puts them to use.
func (s *Store) missingKeys(stored []dataKeyRow) ([]dataKeyRow, error) {
	var fresh []dataKeyRow
	for _, purpose := range purposes {
		if s.keys.ring().Has(purpose) {
			continue
		}
		key, err := secret.NewDataKey(s.master, purpose, s.clock().UnixMilli(), s.random)
		if err != nil {
			return nil, err
		}
		fresh = append(fresh, dataKeyRow{ID: key.ID, Purpose: key.Purpose, Wrapped: key.Wrapped, Created: key.Created, Version: 1})
	}
	return fresh, s.useKeys(append(stored, fresh...))
}

// unrecordedMigrations returns the ids of the migrations of this program that the chain does not hold yet.
func (s *Store) unrecordedMigrations(ctx context.Context) ([]string, error) {
	all, err := migrations(s.onPostgres())
	if err != nil {
		return nil, err
	}
	known := []string{"0000"}
	for _, m := range all {
		known = append(known, fmt.Sprintf("%04d", m.number))
	}
	var ids []string
	err = s.writer.NewRaw(`select id from migration where id in (?) and not exists
		(select 1 from audit_row where table_name = 'migration' and row_id = migration.id) order by id`, bun.In(known)).Scan(ctx, &ids)
	if err != nil {
		return nil, fmt.Errorf("store: migrations: %w", err)
	}
	return ids, nil
}

// firstHead begins the chain of a database that has none.
func (s *Store) firstHead(ctx context.Context) error {
	return s.writer.RunInTx(ctx, nil, func(ctx context.Context, db bun.Tx) error {
		var entries int
		if err := db.NewRaw(`select (select count(*) from audit_entry) + (select count(*) from audit_row)`).Scan(ctx, &entries); err != nil {
			return err
		}
		if entries > 0 {
			return nil
		}
		return s.writeHead(ctx, db, audit.Head{})
	})
}

// Keys returns the keys in use.
func (s *Store) Keys() *secret.Keyring { return s.keys.ring() }

// brokenConstraint tells the unique constraint that err broke, or "".
func brokenConstraint(err error) string {
	text := err.Error()
	for _, mark := range []string{"UNIQUE constraint failed: ", "violates unique constraint "} {
		if _, after, found := strings.Cut(text, mark); found {
			return strings.Trim(strings.Fields(after)[0], `",()`)
		}
	}
	return ""
}
