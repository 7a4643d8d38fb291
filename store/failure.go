package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"jiaoheng/person"
)

const failureTable = "failure"

type failureRow struct {
	bun.BaseModel `bun:"table:failure"`
	ID            string `bun:"id,pk"`
	Tries         int64  `bun:"tries"`
	Last          int64  `bun:"last"`
	MAC           string `bun:"mac"`
}

// ChangeFailure replaces one count of wrong passwords; counts that rested for a day are taken away along the way.
func (s *Store) ChangeFailure(ctx context.Context, key string, change func(person.Failure) person.Failure) (person.Failure, error) {
	id := s.index("failure", key)
	before := person.Failure{Key: key}
	ids, err := s.restedFailures(ctx)
	if err != nil {
		return before, err
	}
	err = s.sealedWrite(ctx, failureTable, append(ids, id), func(ctx context.Context, db bun.IDB) error {
		var rows []failureRow
		if err := db.NewSelect().Model(&rows).Where("id = ?", id).Scan(ctx); err != nil {
			return err
		}
		if len(rows) > 0 {
			before.Count, before.Last = rows[0].Tries, rows[0].Last
		}
		after := change(before)
		if _, err := db.NewDelete().Model((*failureRow)(nil)).Where("id in (?)", bun.In(append(ids, id))).Exec(ctx); err != nil {
			return err
		}
		if after.Count == 0 {
			return nil
		}
		row := failureRow{ID: id, Tries: after.Count, Last: after.Last}
		_, err := db.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return before, fmt.Errorf("store: failures: %w", err)
	}
	return before, nil
}

const dayMilliseconds = 24 * 60 * 60 * 1000

func (s *Store) restedFailures(ctx context.Context) ([]string, error) {
	var ids []string
	err := s.reads(ctx).NewSelect().Model((*failureRow)(nil)).Column("id").Where("last < ?", s.clock().UnixMilli()-dayMilliseconds).
		Limit(batchRows).Scan(ctx, &ids)
	return ids, err
}
