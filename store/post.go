package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"jiaoheng/access"
	"jiaoheng/person"
)

type postRow struct {
	bun.BaseModel `bun:"table:post"`
	ID            string `bun:"id,pk"`
	Person        string `bun:"person"`
	Unit          string `bun:"unit"`
	Role          string `bun:"role"`
	Subject       string `bun:"subject"`
	From          string `bun:"day_from"`
	To            string `bun:"day_to"`
	Version       int64  `bun:"version"`
}

func newPostRow(p person.Post) postRow {
	return postRow{ID: p.ID, Person: p.Person, Unit: p.Unit, Role: string(p.Role), Subject: p.Subject, From: p.From, To: p.To,
		Version: max(p.Version, 1)}
}

func (r postRow) post() person.Post {
	return person.Post{ID: r.ID, Person: r.Person, Unit: r.Unit, Role: access.Role(r.Role), Subject: r.Subject, From: r.From, To: r.To,
		Version: r.Version}
}

// InsertPosts stores new posts.
func (s *Store) InsertPosts(ctx context.Context, posts ...person.Post) error {
	rows := make([]postRow, len(posts))
	for i, p := range posts {
		rows[i] = newPostRow(p)
	}
	return insertRows(ctx, s, rows...)
}

// UpdatePost stores a changed post and keeps the older version.
func (s *Store) UpdatePost(ctx context.Context, p person.Post) error {
	return updateRow(ctx, s, newPostRow(p))
}

// Post returns a post by id.
func (s *Store) Post(ctx context.Context, id string) (person.Post, error) {
	row, err := findRow[postRow](ctx, s, id)
	return row.post(), absent(err)
}

// PostsOf returns the posts of a person, the oldest first.
func (s *Store) PostsOf(ctx context.Context, personID string) ([]person.Post, error) {
	return s.posts(ctx, "person = ?", personID)
}

// PostsAt returns the posts at a unit.
func (s *Store) PostsAt(ctx context.Context, unitCode string) ([]person.Post, error) {
	return s.posts(ctx, "unit = ?", unitCode)
}

func (s *Store) posts(ctx context.Context, where, value string) ([]person.Post, error) {
	var rows []postRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Where(where, value).Order("day_from", "id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: posts: %w", err)
	}
	posts := make([]person.Post, len(rows))
	for i, row := range rows {
		posts[i] = row.post()
	}
	return posts, nil
}
