package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"jiaoheng/assessment/sample"
)

var _ sample.Store = (*Store)(nil)

type examSampleRow struct {
	bun.BaseModel `bun:"table:exam_sample"`
	ID            string `bun:"id,pk"`
	Beside        string `bun:"beside"`
	Content       string `bun:"content"`
	Version       int64  `bun:"version"`
}

func examSampleRowOf(f sample.Frame) (examSampleRow, error) {
	content, err := json.Marshal(f)
	return examSampleRow{ID: f.Exam, Beside: f.Of, Content: string(content), Version: f.Version}, err
}

func (r examSampleRow) frame() (sample.Frame, error) {
	var f sample.Frame
	if err := json.Unmarshal([]byte(r.Content), &f); err != nil {
		return f, fmt.Errorf("store: sampling table %s: %w", r.ID, err)
	}
	f.Exam, f.Of, f.Version = r.ID, r.Beside, r.Version
	return f, nil
}

// SampleFrameInsert stores the sampling table of an exam. It belongs to a write.
func (s *Store) SampleFrameInsert(ctx context.Context, f sample.Frame) error {
	row, err := examSampleRowOf(f)
	if err != nil {
		return err
	}
	return insertRows(ctx, s, row)
}

// SampleFrameUpdate stores a new version of a sampling table. It belongs to a write.
func (s *Store) SampleFrameUpdate(ctx context.Context, f sample.Frame) error {
	row, err := examSampleRowOf(f)
	if err != nil {
		return err
	}
	return updateRow(ctx, s, row)
}

// SampleFrame returns the sampling table of an exam; sample.ErrNoFrame where there is none.
func (s *Store) SampleFrame(ctx context.Context, exam string) (sample.Frame, error) {
	row, err := findRow[examSampleRow](ctx, s, exam)
	if errors.Is(err, sql.ErrNoRows) {
		return sample.Frame{}, sample.ErrNoFrame
	}
	if err != nil {
		return sample.Frame{}, fmt.Errorf("store: sampling table %s: %w", exam, err)
	}
	return row.frame()
}

// SampleFrames returns all sampling tables by the id of their exam.
func (s *Store) SampleFrames(ctx context.Context) ([]sample.Frame, error) {
	var rows []examSampleRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Order("id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: sampling tables: %w", err)
	}
	all := make([]sample.Frame, len(rows))
	for n, row := range rows {
		var err error
		if all[n], err = row.frame(); err != nil {
			return nil, err
		}
	}
	return all, nil
}
