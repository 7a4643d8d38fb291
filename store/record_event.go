package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/period"
	"jiaoheng/record"
)

var _ record.Store = (*Store)(nil)

// purposeRecord is the key under which notes and comments are sealed.
const purposeRecord = "record-note"

type recordEventRow struct {
	bun.BaseModel `bun:"table:record_event"`
	ID            string `bun:"id,pk"`
	Register      string `bun:"register"`
	RowID         string `bun:"row_id"`
	Event         string `bun:"event"`
	From          string `bun:"state_from"`
	To            string `bun:"state_to"`
	Due           string `bun:"due"`
	Day           string `bun:"day"`
	Person        string `bun:"person"`
	Post          string `bun:"post"`
	At            int64  `bun:"at"`
	Note          string `bun:"note"`
	RowVersion    int64  `bun:"row_version"`
	Letter        string `bun:"letter"`
	Number        string `bun:"number"`
	Files         string `bun:"files"`
	Opened        string `bun:"opened"`
	Version       int64  `bun:"version"`
}

// jsonText writes a list as it is stored.
func jsonText(list any) string {
	text, err := json.Marshal(list)
	if err != nil {
		panic(fmt.Sprintf("store: %T has no JSON: %v", list, err))
	}
	return string(text)
}

// sealNote seals words of people; no words stay no words, so that a list needs no key to tell.
func (s *Store) sealNote(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	return s.Keys().Seal(purposeRecord, text, s.random)
}

func (s *Store) openNote(sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	return s.Keys().Open(purposeRecord, sealed)
}

func dateOf(text string) period.Date {
	day, _ := period.ParseDate(text)
	return day
}

// RecordEventsInsert stores what happened to rows.
func (s *Store) RecordEventsInsert(ctx context.Context, events ...record.Event) error {
	rows := make([]recordEventRow, len(events))
	for i, e := range events {
		note, err := s.sealNote(e.Note)
		if err != nil {
			return err
		}
		rows[i] = recordEventRow{ID: e.ID, Register: e.Of.Register, RowID: e.Of.Row, Event: e.Event, From: e.From, To: e.To, Due: e.Due.String(),
			Day: e.Day.String(), Person: e.Person, Post: e.Post, At: e.At.UnixMilli(), Note: note, RowVersion: e.Row, Letter: e.Letter,
			Number: e.Number, Files: jsonText(e.Files), Opened: jsonText(e.Opened), Version: 1}
	}
	return insertRows(ctx, s, rows...)
}

// RecordEvents returns what happened to a row, the oldest first.
func (s *Store) RecordEvents(ctx context.Context, of record.Ref) ([]record.Event, error) {
	var rows []recordEventRow
	err := s.reads(ctx).NewSelect().Model(&rows).Where("register = ? and row_id = ?", of.Register, of.Row).Order("at", "id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("store: events of %s: %w", of, err)
	}
	events := make([]record.Event, len(rows))
	for i, r := range rows {
		note, err := s.openNote(r.Note)
		if err != nil {
			return nil, fmt.Errorf("store: note of %s: %w", of, err)
		}
		e := record.Event{ID: r.ID, Of: of, Event: r.Event, From: r.From, To: r.To, Due: dateOf(r.Due), Day: dateOf(r.Day), Person: r.Person,
			Post: r.Post, At: time.UnixMilli(r.At).UTC(), Note: note, Row: r.RowVersion, Letter: r.Letter, Number: r.Number, Version: r.Version}
		if err := readLists(r.Files, &e.Files, r.Opened, &e.Opened); err != nil {
			return nil, fmt.Errorf("store: event of %s: %w", of, err)
		}
		events[i] = e
	}
	return events, nil
}

func readLists(texts ...any) error {
	for i := 0; i+1 < len(texts); i += 2 {
		if err := json.Unmarshal([]byte(texts[i].(string)), texts[i+1]); err != nil {
			return err
		}
	}
	return nil
}

// RecordLast returns for every event that happened to a row the person who did it last.
func (s *Store) RecordLast(ctx context.Context, of record.Ref) (map[string]string, error) {
	var rows []struct{ Event, Person string }
	err := s.reads(ctx).NewRaw(`select event, person from record_event where register = ? and row_id = ? order by at, id`, of.Register, of.Row).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("store: events of %s: %w", of, err)
	}
	last := make(map[string]string, len(rows))
	for _, r := range rows {
		last[r.Event] = r.Person
	}
	return last, nil
}

type recordCommentRow struct {
	bun.BaseModel `bun:"table:record_comment"`
	ID            string `bun:"id,pk"`
	Register      string `bun:"register"`
	RowID         string `bun:"row_id"`
	Text          string `bun:"words"`
	Person        string `bun:"person"`
	Post          string `bun:"post"`
	At            int64  `bun:"at"`
	Version       int64  `bun:"version"`
}

// RecordCommentInsert stores what somebody wrote about a row.
func (s *Store) RecordCommentInsert(ctx context.Context, c record.Comment) error {
	text, err := s.sealNote(c.Text)
	if err != nil {
		return err
	}
	return insertRows(ctx, s, recordCommentRow{ID: c.ID, Register: c.Of.Register, RowID: c.Of.Row, Text: text, Person: c.Person, Post: c.Post,
		At: c.At.UnixMilli(), Version: 1})
}

// RecordCommentDelete takes a comment away; the audit chain keeps that it stood there.
func (s *Store) RecordCommentDelete(ctx context.Context, id string) error {
	return deleteRows[recordCommentRow](ctx, s, id)
}

// RecordComments returns the comments on a row, the oldest first.
func (s *Store) RecordComments(ctx context.Context, of record.Ref) ([]record.Comment, error) {
	var rows []recordCommentRow
	err := s.reads(ctx).NewSelect().Model(&rows).Where("register = ? and row_id = ?", of.Register, of.Row).Order("at", "id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("store: comments on %s: %w", of, err)
	}
	comments := make([]record.Comment, len(rows))
	for i, r := range rows {
		text, err := s.openNote(r.Text)
		if err != nil {
			return nil, fmt.Errorf("store: comment on %s: %w", of, err)
		}
		comments[i] = record.Comment{ID: r.ID, Of: of, Text: text, Person: r.Person, Post: r.Post, At: time.UnixMilli(r.At).UTC(), Version: r.Version}
	}
	return comments, nil
}
