package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/record"
)

type savedViewRow struct {
	bun.BaseModel `bun:"table:saved_view"`
	ID            string `bun:"id,pk"`
	Owner         string `bun:"owner"`
	Register      string `bun:"register"`
	Name          string `bun:"name"`
	Query         string `bun:"query"`
	First         flag   `bun:"first"`
	Made          int64  `bun:"made"`
	Version       int64  `bun:"version"`
}

// RecordViewInsert stores a saved list.
func (s *Store) RecordViewInsert(ctx context.Context, v record.View) error {
	return insertRows(ctx, s, savedViewRow{ID: v.ID, Owner: v.Owner, Register: v.Register, Name: v.Name, Query: v.Query, First: flag(v.First), Made: v.Made.UnixMilli(), Version: 1})
}

// RecordViewDelete takes a saved list away.
func (s *Store) RecordViewDelete(ctx context.Context, id string) error {
	return deleteRows[savedViewRow](ctx, s, id)
}

// RecordViews returns the lists of a register that somebody saved, by name.
func (s *Store) RecordViews(ctx context.Context, owner, register string) ([]record.View, error) {
	var rows []savedViewRow
	err := s.reads(ctx).NewSelect().Model(&rows).Where("owner = ? and register = ?", owner, register).Order("name", "id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("store: saved lists: %w", err)
	}
	views := make([]record.View, len(rows))
	for i, r := range rows {
		views[i] = record.View{ID: r.ID, Owner: r.Owner, Register: r.Register, Name: r.Name, Query: r.Query, First: bool(r.First), Made: time.UnixMilli(r.Made).UTC(), Version: r.Version}
	}
	return views, nil
}
