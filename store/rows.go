package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"reflect"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"jiaoheng/audit"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// batchRows is how many rows one statement holds; measured twice as fast as single rows, and flat beyond.
const batchRows = 100

// storedRow is a row as it stands in the database.
type storedRow struct {
	id      string
	version int64
	columns []audit.Column
}

// findRow reads one row by id; sql.ErrNoRows when it is not there.
func findRow[T any](ctx context.Context, s *Store, id string) (T, error) {
	var row T
	err := s.reads(ctx).NewSelect().Model(&row).Where("id = ?", id).Scan(ctx)
	return row, err
}

// insertRows writes new rows, batch by batch.
func insertRows[T any](ctx context.Context, s *Store, rows ...T) error {
	t, table := s.writing(ctx), tableOf[T](s)
	for start := 0; start < len(rows); start += batchRows {
		batch := rows[start:min(start+batchRows, len(rows))]
		if _, err := t.db.NewInsert().Model(&batch).Exec(ctx); err != nil {
			return fmt.Errorf("store: insert into %s: %w", table.Name, err)
		}
		ids := make([]string, len(batch))
		for i := range batch {
			ids[i] = idOf(table, &batch[i])
		}
		if err := t.noteStored(ctx, table.Name, ids, audit.Inserted); err != nil {
			return err
		}
	}
	return nil
}

// updateRow writes a changed row and keeps the older version. A row with a version must carry the version that was read;
// when another action came between, nothing is written and the fault is action.stale.
func updateRow[T any](ctx context.Context, s *Store, row T) error {
	return changeRow(ctx, s, row, true)
}

// replaceRow is updateRow without keeping the older version: for working state (drafts, counters) whose every
// keystroke would otherwise stay. The chain still shows each change.
func replaceRow[T any](ctx context.Context, s *Store, row T) error {
	return changeRow(ctx, s, row, false)
}

func changeRow[T any](ctx context.Context, s *Store, row T, keep bool) error {
	t, table := s.writing(ctx), tableOf[T](s)
	id := idOf(table, &row)
	old, err := t.untouched(ctx, table.Name, id)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New("action.stale", nil)
	}
	if err != nil {
		return err
	}
	query := t.db.NewUpdate().Model(&row).Where("id = ?", id)
	if field := table.FieldMap["version"]; field != nil {
		version := field.Value(reflect.ValueOf(&row).Elem())
		if version.Int() != old.version {
			return fault.New("action.stale", nil)
		}
		query = query.Where("version = ?", version.Int())
		version.SetInt(version.Int() + 1)
	}
	if keep {
		if err := t.keep(ctx, table.Name, old); err != nil {
			return err
		}
	}
	result, err := query.Exec(ctx)
	if err != nil {
		return fmt.Errorf("store: update %s: %w", table.Name, err)
	}
	if n, err := result.RowsAffected(); err != nil || n != 1 {
		return errors.Join(err, fault.New("action.stale", nil))
	}
	return t.noteStored(ctx, table.Name, []string{id}, audit.Updated)
}

// deleteRows takes rows away and keeps what they held. Ids that are not there are passed over.
func deleteRows[T any](ctx context.Context, s *Store, ids ...string) error {
	t, table := s.writing(ctx), tableOf[T](s)
	for _, id := range ids {
		old, err := t.untouched(ctx, table.Name, id)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return err
		}
		if err := t.keep(ctx, table.Name, old); err != nil {
			return err
		}
		if _, err := t.db.ExecContext(ctx, `delete from ? where id = ?`, bun.Ident(table.Name), id); err != nil {
			return fmt.Errorf("store: delete from %s: %w", table.Name, err)
		}
		if err := t.note(ctx, table.Name, id, old.version, audit.Deleted, ""); err != nil {
			return err
		}
	}
	return nil
}

func tableOf[T any](s *Store) *schema.Table { return s.writer.Table(reflect.TypeFor[T]()) }

func idOf(table *schema.Table, row any) string {
	return table.FieldMap["id"].Value(reflect.ValueOf(row).Elem()).String()
}

// untouched reads a row that is about to change and refuses it when the chain does not agree: a write on top would
// hide that it was altered.
func (t *transaction) untouched(ctx context.Context, table, id string) (storedRow, error) {
	if err := t.lockRow(ctx, table, id); err != nil {
		return storedRow{}, err
	}
	rows, err := readStored(ctx, t.db, table, []string{id})
	if err != nil {
		return storedRow{}, err
	}
	old, found := rows[id]
	if !found {
		return storedRow{}, sql.ErrNoRows
	}
	hash, err := t.latestHash(ctx, table, id)
	if err != nil {
		return storedRow{}, err
	}
	if hash != audit.HashRow(old.columns) {
		return storedRow{}, fault.New("audit.row_altered", message.Args{"table": table, "row": id})
	}
	return old, nil
}

