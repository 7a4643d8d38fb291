package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/access"
	"jiaoheng/letter"
	"jiaoheng/period"
)

var _ letter.Store = (*Store)(nil)

// purposeLetter seals what stands in letters.
const purposeLetter = "letter"

type letterRow struct {
	bun.BaseModel `bun:"table:letter"`
	ID            string `bun:"id,pk"`
	Name          string `bun:"name"`
	Register      string `bun:"register"`
	RowID         string `bun:"row_id"`
	Event         string `bun:"event"`
	Unit          string `bun:"unit"`
	Lead          string `bun:"lead"`
	Subject       string `bun:"subject"`
	Owner         string `bun:"owner"`
	Series        string `bun:"series"`
	Year          int64  `bun:"year"`
	Number        int64  `bun:"number"`
	Day           string `bun:"day"`
	Template      string `bun:"template"`
	Hash          string `bun:"hash"`
	Person        string `bun:"person"`
	At            int64  `bun:"at"`
	Content       string `bun:"content"`
}

// LetterInsert stores a letter. It belongs to a write.
func (s *Store) LetterInsert(ctx context.Context, one letter.Letter) error {
	text, err := json.Marshal(one.Content)
	if err != nil {
		return fmt.Errorf("store: letter: %w", err)
	}
	sealed, err := s.Keys().Seal(purposeLetter, string(text), s.random)
	if err != nil {
		return fmt.Errorf("store: letter: %w", err)
	}
	return insertRows(ctx, s, letterRow{ID: one.ID, Name: one.Name, Register: one.Register, RowID: one.Row, Event: one.Event, Unit: one.Thing.Unit.Code,
		Lead: one.Thing.Lead, Subject: one.Thing.Subject, Owner: one.Thing.Owner, Series: one.Series, Year: int64(one.Year), Number: one.Number,
		Day: one.Day.String(), Template: one.Template, Hash: one.Hash, Person: one.Person, At: one.At.UnixMilli(), Content: sealed})
}

func (s *Store) letter(row letterRow) (letter.Letter, error) {
	one := letter.Letter{ID: row.ID, Name: row.Name, Register: row.Register, Row: row.RowID, Event: row.Event, Series: row.Series, Year: int(row.Year),
		Number: row.Number, Template: row.Template, Hash: row.Hash, Person: row.Person, At: time.UnixMilli(row.At).UTC(),
		Thing: access.Thing{Class: access.Record, Unit: access.Unit{Code: row.Unit}, Lead: row.Lead, Subject: row.Subject, Owner: row.Owner}}
	one.Day, _ = period.ParseDate(row.Day)
	text, err := s.Keys().Open(purposeLetter, row.Content)
	if err == nil {
		err = json.Unmarshal([]byte(text), &one.Content)
	}
	if err != nil {
		return one, fmt.Errorf("store: content of letter %s: %w", row.ID, err)
	}
	return one, nil
}

// Letter returns a letter; letter.ErrNotFound when it is not there.
func (s *Store) Letter(ctx context.Context, id string) (letter.Letter, error) {
	row, err := findRow[letterRow](ctx, s, id)
	if errors.Is(err, sql.ErrNoRows) {
		return letter.Letter{}, letter.ErrNotFound
	}
	if err != nil {
		return letter.Letter{}, fmt.Errorf("store: letter %s: %w", id, err)
	}
	return s.letter(row)
}

// Letters returns the letters that the query names, the newest first.
func (s *Store) Letters(ctx context.Context, query letter.Query) ([]letter.Letter, error) {
	var rows []letterRow
	ask := s.reads(ctx).NewSelect().Model(&rows).Order("at DESC", "id DESC").Offset(int64(query.After))
	if query.Limit < 1 || query.Limit > letter.MaxList {
		query.Limit = letter.MaxList
	}
	ask = ask.Limit(int64(query.Limit))
	if query.Year != 0 {
		ask = ask.Where("year = ?", query.Year)
	}
	for _, narrow := range [][2]string{{"name", query.Name}, {"register", query.Register}, {"row_id", query.Row}} {
		if narrow[1] != "" {
			ask = ask.Where("? = ?", bun.Ident(narrow[0]), narrow[1])
		}
	}
	if err := ask.Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: letters: %w", err)
	}
	all := make([]letter.Letter, len(rows))
	for k, row := range rows {
		one, err := s.letter(row)
		if err != nil {
			return nil, err
		}
		all[k] = one
	}
	return all, nil
}

// LetterYears returns the years that have letters, the newest first.
func (s *Store) LetterYears(ctx context.Context) ([]int, error) {
	var years []int
	if err := s.reads(ctx).NewSelect().Model((*letterRow)(nil)).Distinct().Column("year").Order("year DESC").Scan(ctx, &years); err != nil {
		return nil, fmt.Errorf("store: years of letters: %w", err)
	}
	return years, nil
}
