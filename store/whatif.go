package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/round"
)

var _ round.WhatIfStore = (*Store)(nil)

// whatIfRow is a list of changes under a name.
type whatIfRow struct {
	bun.BaseModel `bun:"table:whatif"`
	ID            string `bun:"id,pk"`
	Name          string `bun:"name"`
	Remark        string `bun:"remark"`
	Owner         string `bun:"owner"`
	Pack          string `bun:"pack"`
	Unit          string `bun:"unit"`
	Period        string `bun:"period"`
	Changes       string `bun:"changes"`
	Shared        flag   `bun:"shared"`
	Digest        string `bun:"digest"`
	Made          int64  `bun:"made"`
	Changed       int64  `bun:"changed"`
	Version       int64  `bun:"version"`
}

func whatIfRowOf(one round.WhatIf) (whatIfRow, error) {
	changes, err := json.Marshal(one.Changes)
	return whatIfRow{ID: one.ID, Name: one.Name, Remark: one.Remark, Owner: one.Owner, Pack: one.Pack, Unit: one.Unit, Period: one.Period,
		Changes: string(changes), Shared: flag(one.Shared), Digest: one.Digest, Made: one.Made.UnixMilli(), Changed: one.Changed.UnixMilli(),
		Version: one.Version}, err
}

func (r whatIfRow) whatIf() (round.WhatIf, error) {
	one := round.WhatIf{ID: r.ID, Name: r.Name, Remark: r.Remark, Owner: r.Owner, Pack: r.Pack, Unit: r.Unit, Period: r.Period,
		Shared: bool(r.Shared), Digest: r.Digest, Made: time.UnixMilli(r.Made).UTC(), Changed: time.UnixMilli(r.Changed).UTC(), Version: r.Version}
	if err := json.Unmarshal([]byte(r.Changes), &one.Changes); err != nil {
		return one, fmt.Errorf("store: changes of what-if %s: %w", r.ID, err)
	}
	return one, nil
}

// WhatIfInsert stores a new what-if.
func (s *Store) WhatIfInsert(ctx context.Context, one round.WhatIf) error {
	row, err := whatIfRowOf(one)
	if err != nil {
		return err
	}
	return insertRows(ctx, s, row)
}

// WhatIfUpdate stores a newer version; the fault is action.stale when another came between.
func (s *Store) WhatIfUpdate(ctx context.Context, one round.WhatIf) error {
	row, err := whatIfRowOf(one)
	if err != nil {
		return err
	}
	return updateRow(ctx, s, row)
}

// WhatIfDelete takes a what-if away.
func (s *Store) WhatIfDelete(ctx context.Context, id string) error {
	return deleteRows[whatIfRow](ctx, s, id)
}

// WhatIf returns one what-if, round.ErrNoWhatIf when it is not there.
func (s *Store) WhatIf(ctx context.Context, id string) (round.WhatIf, error) {
	row, err := findRow[whatIfRow](ctx, s, id)
	if errors.Is(err, sql.ErrNoRows) {
		return round.WhatIf{}, round.ErrNoWhatIf
	}
	if err != nil {
		return round.WhatIf{}, fmt.Errorf("store: what-if: %w", err)
	}
	return row.whatIf()
}

// WhatIfs returns those of a person and the shared ones of others, the newest first.
func (s *Store) WhatIfs(ctx context.Context, owner string) ([]round.WhatIf, error) {
	var rows []whatIfRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Where("owner = ? or shared = 1", owner).Order("changed desc", "id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: what-ifs: %w", err)
	}
	all := make([]round.WhatIf, len(rows))
	for k, row := range rows {
		var err error
		if all[k], err = row.whatIf(); err != nil {
			return nil, err
		}
	}
	return all, nil
}
