package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/record"
)

type recordAlarmRow struct {
	bun.BaseModel `bun:"table:record_alarm"`
	ID            string `bun:"id,pk"`
	Register      string `bun:"register"`
	RowID         string `bun:"row_id"`
	Key           string `bun:"alarm"`
	Late          flag   `bun:"late"`
	State         string `bun:"state"`
	Due           string `bun:"due"`
	Day           string `bun:"day"`
	Persons       string `bun:"persons"`
	Letter        string `bun:"letter"`
	Number        string `bun:"number"`
	Opened        string `bun:"opened"`
	At            int64  `bun:"at"`
	Version       int64  `bun:"version"`
}

// RecordAlarmsInsert stores what the clock raised. An alarm that stands already breaks the whole action.
func (s *Store) RecordAlarmsInsert(ctx context.Context, alarms ...record.Alarm) error {
	rows := make([]recordAlarmRow, len(alarms))
	for i, a := range alarms {
		rows[i] = recordAlarmRow{ID: a.ID, Register: a.Of.Register, RowID: a.Of.Row, Key: a.Key, Late: flag(a.Late), State: a.State, Due: a.Due.String(),
			Day: a.On.String(), Persons: jsonText(a.Persons), Letter: a.Letter, Number: a.Number, Opened: jsonText(a.Opened), At: a.At.UnixMilli(), Version: 1}
	}
	return insertRows(ctx, s, rows...)
}

// RecordAlarmsKnown returns which of the ids were raised.
func (s *Store) RecordAlarmsKnown(ctx context.Context, ids []string) (map[string]bool, error) {
	known := map[string]bool{}
	for part := range slices.Chunk(ids, 1000) {
		var found []string
		if err := s.reads(ctx).NewRaw(`select id from record_alarm where id in (?)`, bun.In(part)).Scan(ctx, &found); err != nil {
			return nil, fmt.Errorf("store: alarms: %w", err)
		}
		for _, id := range found {
			known[id] = true
		}
	}
	return known, nil
}

// RecordAlarms returns what was raised about a row, the oldest first.
func (s *Store) RecordAlarms(ctx context.Context, of record.Ref) ([]record.Alarm, error) {
	var rows []recordAlarmRow
	err := s.reads(ctx).NewSelect().Model(&rows).Where("register = ? and row_id = ?", of.Register, of.Row).Order("at", "id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("store: alarms of %s: %w", of, err)
	}
	alarms := make([]record.Alarm, len(rows))
	for i, r := range rows {
		a := record.Alarm{ID: r.ID, Of: of, Key: r.Key, Late: bool(r.Late), State: r.State, Due: dateOf(r.Due), On: dateOf(r.Day), Letter: r.Letter,
			Number: r.Number, At: time.UnixMilli(r.At).UTC(), Version: r.Version}
		if err := readLists(r.Persons, &a.Persons, r.Opened, &a.Opened); err != nil {
			return nil, fmt.Errorf("store: alarm of %s: %w", of, err)
		}
		alarms[i] = a
	}
	return alarms, nil
}
