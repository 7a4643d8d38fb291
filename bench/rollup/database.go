package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"jiaoheng/unit"
)

// schema has the facts in two forms. fact_row has one wide row for each school and period, as a register of the product
// has it. fact has one row for each fact; key ends its definition. In both the unit above stands in the row, so that no school needs a join.
func schema(number, key string) []string {
	var columns strings.Builder
	for i := range items {
		fmt.Fprintf(&columns, ", %s %s", itemName(i), number)
	}
	return []string{
		"CREATE TABLE unit (number INTEGER PRIMARY KEY, parent INTEGER)",
		"CREATE TABLE fact_row (unit INTEGER NOT NULL, parent INTEGER NOT NULL, period INTEGER NOT NULL" + columns.String() + ")",
		"CREATE TABLE fact (item INTEGER NOT NULL, period INTEGER NOT NULL, parent INTEGER NOT NULL, unit INTEGER NOT NULL, value " +
			number + " NOT NULL" + key,
	}
}

// indexes are made once the wide rows are there: in the order of the grouping, and by the unit above.
var indexes = []string{
	"CREATE UNIQUE INDEX fact_row_unit ON fact_row (unit, period)",
	"CREATE INDEX fact_row_parent ON fact_row (parent, period)",
	"CREATE INDEX unit_parent ON unit (parent)",
}

// narrow fills table fact from the wide rows, in the order of its key.
func narrow() []string {
	var all []string
	for i := range items {
		all = append(all, fmt.Sprintf("INSERT INTO fact SELECT %d, period, parent, unit, i%d FROM fact_row WHERE i%d IS NOT NULL ORDER BY period, parent, unit", i, i, i))
	}
	return all
}

func columnNames() []string {
	names := []string{"unit", "parent", "period"}
	for i := range items {
		names = append(names, itemName(i))
	}
	return names
}

// records yields the rows of table fact in order of unit and period.
func (o *ours) records(yield func([]any) error) error {
	tree := o.layout.Tree
	for n := range tree.Len() {
		if tree.At(n).Kind != unit.School {
			continue
		}
		for p := range periods {
			record := []any{int64(n), int64(tree.Parent(n)), int64(p)}
			for i := range items {
				if number, reported := fact(n, i, p); reported {
					record = append(record, number)
				} else {
					record = append(record, nil)
				}
			}
			if err := yield(record); err != nil {
				return err
			}
		}
	}
	return nil
}

// wideQuery adds up level by level: townships from schools, counties from townships, and so on. Every level takes the
// totals of the one below, which is several times faster than to join each school with each unit above it. Like the
// frame it gives for each total how many schools reported.
func wideQuery() string {
	var first, above strings.Builder
	for i := range items {
		fmt.Fprintf(&first, ", sum(i%d) AS i%d, count(i%d) AS c%d", i, i, i, i)
		fmt.Fprintf(&above, ", sum(i%d) AS i%d, CAST(sum(c%d) AS BIGINT) AS c%d", i, i, i, i)
	}
	return levels("SELECT parent AS unit, period"+first.String()+" FROM fact_row GROUP BY parent, period",
		"SELECT u.parent AS unit, period"+above.String()+" FROM %s JOIN unit u ON u.number = unit GROUP BY u.parent, period") + "SELECT * FROM total"
}

// narrowQuery does the same with one row for each fact, in the order of its key. tail says what is asked of the totals.
func narrowQuery(tail string) string {
	return levels("SELECT item, period, parent AS unit, sum(value) AS value, count(*) AS reported FROM fact GROUP BY item, period, parent",
		"SELECT item, period, u.parent AS unit, sum(value) AS value, CAST(sum(reported) AS BIGINT) AS reported FROM %s JOIN unit u ON u.number = unit GROUP BY item, period, u.parent") + tail
}

// The questions about the totals: all of them, or one row that needs every one of them, so that their way through the
// driver is not timed.
const (
	everyTotal   = "SELECT unit, item, period, value, reported FROM total"
	digestTotals = "SELECT count(*), sum(value), sum(reported), max(unit), max(item), max(period) FROM total"
)

func levels(first, above string) string {
	var q strings.Builder
	q.WriteString("WITH level4 AS MATERIALIZED (" + first + ")")
	for level := 3; level >= 1; level-- {
		fmt.Fprintf(&q, ",\nlevel%d AS MATERIALIZED ("+above+")", level, fmt.Sprintf("level%d", level+1))
	}
	q.WriteString(",\ntotal AS (SELECT * FROM level4 UNION ALL SELECT * FROM level3 UNION ALL SELECT * FROM level2 UNION ALL SELECT * FROM level1)\n")
	return q.String()
}

// checkNarrow compares every total and count that the narrow form gives with ours.
func checkNarrow(ctx context.Context, db *sql.Conn, o *ours) error {
	found, err := db.QueryContext(ctx, narrowQuery(everyTotal))
	if err != nil {
		return err
	}
	defer found.Close()
	var number, i, span, rows int
	var count int32
	var sum float64
	for ; found.Next(); rows++ {
		if err := found.Scan(&number, &i, &span, &sum, &count); err != nil {
			return err
		}
		if want, reported, known := o.total(number, i, span); !known || sum != want || count != reported {
			return fmt.Errorf("unit %d, item %d, period %d: %v of %d, ours %v of %d", number, i, span, sum, count, want, reported)
		}
	}
	if want := o.reported(); rows != want {
		return fmt.Errorf("%d totals, want %d", rows, want)
	}
	return found.Err()
}

// checkWide does the same for the wide form.
func checkWide(ctx context.Context, db *sql.Conn, o *ours) error {
	found, err := db.QueryContext(ctx, wideQuery())
	if err != nil {
		return err
	}
	defer found.Close()
	sums, counts := make([]sql.NullFloat64, items), make([]int32, items)
	var number, span int
	to := []any{&number, &span}
	for i := range items {
		to = append(to, &sums[i], &counts[i])
	}
	rows := 0
	for ; found.Next(); rows++ {
		if err := found.Scan(to...); err != nil {
			return err
		}
		for i := range items {
			if sum, count, known := o.total(number, i, span); !known || sums[i].Float64 != sum || counts[i] != count {
				return fmt.Errorf("unit %d, item %d, period %d: %v of %d, ours %v of %d", number, i, span, sums[i].Float64, counts[i], sum, count)
			}
		}
	}
	if want := o.rollup.Inner() * periods; rows != want {
		return fmt.Errorf("%d rows of totals, want %d", rows, want)
	}
	return found.Err()
}

// ask runs the statement until its last row has arrived.
func ask(ctx context.Context, db *sql.Conn, query string) error {
	found, err := db.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	for found.Next() {
		continue
	}
	return errors.Join(found.Err(), found.Close())
}

// figures are the times of one database.
type figures struct{ narrow, wide took }

// timeForms checks the answers of both forms and times them.
func timeForms(ctx context.Context, db *sql.Conn, o *ours, processor func() (time.Duration, error)) (f figures, err error) {
	if err := checkWide(ctx, db, o); err != nil {
		return f, err
	}
	if f.wide, err = repeat(3, processor, func() error { return ask(ctx, db, wideQuery()) }); err != nil {
		return f, err
	}
	if err := checkNarrow(ctx, db, o); err != nil {
		return f, err
	}
	f.narrow, err = repeat(3, processor, func() error { return ask(ctx, db, narrowQuery(digestTotals)) })
	return f, err
}

func execute(ctx context.Context, db *sql.Conn, statements ...string) error {
	for _, statement := range statements {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%.60s: %w", statement, err)
		}
	}
	return nil
}
