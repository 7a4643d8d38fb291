package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"jiaoheng/calendar"
	"jiaoheng/period"
)

var _ calendar.Store = (*Store)(nil)

// holidayRow is a day that the bureau read in; its id is the day.
type holidayRow struct {
	bun.BaseModel `bun:"table:holiday"`
	ID            string `bun:"id,pk"`
	Name          string `bun:"name"`
	Off           flag   `bun:"off_work"`
	Version       int64  `bun:"version"`
}

func holidayRowsOf(days []calendar.Day) []holidayRow {
	rows := make([]holidayRow, len(days))
	for i, d := range days {
		rows[i] = holidayRow{ID: d.On.String(), Name: d.Name, Off: flag(d.Off), Version: d.Version}
	}
	return rows
}

// Holidays returns every day read in, the earliest first.
func (s *Store) Holidays(ctx context.Context) ([]calendar.Day, error) {
	var rows []holidayRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Order("id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: holidays: %w", err)
	}
	days := make([]calendar.Day, len(rows))
	for i, row := range rows {
		on, ok := period.ParseDate(row.ID)
		if !ok {
			return nil, fmt.Errorf("store: holiday %q is no day", row.ID)
		}
		days[i] = calendar.Day{On: on, Name: row.Name, Off: bool(row.Off), Version: row.Version}
	}
	return days, nil
}

// HolidaysInsert stores days that are new.
func (s *Store) HolidaysInsert(ctx context.Context, days []calendar.Day) error {
	return insertRows(ctx, s, holidayRowsOf(days)...)
}

// HolidaysUpdate stores days that changed.
func (s *Store) HolidaysUpdate(ctx context.Context, days []calendar.Day) error {
	for _, row := range holidayRowsOf(days) {
		if err := updateRow(ctx, s, row); err != nil {
			return err
		}
	}
	return nil
}
