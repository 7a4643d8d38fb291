package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"jiaoheng/plan/target"
)

var (
	_ target.BoardStore = (*Store)(nil)
	_ target.LookStore  = (*Store)(nil)
)

// BoardChanged names the tables that were written after an entry of the chain, by whatever program. After 0 it names none: who
// knows nothing yet reads everything.
func (s *Store) BoardChanged(ctx context.Context, after int64) (target.BoardChanged, error) {
	head, err := s.Head(ctx)
	changed := target.BoardChanged{Sequence: head.Sequence}
	if err != nil || after == 0 || head.Sequence == after {
		return changed, err
	}
	err = s.reads(ctx).NewRaw(`select distinct table_name from audit_row where sequence > ? and sequence <= ?`, after, head.Sequence).Scan(ctx, &changed.Tables)
	if err != nil {
		return changed, fmt.Errorf("store: changed tables: %w", err)
	}
	return changed, nil
}

// targetLookRow is the last look of the person whose id it has.
type targetLookRow struct {
	bun.BaseModel `bun:"table:target_look"`
	ID            string `bun:"id,pk"`
	Unit          string `bun:"unit"`
	At            int64  `bun:"at"`
	Seen          string `bun:"seen"`
}

// TargetLook returns the last look of a person at the board; false when there was none.
func (s *Store) TargetLook(ctx context.Context, person string) (target.Look, bool, error) {
	row, err := findRow[targetLookRow](ctx, s, person)
	if errors.Is(err, sql.ErrNoRows) {
		return target.Look{}, false, nil
	}
	if err != nil {
		return target.Look{}, false, err
	}
	look := target.Look{Person: row.ID, Unit: row.Unit, At: utcMoment(row.At)}
	if err := json.Unmarshal([]byte(row.Seen), &look.Plans); err != nil {
		return target.Look{}, false, fmt.Errorf("store: look of %s: %w", person, err)
	}
	return look, true, nil
}

// TargetLookPut keeps the last look of a person; earlier ones are not kept.
func (s *Store) TargetLookPut(ctx context.Context, look target.Look) error {
	seen, err := json.Marshal(look.Plans)
	if err != nil {
		return fmt.Errorf("store: look of %s: %w", look.Person, err)
	}
	row := targetLookRow{ID: look.Person, Unit: look.Unit, At: look.At.UnixMilli(), Seen: string(seen)}
	if _, known, err := s.TargetLook(ctx, look.Person); err != nil || known {
		if err != nil {
			return err
		}
		return replaceRow(ctx, s, row)
	}
	return insertRows(ctx, s, row)
}
