package store_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// keyColumns names a row of each table that has no column id, as findings name it.
var keyColumns = map[string]string{"audit_entry": "sequence", "audit_row": "sequence || '/' || position",
	"exam_pupil": "cast(batch as text)", "exam_mark": "batch || '/' || subject", "exam_answer": "batch || '/' || subject"}

func keyOf(table string) string {
	if key, ok := keyColumns[table]; ok {
		return key
	}
	return "id"
}

// One altered byte in any column of any table is found, and the finding names the row.
func TestOneAlteredByteInAnyTableIsNamed(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, raw := db.open(t)
		fill(t, s)
		mustVerify(t, s)
		for _, table := range tables(t, raw, db.name) {
			keys := texts(t, raw, fmt.Sprintf(`select %s from %s order by 1`, keyOf(table), table))
			if len(keys) == 0 {
				t.Errorf("%s is empty: fill must write at least one row into every table", table)
				continue
			}
			key := keys[len(keys)/2]
			for _, column := range columns(t, raw, table) {
				restore := alter(t, raw, table, column, key)
				if found := findings(t, s); !mentions(found, table, key) && !namedByNewKey(found, table, column) {
					t.Errorf("%s.%s of row %s was altered, found only %v", table, column, key, found)
				}
				restore()
			}
			mustVerify(t, s)
		}
	})
}

// namedByNewKey holds for an altered key: the row is then found under the name it was given.
func namedByNewKey(found []string, table, column string) bool {
	key := column == "id" || strings.Contains(keyOf(table), column)
	return key && slices.ContainsFunc(found, func(f string) bool { return strings.Split(f, " ")[1] == table })
}

// A row taken away by SQL is found in every table.
func TestARowDeletedByHandIsNamed(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, raw := db.open(t)
		fill(t, s)
		for _, table := range tables(t, raw, db.name) {
			keys := texts(t, raw, fmt.Sprintf(`select %s from %s order by 1`, keyOf(table), table))
			key := keys[len(keys)-1]
			restore := remove(t, raw, table, key)
			if found := findings(t, s); !slices.ContainsFunc(found, func(f string) bool { return strings.Split(f, " ")[1] == table || table == "audit_row" }) {
				t.Errorf("%s lost row %s, found only %v", table, key, found)
			}
			restore()
			mustVerify(t, s)
		}
	})
}

// A row added by SQL, here a copy of another under a new key, is found in every table.
func TestARowAddedByHandIsNamed(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, raw := db.open(t)
		fill(t, s)
		for _, table := range tables(t, raw, db.name) {
			restore := addCopy(t, raw, table)
			if found := findings(t, s); !slices.ContainsFunc(found, func(f string) bool { return strings.Split(f, " ")[1] == table }) {
				t.Errorf("%s got a foreign row, found only %v", table, found)
			}
			restore()
			mustVerify(t, s)
		}
	})
}

func tables(t *testing.T, raw *sql.DB, name string) []string {
	t.Helper()
	if name == "SQLite" {
		return texts(t, raw, `select name from sqlite_master where type = 'table' order by name`)
	}
	return texts(t, raw, `select tablename::text from pg_tables where schemaname = current_schema() order by 1`)
}

func columns(t *testing.T, raw *sql.DB, table string) []string {
	t.Helper()
	rows, err := raw.Query(`select * from ` + table + ` where 1 = 0`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func texts(t *testing.T, raw *sql.DB, query string) []string {
	t.Helper()
	rows, err := raw.Query(query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		list = append(list, text)
	}
	return list
}

func execute(t *testing.T, raw *sql.DB, query string) {
	t.Helper()
	if _, err := raw.Exec(query); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

func literal(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case int64:
		return fmt.Sprint(v)
	case float64:
		return fmt.Sprint(v)
	case []byte:
		return quote(string(v))
	}
	return quote(fmt.Sprint(value))
}

// rowValues reads one row of table.
func rowValues(t *testing.T, raw *sql.DB, query string, n int) []any {
	t.Helper()
	values, targets := make([]any, n), make([]any, n)
	for i := range values {
		targets[i] = &values[i]
	}
	if err := raw.QueryRow(query).Scan(targets...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return values
}

// alter changes one byte of a text or adds one to a number and returns what puts it back.
func alter(t *testing.T, raw *sql.DB, table, column, key string) (restore func()) {
	t.Helper()
	names := columns(t, raw, table)
	row := rowValues(t, raw, fmt.Sprintf(`select * from %s where %s = %s`, table, keyOf(table), quote(key)), len(names))
	old := row[slices.Index(names, column)]
	changed := any("~")
	switch v := old.(type) {
	case int64:
		changed = v + 1000003
	case float64:
		changed = v + 1
	case string:
		if v != "" {
			changed = v[:len(v)-1] + string(otherByte(v[len(v)-1]))
		}
	}
	// The row is found again by all its other columns, as the key itself may be what changes.
	var others []string
	for i, name := range names {
		if name != column && row[i] != nil {
			others = append(others, name+" = "+literal(row[i]))
		}
	}
	where := " where " + strings.Join(others, " and ")
	execute(t, raw, fmt.Sprintf(`update %s set %s = %s%s`, table, column, literal(changed), where))
	return func() { execute(t, raw, fmt.Sprintf(`update %s set %s = %s%s`, table, column, literal(old), where)) }
}

// otherByte returns another byte that leaves the text valid UTF-8, which PostgreSQL asks for.
func otherByte(b byte) []byte {
	switch {
	case b >= 0x80:
		return []byte{0x80 | (b+1)&0x3f}
	case b == 'z':
		return []byte{'y'}
	}
	return []byte{'z'}
}

func remove(t *testing.T, raw *sql.DB, table, key string) (restore func()) {
	t.Helper()
	names := columns(t, raw, table)
	row := rowValues(t, raw, fmt.Sprintf(`select * from %s where %s = %s`, table, keyOf(table), quote(key)), len(names))
	execute(t, raw, fmt.Sprintf(`delete from %s where %s = %s`, table, keyOf(table), quote(key)))
	return func() { insert(t, raw, table, names, row) }
}

func insert(t *testing.T, raw *sql.DB, table string, names []string, row []any) {
	t.Helper()
	var values []string
	for _, value := range row {
		values = append(values, literal(value))
	}
	execute(t, raw, fmt.Sprintf(`insert into %s (%s) values (%s)`, table, strings.Join(names, ", "), strings.Join(values, ", ")))
}

func addCopy(t *testing.T, raw *sql.DB, table string) (restore func()) {
	t.Helper()
	names := columns(t, raw, table)
	row := rowValues(t, raw, fmt.Sprintf(`select * from %s order by 1 desc limit 1`, table), len(names))
	unique := uniqueColumns[table]
	for i, name := range names {
		if text, ok := row[i].(string); ok && (name == "id" || slices.Contains(unique, name)) {
			row[i] = text + "x"
		}
		if number, ok := row[i].(int64); ok && (name == "position" || table == "audit_entry" && name == "sequence") {
			row[i] = number + 1000003
		}
	}
	insert(t, raw, table, names, row)
	return func() {
		var all []string
		for i, name := range names {
			if row[i] != nil {
				all = append(all, name+" = "+literal(row[i]))
			}
		}
		execute(t, raw, fmt.Sprintf(`delete from %s where %s`, table, strings.Join(all, " and ")))
	}
}

// uniqueColumns must differ in a copied row beside id.
var uniqueColumns = map[string][]string{"account": {"login_index"}, "delivery": {"delivery_key"}, "letter": {"series"}, "plan_binding": {"target"}, "draw": {"code"}}
