package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"jiaoheng/person"
)

type linkRow struct {
	bun.BaseModel `bun:"table:account_link"`
	ID            string `bun:"id,pk"`
	Purpose       string `bun:"purpose"`
	Account       string `bun:"account"`
	Expires       int64  `bun:"expires"`
	Used          int64  `bun:"used"`
	Version       int64  `bun:"version"`
}

func newLinkRow(l person.Link) linkRow {
	return linkRow{ID: l.ID, Purpose: l.Purpose, Account: l.Account, Expires: l.Expires, Used: l.Used, Version: max(l.Version, 1)}
}

func (r linkRow) link() person.Link {
	return person.Link{ID: r.ID, Purpose: r.Purpose, Account: r.Account, Expires: r.Expires, Used: r.Used, Version: r.Version}
}

// InsertLink stores a one-time link.
func (s *Store) InsertLink(ctx context.Context, l person.Link) error {
	return insertRows(ctx, s, newLinkRow(l))
}

// UpdateLink stores that a link was used.
func (s *Store) UpdateLink(ctx context.Context, l person.Link) error {
	return updateRow(ctx, s, newLinkRow(l))
}

// Link returns a link by the hash of its token.
func (s *Store) Link(ctx context.Context, id string) (person.Link, error) {
	row, err := findRow[linkRow](ctx, s, id)
	return row.link(), absent(err)
}

// OpenLinks returns the unused links for purpose and account.
func (s *Store) OpenLinks(ctx context.Context, purpose, account string) ([]person.Link, error) {
	var rows []linkRow
	err := s.reads(ctx).NewSelect().Model(&rows).Where("purpose = ? and account = ? and used = 0", purpose, account).Order("id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("store: links: %w", err)
	}
	links := make([]person.Link, len(rows))
	for i, row := range rows {
		links[i] = row.link()
	}
	return links, nil
}
