package store

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"slices"

	"github.com/uptrace/bun"

	"jiaoheng/audit"
)

// pageRows is how many rows Verify reads at a time: one connection serves all its walks.
const pageRows = 1000

// Verify checks the chain and every stored row in one consistent view. See audit.Verify.
func (s *Store) Verify(ctx context.Context) (audit.Report, error) {
	options := &sql.TxOptions{ReadOnly: true}
	if s.onPostgres() {
		options.Isolation = sql.LevelRepeatableRead
	}
	view, err := s.readers.BeginTx(ctx, options)
	if err != nil {
		return audit.Report{}, fmt.Errorf("store: verify: %w", err)
	}
	defer func() { _ = view.Rollback() }()
	return audit.Verify(ctx, verifyReader{s, view})
}

// verifyReader is the view that audit.Verify reads.
type verifyReader struct {
	store *Store
	db    bun.Tx
}

// Head returns the end of the chain.
func (v verifyReader) Head(ctx context.Context) (audit.Head, bool, error) {
	return v.store.readHead(ctx, v.db)
}

// Entries walks the entries.
func (v verifyReader) Entries(ctx context.Context) iter.Seq2[audit.Entry, error] {
	last, first := int64(0), true
	return pages(func() ([]audit.Entry, error) {
		var rows []auditEntry
		query := v.db.NewSelect().Model(&rows).Order("sequence").Limit(pageRows)
		if !first {
			query = query.Where("sequence > ?", last)
		}
		err := query.Scan(ctx)
		entries := make([]audit.Entry, len(rows))
		for i, row := range rows {
			entries[i], last, first = row.entry(), row.Sequence, false
		}
		return entries, err
	})
}

// Rows walks the rows of the chain.
func (v verifyReader) Rows(ctx context.Context) iter.Seq2[audit.Row, error] {
	var last audit.Row
	first := true
	return pages(func() ([]audit.Row, error) {
		var rows []auditRow
		query := v.db.NewSelect().Model(&rows).Order("sequence", "position").Limit(pageRows)
		if !first {
			query = query.Where("(sequence, position) > (?, ?)", last.Sequence, last.Position)
		}
		err := query.Scan(ctx)
		list := make([]audit.Row, len(rows))
		for i, row := range rows {
			list[i] = row.row()
			last, first = list[i], false
		}
		return list, err
	})
}

// Latest walks the last version of each row of table in the chain.
func (v verifyReader) Latest(ctx context.Context, table string) iter.Seq2[audit.Row, error] {
	last := ""
	return pages(func() ([]audit.Row, error) {
		var rows []auditRow
		err := v.db.NewSelect().Model(&rows).Where("table_name = ? and row_id > ?", table, last).
			Where(`not exists (select 1 from audit_row as later where later.table_name = audit_row.table_name and later.row_id = audit_row.row_id
				and (later.sequence, later.position) > (audit_row.sequence, audit_row.position))`).
			ModelTableExpr("audit_row").Order("row_id").Limit(pageRows).Scan(ctx)
		list := make([]audit.Row, len(rows))
		for i, row := range rows {
			list[i], last = row.row(), row.RowID
		}
		return list, err
	})
}

// Stored walks the rows of table as they stand. The walk ends at an id that does not follow the one before it, which only a
// hand outside the program can have written; the rows behind it are then reported as missing.
func (v verifyReader) Stored(ctx context.Context, table string) iter.Seq2[audit.Stored, error] {
	last, first, ended := "", true, false
	return pages(func() ([]audit.Stored, error) {
		if ended {
			return nil, nil
		}
		known, err := v.store.tableNames(ctx, v.db)
		if err != nil || !slices.Contains(known, table) {
			return nil, err
		}
		query := v.db.NewSelect().TableExpr("?", bun.Ident(table)).ColumnExpr("*").Order("id").Limit(pageRows)
		if !first {
			query = query.Where("id > ?", last)
		}
		rows, err := query.Rows(ctx)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		list, err := scanStored(rows)
		page := make([]audit.Stored, 0, len(list))
		for _, row := range list {
			if !first && row.id <= last {
				ended = true
			}
			page = append(page, audit.Stored{ID: row.id, Hash: audit.HashRow(row.columns)})
			last, first = row.id, false
		}
		return page, err
	})
}

// Tables returns the tables under the chain: every table of the database but those of the chain and the sealed ones,
// and every table that the chain speaks of, so that a dropped table is missed.
func (v verifyReader) Tables(ctx context.Context) ([]string, error) {
	names, err := v.store.tableNames(ctx, v.db)
	if err != nil {
		return nil, err
	}
	var spoken []string
	if err := v.db.NewSelect().Table("audit_row").ColumnExpr("distinct table_name").Scan(ctx, &spoken); err != nil {
		return nil, err
	}
	names = slices.DeleteFunc(append(names, spoken...), func(name string) bool {
		return slices.Contains(outsideChain(), name)
	})
	slices.Sort(names)
	return slices.Compact(names), nil
}

// outsideChain returns the tables that are checked in another way.
func outsideChain() []string {
	return slices.Concat([]string{audit.EntryTable, audit.RowTable, audit.HeadTable, sealedHeadTable}, sealedTables, examTables)
}

// tableNames returns the tables of the database by name.
func (s *Store) tableNames(ctx context.Context, db bun.IDB) ([]string, error) {
	query := `select name from sqlite_master where type = 'table' and name not like 'sqlite\_%' escape '\' order by name`
	if s.onPostgres() {
		query = `select tablename::text from pg_tables where schemaname = current_schema() order by 1`
	}
	var names []string
	err := db.NewRaw(query).Scan(ctx, &names)
	return names, err
}

// pages walks what next returns until it returns nothing.
func pages[T any](next func() ([]T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for {
			page, err := next()
			if err != nil {
				var zero T
				yield(zero, err)
				return
			}
			if len(page) == 0 {
				return
			}
			for _, item := range page {
				if !yield(item, nil) {
					return
				}
			}
		}
	}
}
