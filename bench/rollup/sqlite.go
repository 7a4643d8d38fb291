package main

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the embedded database of the product
)

// measureSQLite returns the times of the roll-up in SQLite: a file with a page cache that holds it whole.
func measureSQLite(o *ours) (f figures, err error) {
	folder, err := os.MkdirTemp("", "jiaoheng-rollup-")
	if err != nil {
		return f, err
	}
	defer os.RemoveAll(folder)
	pool, err := sql.Open("sqlite", filepath.Join(folder, "bench.sqlite"))
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
	if err := execute(ctx, db, "PRAGMA journal_mode=WAL", "PRAGMA synchronous=OFF", "PRAGMA temp_store=MEMORY", "PRAGMA cache_size=-2000000"); err != nil {
		return f, err
	}
	if err := execute(ctx, db, schema("REAL", ", PRIMARY KEY (item, period, parent, unit)) WITHOUT ROWID")...); err != nil {
		return f, err
	}
	if err := fillSQLite(ctx, db, o); err != nil {
		return f, err
	}
	statements := append(append(indexes, "BEGIN"), append(narrow(), "COMMIT", "ANALYZE")...)
	if err := execute(ctx, db, statements...); err != nil {
		return f, err
	}
	return timeForms(ctx, db, o, ownProcessor)
}

func fillSQLite(ctx context.Context, db *sql.Conn, o *ours) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	tree := o.layout.Tree
	for n := range tree.Len() {
		if _, err := tx.ExecContext(ctx, "INSERT INTO unit VALUES (?, ?)", n, tree.Parent(n)); err != nil {
			return err
		}
	}
	insert, err := tx.PrepareContext(ctx, "INSERT INTO fact_row VALUES (?"+strings.Repeat(", ?", items+2)+")")
	if err != nil {
		return err
	}
	defer insert.Close()
	err = o.records(func(record []any) error {
		_, err := insert.ExecContext(ctx, record...)
		return err
	})
	if err != nil {
		return err
	}
	return tx.Commit()
}
