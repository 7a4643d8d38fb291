package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/uptrace/bun"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// boundaryRow is the shape of one unit; its id is the code.
type boundaryRow struct {
	bun.BaseModel `bun:"table:boundary"`
	ID            string `bun:"id,pk"`
	Source        string `bun:"source"`
	Dated         string `bun:"dated"`
	Shape         string `bun:"shape"`
	Version       int64  `bun:"version"`
}

// Boundaries returns the shapes of units; the zero value when none was uploaded.
func (s *Store) Boundaries(ctx context.Context) (unit.Boundaries, error) {
	var rows []boundaryRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Order("id").Scan(ctx); err != nil {
		return unit.Boundaries{}, fmt.Errorf("store: boundaries: %w", err)
	}
	var all unit.Boundaries
	for _, row := range rows {
		area := unit.Area{Code: row.ID}
		if err := json.Unmarshal([]byte(row.Shape), &area); err != nil {
			return unit.Boundaries{}, fmt.Errorf("store: boundary of %s: %w", row.ID, err)
		}
		all.Source = row.Source
		all.Dated, _ = period.ParseDate(row.Dated)
		all.Areas = append(all.Areas, area)
	}
	return all, nil
}

// BoundariesReplace stores the shapes given in place of all that were there; none takes them away.
func (s *Store) BoundariesReplace(ctx context.Context, actor action.Actor, all unit.Boundaries) error {
	return action.Do(ctx, s, actor, action.Write{
		Name:  "unit.action.boundaries",
		Thing: access.Thing{Class: access.Structure},
		Do: func(ctx context.Context, _ action.Tx) error {
			stored, err := s.Boundaries(ctx)
			if err != nil {
				return err
			}
			codes := make([]string, len(stored.Areas))
			for i, area := range stored.Areas {
				codes[i] = area.Code
			}
			if err := deleteRows[boundaryRow](ctx, s, codes...); err != nil {
				return err
			}
			rows := make([]boundaryRow, len(all.Areas))
			for i, area := range all.Areas {
				shape, err := json.Marshal(area)
				if err != nil {
					return err
				}
				rows[i] = boundaryRow{ID: area.Code, Source: all.Source, Dated: all.Dated.String(), Shape: string(shape), Version: 1}
			}
			return insertRows(ctx, s, rows...)
		},
	})
}
