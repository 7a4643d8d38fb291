package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"
	"modernc.org/sqlite"

	"jiaoheng/action"
	"jiaoheng/audit"
	"jiaoheng/fault"
)

// transaction is one running action.
type transaction struct {
	store  *Store
	db     bun.Tx
	now    time.Time
	header audit.Header
	entry  audit.Entry // Sequence is 0 until the end of the chain is locked
	rows   []auditRow  // not yet stored
	link   string
	count  int64
	ended  bool
}

type transactionKey struct{}

// flushRows is how many rows of the chain are held in memory before they are stored.
const flushRows = 1000

func running(ctx context.Context) *transaction {
	t, _ := ctx.Value(transactionKey{}).(*transaction)
	return t
}

// writing returns the transaction of ctx. A write outside of an action is a programmer's error and panics.
func (s *Store) writing(ctx context.Context) *transaction {
	t := running(ctx)
	if t == nil || t.store != s || t.ended {
		panic("store: a write outside of action.Do")
	}
	return t
}

// reads returns where ctx reads: in its own transaction, else from the readers.
func (s *Store) reads(ctx context.Context) bun.IDB {
	if t := running(ctx); t != nil && t.store == s && !t.ended {
		return t.db
	}
	return s.readers
}

// Transact runs do in one transaction and appends one audit entry with every row written. See package action.
func (s *Store) Transact(ctx context.Context, header audit.Header, do func(ctx context.Context, tx action.Tx) error) error {
	if t := running(ctx); t != nil && !t.ended {
		panic("store: actions do not nest")
	}
	err := s.transact(ctx, header, do)
	if isBusy(err) {
		return errors.Join(fault.List{fault.New("action.busy", nil)}.Err(), err)
	}
	return err
}

// isBusy tells that others held what the action needed: on SQLite for longer than the waiting time, on PostgreSQL crosswise.
func isBusy(err error) bool {
	var postgres *pgconn.PgError
	var lite *sqlite.Error
	switch {
	case errors.As(err, &postgres):
		return postgres.Code == pgerrDeadlock
	case errors.As(err, &lite):
		return lite.Code()&0xff == sqliteBusy
	}
	return false
}

// Codes of the two databases for what isBusy looks for.
const (
	pgerrDeadlock = "40P01" // PostgreSQL, appendix A: deadlock_detected
	sqliteBusy    = 5       // SQLITE_BUSY
)

func (s *Store) transact(ctx context.Context, header audit.Header, do func(ctx context.Context, tx action.Tx) error) error {
	db, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("store: begin: %w", err)
	}
	if header.Reason, err = s.Keys().Seal(purposeReason, header.Reason, s.random); err != nil {
		return errors.Join(err, db.Rollback())
	}
	t := &transaction{store: s, db: db, now: s.clock().UTC().Truncate(time.Millisecond), header: header}
	committed := false
	defer func() {
		t.ended = true
		if !committed {
			_ = db.Rollback()
		}
	}()
	ctx = context.WithValue(ctx, transactionKey{}, t)
	if err := do(ctx, t); err != nil {
		return err
	}
	if err := t.append(ctx); err != nil {
		return err
	}
	if err := db.Commit(); err != nil {
		return fmt.Errorf("store: commit: %w", err)
	}
	committed = true
	return nil
}

// Now is the time of the action.
func (t *transaction) Now() time.Time { return t.now }

// NewID returns a new id.
func (t *transaction) NewID() string { return action.NewID(t.now, t.store.random) }

// note remembers a written row for the entry.
func (t *transaction) note(ctx context.Context, table, id string, version int64, operation, hash string) error {
	t.rows = append(t.rows, auditRow{Table: table, RowID: id, Version: version, Operation: operation, Hash: hash})
	if len(t.rows) < flushRows {
		return nil
	}
	return t.flush(ctx)
}

// lockEnd takes the end of the chain for this transaction. On SQLite the transaction is the only writer anyway; on
// PostgreSQL the update makes other actions wait here, late, so that only the end of an action is in single file.
func (t *transaction) lockEnd(ctx context.Context) error {
	if t.entry.Sequence > 0 {
		return nil
	}
	if _, err := t.db.ExecContext(ctx, `update audit_head set mac = mac where id = ?`, headID); err != nil {
		return fmt.Errorf("store: audit head: %w", err)
	}
	head, ok, err := t.store.readHead(ctx, t.db)
	if err != nil {
		return err
	}
	if !ok {
		return fault.New("audit.head_altered", nil)
	}
	t.entry = audit.Entry{Sequence: head.Sequence + 1, Previous: head.Hash, Time: t.now.UnixMilli(), Header: t.header}
	return nil
}

func (t *transaction) flush(ctx context.Context) error {
	if err := t.lockEnd(ctx); err != nil {
		return err
	}
	for i := range t.rows {
		t.count++
		r := &t.rows[i]
		r.Sequence, r.Position = t.entry.Sequence, t.count
		r.Link = r.row().Chained(t.link)
		t.link = r.Link
	}
	for start := 0; start < len(t.rows); start += batchRows {
		batch := t.rows[start:min(start+batchRows, len(t.rows))]
		if _, err := t.db.NewInsert().Model(&batch).Exec(ctx); err != nil {
			return fmt.Errorf("store: audit rows: %w", err)
		}
	}
	t.rows = t.rows[:0]
	return nil
}

// append ends the entry and moves the head on.
func (t *transaction) append(ctx context.Context) error {
	if err := t.flush(ctx); err != nil {
		return err
	}
	t.entry.RowCount, t.entry.RowsLink = t.count, t.link
	t.entry.Hash = t.entry.Sum()
	entry := newAuditEntry(t.entry)
	if _, err := t.db.NewInsert().Model(&entry).Exec(ctx); err != nil {
		return fmt.Errorf("store: audit entry: %w", err)
	}
	return t.store.writeHead(ctx, t.db, audit.Head{Sequence: t.entry.Sequence, Hash: t.entry.Hash})
}

// Next returns the next number of a series.
func (t *transaction) Next(ctx context.Context, series string) (int64, error) {
	if t.store.onPostgres() {
		// A lock on the name, as two actions may begin a series at the same time, when there is no row to lock.
		if _, err := t.db.ExecContext(ctx, `select pg_advisory_xact_lock(hashtextextended(?, 0))`, "series."+series); err != nil {
			return 0, fmt.Errorf("store: series: %w", err)
		}
	}
	row, err := findRow[seriesRow](ctx, t.store, series)
	if errors.Is(err, sql.ErrNoRows) {
		return 1, insertRows(ctx, t.store, seriesRow{ID: series, Value: 1, Version: 1})
	}
	if err != nil {
		return 0, err
	}
	row.Value++
	return row.Value, replaceRow(ctx, t.store, row)
}

type seriesRow struct {
	bun.BaseModel `bun:"table:series"`
	ID            string `bun:"id,pk"`
	Value         int64  `bun:"value"`
	Version       int64  `bun:"version"`
}
