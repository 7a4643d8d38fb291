package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/fault"
	"jiaoheng/register"
)

var _ register.QuotaStore = (*Store)(nil)

// quotaDrawRow is one draw; its id is made of quota, period and unit.
type quotaDrawRow struct {
	bun.BaseModel `bun:"table:quota_draw"`
	ID            string  `bun:"id,pk"`
	Quota         string  `bun:"quota"`
	Period        string  `bun:"period"`
	Unit          string  `bun:"unit"`
	Seed          string  `bun:"seed"`
	Person        string  `bun:"person"`
	Drawn         int64   `bun:"drawn"`
	Share         float64 `bun:"share"`
	Least         float64 `bun:"least"`
	Units         string  `bun:"units"`
	Version       int64   `bun:"version"`
}

func quotaDrawID(quota, period, unit string) string { return quota + " " + period + " " + unit }

// QuotaDraw returns the draw of a quota, a period and a unit, and whether there is one.
func (s *Store) QuotaDraw(ctx context.Context, quota, period, unit string) (register.QuotaDraw, bool, error) {
	row, err := findRow[quotaDrawRow](ctx, s, quotaDrawID(quota, period, unit))
	if errors.Is(err, sql.ErrNoRows) {
		return register.QuotaDraw{}, false, nil
	}
	if err != nil {
		return register.QuotaDraw{}, false, fmt.Errorf("store: draw: %w", err)
	}
	draw := register.QuotaDraw{Quota: row.Quota, Period: row.Period, Unit: row.Unit, Seed: row.Seed, Person: row.Person,
		At: time.UnixMilli(row.Drawn).UTC(), Share: row.Share, Least: row.Least}
	if err := json.Unmarshal([]byte(row.Units), &draw.Units); err != nil {
		return register.QuotaDraw{}, false, fmt.Errorf("store: draw %s: %w", row.ID, err)
	}
	return draw, true, nil
}

// QuotaDrawInsert stores a draw. A second one for the same quota, period and unit is refused by the fault quota.drawn.
func (s *Store) QuotaDrawInsert(ctx context.Context, draw register.QuotaDraw) error {
	if _, there, err := s.QuotaDraw(ctx, draw.Quota, draw.Period, draw.Unit); err != nil {
		return err
	} else if there {
		return fault.New("quota.drawn", nil)
	}
	units, err := json.Marshal(draw.Units)
	if err != nil {
		return fmt.Errorf("store: draw: %w", err)
	}
	return insertRows(ctx, s, quotaDrawRow{ID: quotaDrawID(draw.Quota, draw.Period, draw.Unit), Quota: draw.Quota, Period: draw.Period, Unit: draw.Unit,
		Seed: draw.Seed, Person: draw.Person, Drawn: draw.At.UnixMilli(), Share: draw.Share, Least: draw.Least, Units: string(units), Version: 1})
}
