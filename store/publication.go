package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"jiaoheng/publication"
)

var _ publication.Store = (*Store)(nil)

type publicationRow struct {
	bun.BaseModel `bun:"table:publication"`
	ID            string `bun:"id,pk"`
	State         string `bun:"state"`
	Unit          string `bun:"unit"`
	Content       string `bun:"content"`
	Hash          string `bun:"hash"`
	Preparer      string `bun:"preparer"`
	Editor        string `bun:"editor"`
	Approver      string `bun:"approver"`
	Withdrawer    string `bun:"withdrawer"`
	Reason        string `bun:"reason"`
	PreparedAt    int64  `bun:"prepared_at"`
	EditedAt      int64  `bun:"edited_at"`
	PublishedAt   int64  `bun:"published_at"`
	WithdrawnAt   int64  `bun:"withdrawn_at"`
	Version       int64  `bun:"version"`
}

func publicationRowOf(one publication.Publication) publicationRow {
	return publicationRow{ID: one.ID, State: string(one.State), Unit: one.Unit, Content: string(one.Content.Canonical()), Hash: one.Hash, Preparer: one.Preparer,
		Editor: one.Editor, Approver: one.Approver, Withdrawer: one.Withdrawer, Reason: one.Reason, PreparedAt: milliseconds(one.PreparedAt),
		EditedAt: milliseconds(one.EditedAt), PublishedAt: milliseconds(one.PublishedAt), WithdrawnAt: milliseconds(one.WithdrawnAt), Version: one.Version}
}

func (r publicationRow) publication() (publication.Publication, error) {
	one := publication.Publication{ID: r.ID, State: publication.State(r.State), Unit: r.Unit, Hash: r.Hash, Preparer: r.Preparer, Editor: r.Editor,
		Approver: r.Approver, Withdrawer: r.Withdrawer, Reason: r.Reason, PreparedAt: instant(r.PreparedAt), EditedAt: instant(r.EditedAt),
		PublishedAt: instant(r.PublishedAt), WithdrawnAt: instant(r.WithdrawnAt), Version: r.Version}
	if err := json.Unmarshal([]byte(r.Content), &one.Content); err != nil {
		return one, fmt.Errorf("store: publication %s: %w", r.ID, err)
	}
	if one.Hash != "" && one.Hash != one.Content.Digest() {
		return one, fmt.Errorf("store: publication %s is not what was published", r.ID)
	}
	return one, nil
}

// PublicationInsert stores a publication. It belongs to a write.
func (s *Store) PublicationInsert(ctx context.Context, one publication.Publication) error {
	return insertRows(ctx, s, publicationRowOf(one))
}

// PublicationUpdate stores a new version of a publication. It belongs to a write.
func (s *Store) PublicationUpdate(ctx context.Context, one publication.Publication) error {
	return updateRow(ctx, s, publicationRowOf(one))
}

// Publication returns a publication; publication.ErrNotFound when it is not there.
func (s *Store) Publication(ctx context.Context, id string) (publication.Publication, error) {
	row, err := findRow[publicationRow](ctx, s, id)
	if errors.Is(err, sql.ErrNoRows) {
		return publication.Publication{}, publication.ErrNotFound
	}
	if err != nil {
		return publication.Publication{}, fmt.Errorf("store: publication %s: %w", id, err)
	}
	return row.publication()
}

// Publications returns those of the states, the newest first.
func (s *Store) Publications(ctx context.Context, limit int, states ...publication.State) ([]publication.Publication, error) {
	var rows []publicationRow
	err := s.reads(ctx).NewSelect().Model(&rows).Where("state in (?)", bun.In(states)).Order("published_at DESC", "id DESC").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("store: publications: %w", err)
	}
	all := make([]publication.Publication, len(rows))
	for n, row := range rows {
		if all[n], err = row.publication(); err != nil {
			return nil, err
		}
	}
	return all, nil
}
