package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"jiaoheng/audit"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
)

// compareRows is how many rows of a batch are compared with what is stored at a time.
const compareRows = 500

// RegisterCompare tells what RegisterUpsert would do.
func (s *Store) RegisterCompare(ctx context.Context, r *pack.Register, batch register.Batch) (register.Changes, error) {
	inserts, updates, unchanged, err := s.splitRows(ctx, r, batch)
	return register.Changes{Inserted: len(inserts), Updated: len(updates), Unchanged: unchanged, Rows: slices.Concat(inserts, updates)}, err
}

// RegisterUpsert stores a batch. See register.Store.
func (s *Store) RegisterUpsert(ctx context.Context, r *pack.Register, batch register.Batch) (register.Changes, error) {
	t := s.writing(ctx)
	inserts, updates, unchanged, err := s.splitRows(ctx, r, batch)
	if err != nil {
		return register.Changes{}, err
	}
	for _, part := range []struct {
		rows      []register.Row
		operation string
	}{{inserts, audit.Inserted}, {updates, audit.Updated}} {
		named := make([]namedRow, len(part.rows))
		for i, row := range part.rows {
			if named[i], err = s.registerValues(r, row); err != nil {
				return register.Changes{}, err
			}
		}
		if err := t.writeNamed(ctx, registerTable(r), registerColumns(r), named, part.operation, true); err != nil {
			return register.Changes{}, err
		}
	}
	return register.Changes{Inserted: len(inserts), Updated: len(updates), Unchanged: unchanged, Rows: slices.Concat(inserts, updates)}, nil
}

// RegisterDelete takes rows away. See register.Store.
func (s *Store) RegisterDelete(ctx context.Context, r *pack.Register, ids ...string) error {
	return s.writing(ctx).deleteNamed(ctx, registerTable(r), ids)
}

// splitRows tells new rows from changed and from equal ones. Changed rows hold the older cells where the batch is silent.
func (s *Store) splitRows(ctx context.Context, r *pack.Register, batch register.Batch) (inserts, updates []register.Row, unchanged int, err error) {
	var faults fault.List
	for part := range slices.Chunk(batch.Rows, compareRows) {
		part = slices.Clone(part)
		ids := make([]string, len(part))
		for i := range part {
			if part[i].ID == "" {
				part[i].ID = s.registerID(r, part[i])
			}
			ids[i] = part[i].ID
		}
		stored, err := s.rowsByID(ctx, r, ids)
		if err != nil {
			return nil, nil, 0, err
		}
		ended, err := s.endedVersions(ctx, r, ids, stored)
		if err != nil {
			return nil, nil, 0, err
		}
		for _, row := range part {
			old, stands := stored[row.ID]
			if code := refusal(r, row, old, stands, s.registerID(r, row)); code != "" {
				faults.Add(fault.At(fault.Place{Row: row.Origin.Row}, code, nil))
				continue
			}
			switch {
			case !stands:
				row.Version = ended[row.ID] + 1
				inserts = append(inserts, row)
			case s.merge(r, batch, old, &row):
				updates = append(updates, row)
			default:
				unchanged++
			}
		}
	}
	if id, twice := repeated(inserts, updates); twice {
		faults.Add(fault.New("register.row_twice_stored", message.Args{"row": id}))
	}
	return inserts, updates, unchanged, faults.Err()
}

// refusal tells why a row cannot be stored: its id names no row, or one of another unit; somebody changed it meanwhile; it is new
// and holds a mask where a value should be.
func refusal(r *pack.Register, row, old register.Row, stands bool, id string) string {
	switch {
	case !stands && row.Version > 0:
		return "action.stale"
	case !stands && row.ID != id:
		return "register.row_gone"
	case !stands && slices.ContainsFunc(r.Columns, func(c *pack.Column) bool {
		return c.Personal && strings.Contains(row.Cells[slices.Index(r.Columns, c)].Text, "*")
	}):
		return "register.masked_new"
	case !stands:
		return ""
	case row.Version > 0 && row.Version != old.Version:
		return "action.stale"
	case row.Unit != old.Unit || row.Period != old.Period:
		return "register.row_other"
	}
	return ""
}

// merge completes row by what stands in old and tells whether a cell changed. A personal cell that still shows the mask of
// what is stored was not changed.
func (s *Store) merge(r *pack.Register, batch register.Batch, old register.Row, row *register.Row) bool {
	row.Cells = slices.Clone(row.Cells)
	changed := false
	for n, c := range r.Columns {
		if !register.Stored(c) {
			continue
		}
		masked := c.Personal && old.Cells[n].Known && row.Cells[n].Known && register.Masked(old.Cells[n], c) == row.Cells[n].Text
		if !batch.Gives(n) || masked {
			row.Cells[n] = old.Cells[n]
		}
		changed = changed || row.Cells[n] != old.Cells[n]
	}
	row.Unit, row.Period, row.Version = old.Unit, old.Period, old.Version+1
	return changed
}

func repeated(lists ...[]register.Row) (string, bool) {
	seen := map[string]bool{}
	for _, rows := range lists {
		for _, row := range rows {
			if seen[row.ID] {
				return row.ID, true
			}
			seen[row.ID] = true
		}
	}
	return "", false
}

// endedVersions returns the last version of rows that were taken away, so that a row that comes again goes on counting.
func (s *Store) endedVersions(ctx context.Context, r *pack.Register, ids []string, stored map[string]register.Row) (map[string]int64, error) {
	absent := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { _, stands := stored[id]; return stands })
	if len(absent) == 0 {
		return nil, nil
	}
	var found []struct {
		RowID   string
		Version int64
	}
	err := s.reads(ctx).NewRaw(`select row_id, max(row_version) as version from row_version where table_name = ? and row_id in (?) group by row_id`,
		registerTable(r), bun.In(absent)).Scan(ctx, &found)
	if err != nil {
		return nil, fmt.Errorf("store: versions of %s: %w", r.Name, err)
	}
	versions := make(map[string]int64, len(found))
	for _, row := range found {
		versions[row.RowID] = row.Version
	}
	return versions, nil
}

// rowsByID reads rows with open personal cells.
func (s *Store) rowsByID(ctx context.Context, r *pack.Register, ids []string) (map[string]register.Row, error) {
	stored, err := readStored(ctx, s.reads(ctx), registerTable(r), ids)
	if err != nil {
		return nil, err
	}
	rows := make(map[string]register.Row, len(stored))
	for id, row := range stored {
		if rows[id], err = s.registerRow(r, columnMap(row.columns)); err != nil {
			return nil, err
		}
	}
	return rows, nil
}