// lockRow makes other actions that change the same row wait, so that row and chain are read as one. On SQLite there is no other.
func (t *transaction) lockRow(ctx context.Context, table, id string) error {
	if !t.store.onPostgres() {
		return nil
	}
	if _, err := t.db.ExecContext(ctx, `select id from ? where id = ? for update`, bun.Ident(table), id); err != nil {
		return fmt.Errorf("store: lock %s: %w", table, err)
	}
	return nil
}

func (t *transaction) latestHash(ctx context.Context, table, id string) (string, error) {
	for i := len(t.rows) - 1; i >= 0; i-- {
		if t.rows[i].Table == table && t.rows[i].RowID == id {
			return t.rows[i].Hash, nil
		}
	}
	var hash string
	err := t.db.QueryRowContext(ctx, `select hash from audit_row where table_name = ? and row_id = ?
		order by sequence desc, position desc limit 1`, table, id).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return hash, err
}

// noteStored reads rows back as they are stored and notes their hashes.
func (t *transaction) noteStored(ctx context.Context, table string, ids []string, operation string) error {
	rows, err := readStored(ctx, t.db, table, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		row, found := rows[id]
		if !found {
			return fmt.Errorf("store: row %s of %s was not stored", id, table)
		}
		if err := t.note(ctx, table, id, row.version, operation, audit.HashRow(row.columns)); err != nil {
			return err
		}
	}
	return nil
}

type rowVersion struct {
	bun.BaseModel `bun:"table:row_version"`
	ID            string `bun:"id,pk"`
	TableName     string `bun:"table_name"`
	RowID         string `bun:"row_id"`
	RowVersion    int64  `bun:"row_version"`
	Content       string `bun:"content"`
	Ended         int64  `bun:"ended"`
}

// keep stores the older version of a row as JSON; sealed columns stay sealed.
func (t *transaction) keep(ctx context.Context, table string, old storedRow) error {
	text, err := json.Marshal(columnMap(old.columns))
	if err != nil {
		return fmt.Errorf("store: version of %s %s: %w", table, old.id, err)
	}
	return insertRows(ctx, t.store, rowVersion{ID: t.NewID(), TableName: table, RowID: old.id, RowVersion: old.version,
		Content: string(text), Ended: t.now.UnixMilli()})
}

// readStored reads every column of the rows with ids, by id.
func readStored(ctx context.Context, db bun.IDB, table string, ids []string) (map[string]storedRow, error) {
	rows, err := db.QueryContext(ctx, `select * from ? where id in (?)`, bun.Ident(table), bun.In(ids))
	if err != nil {
		return nil, fmt.Errorf("store: read %s: %w", table, err)
	}
	defer rows.Close()
	list, err := scanStored(rows)
	if err != nil {
		return nil, fmt.Errorf("store: read %s: %w", table, err)
	}
	found := make(map[string]storedRow, len(list))
	for _, row := range list {
		found[row.id] = row
	}
	return found, nil
}

func scanStored(rows *sql.Rows) ([]storedRow, error) {
	var list []storedRow
	for row, err := range eachStored(rows) {
		if err != nil {
			return nil, err
		}
		list = append(list, row)
	}
	return list, nil
}

// eachStored walks the rows of an answer; after an error it ends.
func eachStored(rows *sql.Rows) iter.Seq2[storedRow, error] {
	return func(yield func(storedRow, error) bool) {
		names, err := rows.Columns()
		for err == nil && rows.Next() {
			values := make([]any, len(names))
			targets := make([]any, len(names))
			for i := range values {
				targets[i] = &values[i]
			}
			if err = rows.Scan(targets...); err == nil && !yield(newStoredRow(names, values), nil) {
				return
			}
		}
		if err == nil {
			err = rows.Err()
		}
		if err != nil {
			yield(storedRow{}, err)
		}
	}
}

func newStoredRow(names []string, values []any) storedRow {
	row := storedRow{version: 1, columns: make([]audit.Column, len(names))}
	for i, name := range names {
		row.columns[i] = audit.Column{Name: name, Value: values[i]}
		switch v := values[i].(type) {
		case string:
			if name == "id" {
				row.id = v
			}
		case []byte:
			if name == "id" {
				row.id = string(v)
			}
		case int64:
			if name == "version" {
				row.version = v
			}
		}
	}
	return row
}
