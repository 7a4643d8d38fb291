package store

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"jiaoheng/audit"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// namedRow is a row of a table that no Go type describes: the values of its columns in an order of its own. The first
// column is id.
type namedRow []any

func (r namedRow) id() string { return r[0].(string) }

// writeNamed writes rows of a table that no Go type describes, batch by batch: the same path as insertRows and updateRow,
// with the chain. Rows that stand already are replaced by rows of a newer version; keep says whether the older one stays.
func (t *transaction) writeNamed(ctx context.Context, table string, columns []string, rows []namedRow, operation string, keep bool) error {
	for batch := range slices.Chunk(rows, batchRows) {
		ids := make([]string, len(batch))
		for i, row := range batch {
			ids[i] = row.id()
		}
		if operation == audit.Updated {
			old, err := t.untouchedRows(ctx, table, ids)
			if err != nil {
				return err
			}
			if !keep {
				old = nil
			}
			if err := t.keepRows(ctx, table, old); err != nil {
				return err
			}
		}
		query, args := namedStatement(table, columns, batch, operation)
		if _, err := t.db.ExecContext(ctx, query, args...); err != nil {
			return fmt.Errorf("store: write %s: %w", table, err)
		}
		if err := t.noteStored(ctx, table, ids, operation); err != nil {
			return err
		}
	}
	return nil
}

func namedStatement(table string, columns []string, batch []namedRow, operation string) (string, []any) {
	args := []any{bun.Ident(table)}
	for _, name := range columns {
		args = append(args, bun.Ident(name))
	}
	row := "(" + strings.TrimSuffix(strings.Repeat("?, ", len(columns)), ", ") + ")"
	values := make([]string, len(batch))
	for i, r := range batch {
		values[i] = row
		args = append(args, r...)
	}
	query := "insert into ? " + row + " values " + strings.Join(values, ", ")
	if operation != audit.Updated {
		return query, args
	}
	var sets []string
	for _, name := range columns[1:] {
		sets = append(sets, "? = excluded.?")
		args = append(args, bun.Ident(name), bun.Ident(name))
	}
	return query + " on conflict (id) do update set " + strings.Join(sets, ", "), args
}

// deleteNamed takes rows away and keeps what they held. Ids that are not there are passed over.
func (t *transaction) deleteNamed(ctx context.Context, table string, ids []string) error {
	for batch := range slices.Chunk(ids, batchRows) {
		old, err := t.untouchedRows(ctx, table, batch)
		if err != nil {
			return err
		}
		if len(old) == 0 {
			continue
		}
		if err := t.keepRows(ctx, table, old); err != nil {
			return err
		}
		there := slices.Sorted(maps.Keys(old))
		if _, err := t.db.ExecContext(ctx, `delete from ? where id in (?)`, bun.Ident(table), bun.In(there)); err != nil {
			return fmt.Errorf("store: delete from %s: %w", table, err)
		}
		for _, id := range there {
			if err := t.note(ctx, table, id, old[id].version, audit.Deleted, ""); err != nil {
				return err
			}
		}
	}
	return nil
}

// untouchedRows is untouched for many rows; those that are not there are left out.
func (t *transaction) untouchedRows(ctx context.Context, table string, ids []string) (map[string]storedRow, error) {
	if t.store.onPostgres() {
		if _, err := t.db.ExecContext(ctx, `select id from ? where id in (?) order by id for update`, bun.Ident(table), bun.In(ids)); err != nil {
			return nil, fmt.Errorf("store: lock %s: %w", table, err)
		}
	}
	rows, err := readStored(ctx, t.db, table, ids)
	if err != nil {
		return nil, err
	}
	hashes, err := t.latestHashes(ctx, table, ids)
	if err != nil {
		return nil, err
	}
	var altered fault.List
	for _, id := range slices.Sorted(maps.Keys(rows)) {
		if hashes[id] != audit.HashRow(rows[id].columns) {
			altered.Add(fault.New("audit.row_altered", message.Args{"table": table, "row": id}))
		}
	}
	return rows, altered.Err()
}

// latestHashes returns the last hash that the chain holds for each row.
func (t *transaction) latestHashes(ctx context.Context, table string, ids []string) (map[string]string, error) {
	var found []struct{ RowID, Hash string }
	err := t.db.NewRaw(`select row_id, hash from audit_row as r where table_name = ? and row_id in (?) and not exists
		(select 1 from audit_row as later where later.table_name = r.table_name and later.row_id = r.row_id
			and (later.sequence, later.position) > (r.sequence, r.position))`, table, bun.In(ids)).Scan(ctx, &found)
	if err != nil {
		return nil, fmt.Errorf("store: chain of %s: %w", table, err)
	}
	hashes := make(map[string]string, len(found))
	for _, row := range found {
		hashes[row.RowID] = row.Hash
	}
	for _, row := range t.rows { // not yet stored, so newer
		if row.Table == table {
			hashes[row.RowID] = row.Hash
		}
	}
	return hashes, nil
}

// keepRows is keep for many rows.
func (t *transaction) keepRows(ctx context.Context, table string, old map[string]storedRow) error {
	versions := make([]rowVersion, 0, len(old))
	for _, id := range slices.Sorted(maps.Keys(old)) {
		text, err := json.Marshal(columnMap(old[id].columns))
		if err != nil {
			return fmt.Errorf("store: version of %s %s: %w", table, id, err)
		}
		versions = append(versions, rowVersion{ID: t.NewID(), TableName: table, RowID: id, RowVersion: old[id].version,
			Content: string(text), Ended: t.now.UnixMilli()})
	}
	return insertRows(ctx, t.store, versions...)
}
