package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/assessment/progress"
)

var _ progress.Store = (*Store)(nil)

type studyRow struct {
	bun.BaseModel `bun:"table:study"`
	ID            string `bun:"id,pk"`
	Owner         string `bun:"owner"`
	Name          string `bun:"name"`
	Content       string `bun:"content"`
	Person        string `bun:"person"`
	At            int64  `bun:"at"`
	Publication   string `bun:"publication"`
	Version       int64  `bun:"version"`
}

type studyResultRow struct {
	bun.BaseModel `bun:"table:study_result"`
	ID            string `bun:"id,pk"`
	Study         string `bun:"study"`
	Person        string `bun:"person"`
	At            int64  `bun:"at"`
	Digest        string `bun:"digest"`
}

// studyResultContentRow holds inputs and results, compressed and in base 64.
type studyResultContentRow struct {
	bun.BaseModel `bun:"table:study_result_content"`
	ID            string `bun:"id,pk"`
	Inputs        string `bun:"inputs"`
	Results       string `bun:"results"`
}

func studyRowOf(one progress.Study) (studyRow, error) {
	content, err := json.Marshal(one)
	return studyRow{ID: one.ID, Owner: one.Owner, Name: one.Name, Content: string(content), Person: one.Person, At: one.At.UnixMilli(), Publication: one.Publication,
		Version: one.Version}, err
}

func (r studyRow) study() (progress.Study, error) {
	var one progress.Study
	if err := json.Unmarshal([]byte(r.Content), &one); err != nil {
		return one, fmt.Errorf("store: study %s: %w", r.ID, err)
	}
	one.ID, one.Owner, one.Name, one.Person, one.At = r.ID, r.Owner, r.Name, r.Person, time.UnixMilli(r.At).UTC()
	one.Publication, one.Version = r.Publication, r.Version
	return one, nil
}

func (r studyResultRow) kept() progress.Kept {
	return progress.Kept{ID: r.ID, Study: r.Study, Person: r.Person, At: time.UnixMilli(r.At).UTC(), Digest: r.Digest}
}

// StudyInsert stores a study. It belongs to a write.
func (s *Store) StudyInsert(ctx context.Context, one progress.Study) error {
	row, err := studyRowOf(one)
	if err != nil {
		return err
	}
	return insertRows(ctx, s, row)
}

// StudyUpdate stores a new version of a study. It belongs to a write.
func (s *Store) StudyUpdate(ctx context.Context, one progress.Study) error {
	row, err := studyRowOf(one)
	if err != nil {
		return err
	}
	return updateRow(ctx, s, row)
}

// Study returns a study; progress.ErrNotFound when it is not there.
func (s *Store) Study(ctx context.Context, id string) (progress.Study, error) {
	row, err := findRow[studyRow](ctx, s, id)
	if errors.Is(err, sql.ErrNoRows) {
		return progress.Study{}, progress.ErrNotFound
	}
	if err != nil {
		return progress.Study{}, fmt.Errorf("store: study %s: %w", id, err)
	}
	return row.study()
}

// Studies returns at most limit studies, the newest first.
func (s *Store) Studies(ctx context.Context, limit int) ([]progress.Study, error) {
	var rows []studyRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Order("at DESC", "id DESC").Limit(int64(limit)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: studies: %w", err)
	}
	all := make([]progress.Study, len(rows))
	for n, row := range rows {
		var err error
		if all[n], err = row.study(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// StudyResultInsert stores a frozen result. It belongs to a write.
func (s *Store) StudyResultInsert(ctx context.Context, kept progress.Kept) error {
	inputs, err := packText(kept.Inputs)
	if err != nil {
		return err
	}
	results, err := packText(kept.Results)
	if err != nil {
		return err
	}
	row := studyResultRow{ID: kept.ID, Study: kept.Study, Person: kept.Person, At: kept.At.UnixMilli(), Digest: kept.Digest}
	if err := insertRows(ctx, s, row); err != nil {
		return err
	}
	return insertRows(ctx, s, studyResultContentRow{ID: kept.ID, Inputs: inputs, Results: results})
}

// StudyResults returns the results of a study without their contents, the newest first.
func (s *Store) StudyResults(ctx context.Context, study string) ([]progress.Kept, error) {
	var rows []studyResultRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Where("study = ?", study).Order("at DESC", "id DESC").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: results of study %s: %w", study, err)
	}
	all := make([]progress.Kept, len(rows))
	for n, row := range rows {
		all[n] = row.kept()
	}
	return all, nil
}

// StudyResult returns one result with everything; progress.ErrNotFound when there is none.
func (s *Store) StudyResult(ctx context.Context, id string) (progress.Kept, error) {
	row, err := findRow[studyResultRow](ctx, s, id)
	if errors.Is(err, sql.ErrNoRows) {
		return progress.Kept{}, progress.ErrNotFound
	}
	if err != nil {
		return progress.Kept{}, fmt.Errorf("store: result %s: %w", id, err)
	}
	content, err := findRow[studyResultContentRow](ctx, s, id)
	if err != nil {
		return progress.Kept{}, fmt.Errorf("store: content of result %s: %w", id, err)
	}
	kept := row.kept()
	if kept.Inputs, err = unpackText(content.Inputs); err == nil {
		kept.Results, err = unpackText(content.Results)
	}
	if err != nil {
		return kept, fmt.Errorf("store: content of result %s: %w", id, err)
	}
	return kept, nil
}
