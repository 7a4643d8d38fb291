package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
)

// registerBase are the columns of every register table before the declared ones.
var registerBase = []string{"id", "unit", "period", "period_start", "origin_kind", "origin_file", "origin_row", "origin_person", "origin_at", "version"}

// registerWhole are the base columns that hold whole numbers.
var registerWhole = []string{"origin_row", "origin_at", "version"}

// systemColumns are names that PostgreSQL keeps for itself.
var systemColumns = []string{"ctid", "xmin", "xmax", "cmin", "cmax", "oid", "tableoid", "rowid"}

// maxIdentifier is the longest name of a table or column in PostgreSQL, in bytes.
const maxIdentifier = 63

// registerTable returns the name of the table of a register.
func registerTable(r *pack.Register) string {
	return registerPrefix + strings.ReplaceAll(r.Name, ".", "__")
}

// registerColumn returns the name of a declared column as stored. A personal column has a name of its own, so that a
// column that becomes personal never takes over a table of plain values.
func registerColumn(c *pack.Column) string {
	name := strings.ReplaceAll(c.Name, ".", "__")
	if c.Personal {
		return name + sealedSuffix
	}
	return name
}

// registerType returns the type of a column as stored.
func registerType(c *pack.Column) string {
	switch {
	case c.Personal:
		return "text"
	case c.Type.Numeric():
		return "double precision"
	case c.Type == pack.Flag:
		return "bigint"
	}
	return "text"
}

// RegistersOpen makes the tables of registers that have none and adds columns that are new. Nothing is ever taken away: a
// column that a pack no longer declares stays with what it held. A column whose type changed is refused, with every other
// fault, before anything is made.
func (s *Store) RegistersOpen(ctx context.Context, registers ...*pack.Register) error {
	return s.alone(ctx, func() error {
		var statements []string
		var faults fault.List
		for _, r := range registers {
			stored, err := s.columnTypes(ctx, registerTable(r))
			if err != nil {
				return err
			}
			faults.Add(checkTable(r, stored)...)
			statements = append(statements, s.tableStatements(r, stored)...)
			indexes, err := s.missingIndexes(ctx, r, registers)
			if err != nil {
				return err
			}
			statements = append(statements, indexes...)
		}
		if err := faults.Err(); err != nil || len(statements) == 0 {
			return err
		}
		return s.writer.RunInTx(ctx, nil, func(ctx context.Context, db bun.Tx) error {
			for _, text := range statements {
				if _, err := db.ExecContext(ctx, text); err != nil {
					return fmt.Errorf("store: tables of registers: %w", err)
				}
			}
			return nil
		})
	})
}

// checkTable compares a declaration with the table that stands.
func checkTable(r *pack.Register, stored map[string]string) fault.List {
	var faults fault.List
	if len(registerTable(r)) > maxIdentifier-len("_by_period") {
		faults.Add(fault.At(r.Place, "register.name_long", message.Args{"name": r.Name, "limit": maxIdentifier - len("register__by_period")}))
	}
	for _, c := range r.Columns {
		name := registerColumn(c)
		if slices.Contains(registerBase, name) || slices.Contains(systemColumns, name) {
			faults.Add(fault.At(c.Place, "register.column_reserved", message.Args{"column": c.Name}))
			continue
		}
		if len(name) > maxIdentifier {
			faults.Add(fault.At(c.Place, "register.name_long", message.Args{"name": c.Name, "limit": maxIdentifier - len("_sealed")}))
		}
		if !register.Stored(c) {
			continue
		}
		other := &pack.Column{Name: c.Name, Type: c.Type, Personal: !c.Personal}
		_, moved := stored[registerColumn(other)]
		_, stands := stored[name]
		if stands && stored[name] != registerType(c) || moved && !stands {
			faults.Add(fault.At(c.Place, "register.column_type_changed", message.Args{"register": r.Name, "column": c.Name}))
		}
	}
	return faults
}

// tableStatements returns what makes or widens the table of a register. Every column but the base ones allows NULL.
func (s *Store) tableStatements(r *pack.Register, stored map[string]string) []string {
	table := registerTable(r)
	define := func(name, kind string) string {
		if kind == "text" && s.onPostgres() {
			kind = `text collate "C"`
		}
		return fmt.Sprintf(`"%s" %s`, name, kind)
	}
	var statements []string
	if len(stored) == 0 {
		columns := []string{define("id", "text") + " not null primary key"}
		for _, name := range registerBase[1:] {
			kind := "text"
			if slices.Contains(registerWhole, name) {
				kind = "bigint"
			}
			columns = append(columns, define(name, kind)+" not null")
		}
		for _, c := range r.Columns {
			if register.Stored(c) {
				columns = append(columns, define(registerColumn(c), registerType(c)))
			}
		}
		return append(statements, fmt.Sprintf(`create table "%s" (%s)`, table, strings.Join(columns, ", ")),
			fmt.Sprintf(`create index "%s_by_unit" on "%s" (unit, period)`, table, table),
			fmt.Sprintf(`create index "%s_by_period" on "%s" (period)`, table, table))
	}
	for _, c := range r.Columns {
		if _, stands := stored[registerColumn(c)]; register.Stored(c) && !stands {
			statements = append(statements, fmt.Sprintf(`alter table "%s" add column %s`, table, define(registerColumn(c), registerType(c))))
		}
	}
	return statements
}

// columnTypes returns the types of the columns of a table by name; nothing when there is no such table.
func (s *Store) columnTypes(ctx context.Context, table string) (map[string]string, error) {
	query := `select name, lower(type) as type from pragma_table_info(?)`
	if s.onPostgres() {
		query = `select column_name::text as name, data_type::text as type from information_schema.columns
			where table_schema = current_schema() and table_name = ?`
	}
	var rows []struct{ Name, Type string }
	if err := s.writer.NewRaw(query, table).Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("store: columns of %s: %w", table, err)
	}
	types := make(map[string]string, len(rows))
	for _, row := range rows {
		types[row.Name] = row.Type
	}
	return types, nil
}
