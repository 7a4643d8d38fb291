package main

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// measurePostgres returns the times of the roll-up in PostgreSQL, without its compiler of expressions, which
// only makes this statement slower.
func measurePostgres(address string, o *ours) (f figures, err error) {
	pool, err := sql.Open("pgx", address)
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	ctx := context.Background()
	db, err := pool.Conn(ctx)
	if err != nil {
		return f, err
	}
	defer db.Close()
	if err := execute(ctx, db, "CREATE SCHEMA bench_rollup", "SET search_path = bench_rollup", "SET work_mem = '512MB'", "SET max_parallel_workers_per_gather = 2", "SET jit = off"); err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, execute(ctx, db, "DROP SCHEMA bench_rollup CASCADE")) }()
	if err := execute(ctx, db, schema("DOUBLE PRECISION", ")")...); err != nil {
		return f, err
	}
	if err := db.Raw(func(driver any) error { return fillPostgres(ctx, driver.(*stdlib.Conn).Conn(), o) }); err != nil {
		return f, err
	}
	statements := append(append(indexes, narrow()...),
		"ALTER TABLE fact ADD PRIMARY KEY (item, period, parent, unit) INCLUDE (value)", "VACUUM ANALYZE")
	if err := execute(ctx, db, statements...); err != nil {
		return f, err
	}
	backend := 0
	if err := db.QueryRowContext(ctx, "SELECT pg_backend_pid()").Scan(&backend); err != nil {
		return f, err
	}
	return timeForms(ctx, db, o, func() (time.Duration, error) { return serverProcessor(backend) })
}

func fillPostgres(ctx context.Context, db *pgx.Conn, o *ours) error {
	tree := o.layout.Tree
	n := -1
	_, err := db.CopyFrom(ctx, pgx.Identifier{"bench_rollup", "unit"}, []string{"number", "parent"}, pgx.CopyFromFunc(func() ([]any, error) {
		if n++; n == tree.Len() {
			return nil, nil
		}
		return []any{int64(n), int64(tree.Parent(n))}, nil
	}))
	if err != nil {
		return err
	}
	source := make(chan []any, 64)
	stopped := make(chan struct{})
	defer close(stopped)
	go func() {
		defer close(source)
		o.records(func(record []any) error {
			select {
			case source <- record:
				return nil
			case <-stopped:
				return errors.New("stopped")
			}
		})
	}()
	_, err = db.CopyFrom(ctx, pgx.Identifier{"bench_rollup", "fact_row"}, columnNames(), pgx.CopyFromFunc(func() ([]any, error) { return <-source, nil }))
	return err
}
