package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/record"
)

type recordLinkRow struct {
	bun.BaseModel `bun:"table:record_link"`
	ID            string `bun:"id,pk"`
	FromRegister  string `bun:"from_register"`
	FromRow       string `bun:"from_row"`
	ToRegister    string `bun:"to_register"`
	ToRow         string `bun:"to_row"`
	Reason        string `bun:"reason"`
	Person        string `bun:"person"`
	At            int64  `bun:"at"`
	Version       int64  `bun:"version"`
}

// RecordLinkInsert ties rows together.
func (s *Store) RecordLinkInsert(ctx context.Context, links ...record.LinkRow) error {
	rows := make([]recordLinkRow, len(links))
	for i, l := range links {
		reason, err := s.sealNote(l.Reason)
		if err != nil {
			return err
		}
		rows[i] = recordLinkRow{ID: l.ID, FromRegister: l.From.Register, FromRow: l.From.Row, ToRegister: l.To.Register, ToRow: l.To.Row,
			Reason: reason, Person: l.Person, At: l.At.UnixMilli(), Version: 1}
	}
	return insertRows(ctx, s, rows...)
}

// RecordLinkDelete takes a link away.
func (s *Store) RecordLinkDelete(ctx context.Context, id string) error {
	return deleteRows[recordLinkRow](ctx, s, id)
}

// RecordLinks returns the links of which the row is one end, the oldest first.
func (s *Store) RecordLinks(ctx context.Context, of record.Ref) ([]record.LinkRow, error) {
	var rows []recordLinkRow
	err := s.reads(ctx).NewSelect().Model(&rows).Where("from_register = ? and from_row = ?", of.Register, of.Row).
		WhereOr("to_register = ? and to_row = ?", of.Register, of.Row).Order("at", "id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("store: links of %s: %w", of, err)
	}
	links := make([]record.LinkRow, len(rows))
	for i, r := range rows {
		reason, err := s.openNote(r.Reason)
		if err != nil {
			return nil, fmt.Errorf("store: link of %s: %w", of, err)
		}
		links[i] = record.LinkRow{ID: r.ID, From: record.Ref{Register: r.FromRegister, Row: r.FromRow}, To: record.Ref{Register: r.ToRegister, Row: r.ToRow},
			Reason: reason, Person: r.Person, At: time.UnixMilli(r.At).UTC(), Version: r.Version}
	}
	return links, nil
}
