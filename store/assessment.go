package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"jiaoheng/assessment"
)

var _ assessment.Store = (*Store)(nil)

type examRow struct {
	bun.BaseModel `bun:"table:exam"`
	ID            string `bun:"id,pk"`
	Owner         string `bun:"owner"`
	Name          string `bun:"name"`
	Kind          string `bun:"kind"`
	Design        string `bun:"design"`
	Stage         string `bun:"stage"`
	Grade         string `bun:"grade"`
	Held          string `bun:"held"`
	Identity      string `bun:"identity"`
	Content       string `bun:"content"`
	State         string `bun:"state"`
	Closer        string `bun:"closer"`
	Version       int64  `bun:"version"`
}

// examContent is the part of an exam that no query asks about.
type examContent struct {
	Subjects []assessment.Subject `json:"subjects"`
	Cuts     []assessment.Cut     `json:"cuts,omitempty"`
}

func newExamRow(e assessment.Exam) (examRow, error) {
	content, err := json.Marshal(examContent{e.Subjects, e.Cuts})
	return examRow{ID: e.ID, Owner: e.Owner, Name: e.Name, Kind: string(e.Kind), Design: string(e.Design), Stage: e.Stage, Grade: e.Grade, Held: dayText(e.Held),
		Identity: string(e.Identity), Content: string(content), State: string(e.State), Closer: e.Closer, Version: e.Version}, err
}

func (r examRow) exam() (assessment.Exam, error) {
	e := assessment.Exam{ID: r.ID, Owner: r.Owner, Name: r.Name, Kind: assessment.Kind(r.Kind), Design: assessment.Design(r.Design), Stage: r.Stage, Grade: r.Grade,
		Held: dateOf(r.Held), Identity: assessment.Identity(r.Identity), State: assessment.State(r.State), Closer: r.Closer, Version: r.Version}
	var content examContent
	if err := json.Unmarshal([]byte(r.Content), &content); err != nil {
		return e, fmt.Errorf("store: exam %s: %w", r.ID, err)
	}
	e.Subjects, e.Cuts = content.Subjects, content.Cuts
	return e, nil
}

// ExamInsert stores a new exam. It belongs to a write.
func (s *Store) ExamInsert(ctx context.Context, e assessment.Exam) error {
	row, err := newExamRow(e)
	if err != nil {
		return fmt.Errorf("store: exam: %w", err)
	}
	return insertRows(ctx, s, row)
}

// ExamUpdate stores a new version of an exam. It belongs to a write.
func (s *Store) ExamUpdate(ctx context.Context, e assessment.Exam) error {
	row, err := newExamRow(e)
	if err != nil {
		return fmt.Errorf("store: exam: %w", err)
	}
	return updateRow(ctx, s, row)
}

// Exam returns an exam; assessment.ErrNotFound when it is not there.
func (s *Store) Exam(ctx context.Context, id string) (assessment.Exam, error) {
	row, err := findRow[examRow](ctx, s, id)
	if errors.Is(err, sql.ErrNoRows) {
		return assessment.Exam{}, assessment.ErrNotFound
	}
	if err != nil {
		return assessment.Exam{}, fmt.Errorf("store: exam %s: %w", id, err)
	}
	return row.exam()
}

// Exams returns every exam, the latest first.
func (s *Store) Exams(ctx context.Context) ([]assessment.Exam, error) {
	var rows []examRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Order("held DESC", "id DESC").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: exams: %w", err)
	}
	all := make([]assessment.Exam, len(rows))
	for n, row := range rows {
		var err error
		if all[n], err = row.exam(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

type examBatchRow struct {
	bun.BaseModel `bun:"table:exam_batch"`
	ID            string `bun:"id,pk"`
	Exam          string `bun:"exam"`
	Serial        int64  `bun:"serial"`
	File          string `bun:"file"`
	Scope         string `bun:"scope"`
	Pupils        int64  `bun:"pupils"`
	Digest        string `bun:"digest"`
	Parts         string `bun:"parts"`
	Gone          flag   `bun:"gone"`
	Person        string `bun:"person"`
	At            int64  `bun:"at"`
	Version       int64  `bun:"version"`
}

func newExamBatchRow(b assessment.Batch) (examBatchRow, error) {
	parts, err := json.Marshal(b.Parts)
	return examBatchRow{ID: b.ID, Exam: b.Exam, Serial: b.Serial, File: b.File, Scope: string(b.Scope), Pupils: int64(b.Pupils), Digest: b.Digest, Parts: string(parts),
		Gone: flag(b.Gone), Person: b.Person, At: milliseconds(b.At), Version: b.Version}, err
}

func (r examBatchRow) batch() (assessment.Batch, error) {
	b := assessment.Batch{ID: r.ID, Exam: r.Exam, Serial: r.Serial, File: r.File, Scope: assessment.Scope(r.Scope), Pupils: int(r.Pupils), Digest: r.Digest,
		Gone: bool(r.Gone), Person: r.Person, At: instant(r.At), Version: r.Version}
	if err := json.Unmarshal([]byte(r.Parts), &b.Parts); err != nil {
		return b, fmt.Errorf("store: batch of an exam %s: %w", r.ID, err)
	}
	return b, nil
}

// ExamBatchUpdate stores a new version of what is said about a batch. It belongs to a write.
func (s *Store) ExamBatchUpdate(ctx context.Context, b assessment.Batch) error {
	row, err := newExamBatchRow(b)
	if err != nil {
		return fmt.Errorf("store: batch of an exam: %w", err)
	}
	return updateRow(ctx, s, row)
}

// ExamBatches returns the batches of an exam by serial.
func (s *Store) ExamBatches(ctx context.Context, exam string) ([]assessment.Batch, error) {
	var rows []examBatchRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Where("exam = ?", exam).Order("serial").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: batches of an exam: %w", err)
	}
	return batchesOf(rows)
}

func batchesOf(rows []examBatchRow) ([]assessment.Batch, error) {
	all := make([]assessment.Batch, len(rows))
	for n, row := range rows {
		var err error
		if all[n], err = row.batch(); err != nil {
			return nil, err
		}
	}
	return all, nil
}
