package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"jiaoheng/pack"
	"jiaoheng/register"
)

// registerIndex is an index that a living register needs beside those of every register.
type registerIndex struct {
	name    string
	columns []string
	known   string // only the rows in which this column is not empty; "" all
}

// registerIndexes are the indexes of a living register: the rows of which a row consists, those of a person or a leading
// office, the row of a unit that was written last, and the columns by which counts of any of the registers find their rows.
func registerIndexes(r *pack.Register, registers []*pack.Register) []registerIndex {
	if !r.Living() {
		return nil
	}
	var all []registerIndex
	if slices.ContainsFunc(r.Columns, func(c *pack.Column) bool { return c.Default == pack.DefaultSame }) {
		all = append(all, indexOf(r, "", "unit", "origin_at"))
	}
	for _, name := range []string{pack.ColumnPart, pack.ColumnLead, pack.ColumnOwner, pack.ColumnMaker} {
		if c, faults := plainColumn(r, name); faults == nil {
			all = append(all, indexOf(r, registerColumn(c), registerColumn(c)))
		}
	}
	for _, other := range registers {
		for _, c := range other.Columns {
			if c.Counts == nil || c.Counts.Register != r.Name {
				continue
			}
			if one, fits := countsIndex(r, c.Counts); fits && !slices.ContainsFunc(all, func(a registerIndex) bool { return a.name == one.name }) {
				all = append(all, one)
			}
		}
	}
	return all
}

// countsIndex is the index by which rows with the same values are found, by their day within it.
func countsIndex(r *pack.Register, counts *pack.Counts) (registerIndex, bool) {
	var columns []string
	for _, name := range append(slices.Clone(counts.Same), counts.Dated) {
		if name == "unit" {
			columns = append(columns, name)
			continue
		}
		c := slices.IndexFunc(r.Columns, func(c *pack.Column) bool { return c.Name == name })
		if c >= 0 && register.Stored(r.Columns[c]) && !r.Columns[c].Personal { // sealed cells differ though their values are the same
			columns = append(columns, registerColumn(r.Columns[c]))
		}
	}
	return indexOf(r, "", columns...), len(columns) > 0
}

// indexOf names an index by what it holds: names have a limit, and columns may be many.
func indexOf(r *pack.Register, known string, columns ...string) registerIndex {
	hash := sha256.Sum256([]byte(registerTable(r) + " " + known + " " + strings.Join(columns, " ")))
	return registerIndex{name: "living_" + hex.EncodeToString(hash[:12]), columns: columns, known: known}
}

// missingIndexes returns what makes the indexes of a register that are not there yet.
func (s *Store) missingIndexes(ctx context.Context, r *pack.Register, registers []*pack.Register) ([]string, error) {
	wanted := registerIndexes(r, registers)
	if len(wanted) == 0 {
		return nil, nil
	}
	query := `select name from sqlite_master where type = 'index' and tbl_name = ?`
	if s.onPostgres() {
		query = `select indexname::text from pg_indexes where schemaname = current_schema() and tablename = ?`
	}
	var standing []string
	if err := s.writer.NewRaw(query, registerTable(r)).Scan(ctx, &standing); err != nil {
		return nil, fmt.Errorf("store: indexes of %s: %w", r.Name, err)
	}
	var statements []string
	for _, one := range wanted {
		if slices.Contains(standing, one.name) {
			continue
		}
		statement := fmt.Sprintf(`create index "%s" on "%s" ("%s")`, one.name, registerTable(r), strings.Join(one.columns, `", "`))
		if one.known != "" {
			statement += fmt.Sprintf(` where "%s" is not null`, one.known)
		}
		statements = append(statements, statement)
	}
	return statements, nil
}
