package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/letter"
)

type letterTemplateRow struct {
	bun.BaseModel `bun:"table:letter_template"`
	ID            string `bun:"id,pk"`
	Letter        string `bun:"letter"`
	File          string `bun:"file"`
	Marks         string `bun:"marks"`
	InUse         flag   `bun:"in_use"`
	Person        string `bun:"person"`
	At            int64  `bun:"at"`
	Version       int64  `bun:"version"`
}

type letterHeadRow struct {
	bun.BaseModel `bun:"table:letter_head"`
	ID            string `bun:"id,pk"`
	Bureau        string `bun:"bureau"`
	Organ         string `bun:"organ"`
	Printed       string `bun:"printed"`
	Version       int64  `bun:"version"`
}

// letterHeadID is the only row of letter_head.
const letterHeadID = "head"

func letterTemplateRowOf(one letter.Template) (letterTemplateRow, error) {
	marks, err := json.Marshal(one.Marks)
	return letterTemplateRow{ID: one.ID, Letter: one.Letter, File: one.File, Marks: string(marks), InUse: flag(one.InUse), Person: one.Person,
		At: one.At.UnixMilli(), Version: one.Version}, err
}

func (r letterTemplateRow) template() (letter.Template, error) {
	one := letter.Template{ID: r.ID, Letter: r.Letter, File: r.File, InUse: bool(r.InUse), Person: r.Person, At: time.UnixMilli(r.At).UTC(), Version: r.Version}
	if err := json.Unmarshal([]byte(r.Marks), &one.Marks); err != nil {
		return one, fmt.Errorf("store: template %s: %w", r.ID, err)
	}
	return one, nil
}

// LetterTemplateInsert stores a template. It belongs to a write.
func (s *Store) LetterTemplateInsert(ctx context.Context, one letter.Template) error {
	row, err := letterTemplateRowOf(one)
	if err != nil {
		return err
	}
	return insertRows(ctx, s, row)
}

// LetterTemplateUpdate changes a template. It belongs to a write.
func (s *Store) LetterTemplateUpdate(ctx context.Context, one letter.Template) error {
	row, err := letterTemplateRowOf(one)
	if err != nil {
		return err
	}
	return updateRow(ctx, s, row)
}

// LetterTemplate returns the template in use for a letter, the zero value for the built-in form.
func (s *Store) LetterTemplate(ctx context.Context, name string) (letter.Template, error) {
	all, err := s.LetterTemplates(ctx, name)
	if err != nil {
		return letter.Template{}, err
	}
	for _, one := range all {
		if one.InUse {
			return one, nil
		}
	}
	return letter.Template{}, nil
}

// LetterTemplateByID returns a template; letter.ErrNotFound when it is not there.
func (s *Store) LetterTemplateByID(ctx context.Context, id string) (letter.Template, error) {
	row, err := findRow[letterTemplateRow](ctx, s, id)
	if errors.Is(err, sql.ErrNoRows) {
		return letter.Template{}, letter.ErrNotFound
	}
	if err != nil {
		return letter.Template{}, fmt.Errorf("store: template %s: %w", id, err)
	}
	return row.template()
}

// LetterTemplates returns every template of a letter, the newest first.
func (s *Store) LetterTemplates(ctx context.Context, name string) ([]letter.Template, error) {
	var rows []letterTemplateRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Where("letter = ?", name).Order("at DESC", "id DESC").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: templates: %w", err)
	}
	all := make([]letter.Template, len(rows))
	for k, row := range rows {
		one, err := row.template()
		if err != nil {
			return nil, err
		}
		all[k] = one
	}
	return all, nil
}

// LetterHead returns what the bureau says in all letters, the zero value when it never said anything.
func (s *Store) LetterHead(ctx context.Context) (letter.Head, error) {
	row, err := findRow[letterHeadRow](ctx, s, letterHeadID)
	if errors.Is(err, sql.ErrNoRows) {
		return letter.Head{}, nil
	}
	if err != nil {
		return letter.Head{}, fmt.Errorf("store: head of letters: %w", err)
	}
	return letter.Head{Bureau: row.Bureau, Organ: row.Organ, Printed: row.Printed}, nil
}

// LetterHeadPut stores what the bureau says in all letters. It belongs to a write.
func (s *Store) LetterHeadPut(ctx context.Context, head letter.Head) error {
	row, err := findRow[letterHeadRow](ctx, s, letterHeadID)
	fresh := letterHeadRow{ID: letterHeadID, Bureau: head.Bureau, Organ: head.Organ, Printed: head.Printed, Version: 1}
	if errors.Is(err, sql.ErrNoRows) {
		return insertRows(ctx, s, fresh)
	}
	if err != nil {
		return fmt.Errorf("store: head of letters: %w", err)
	}
	fresh.Version = row.Version
	return updateRow(ctx, s, fresh)
}
