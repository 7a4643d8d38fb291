package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"github.com/uptrace/bun"

	"jiaoheng/audit"
)

// headID is the id of the only row of audit_head; the findings of package audit name it.
const headID = "chain"

// purposeAudit is the key of the MAC over the end of the chain.
const purposeAudit = "mac-audit"

// purposeReason is the key of the reasons in the chain: people write names into them.
const purposeReason = "audit-reason"

type auditRow struct {
	bun.BaseModel `bun:"table:audit_row"`
	Sequence      int64  `bun:"sequence"`
	Position      int64  `bun:"position"`
	Table         string `bun:"table_name"`
	RowID         string `bun:"row_id"`
	Version       int64  `bun:"version"`
	Operation     string `bun:"operation"`
	Hash          string `bun:"hash"`
	Link          string `bun:"link"`
}

func (r auditRow) row() audit.Row {
	return audit.Row{Sequence: r.Sequence, Position: r.Position, Table: r.Table, ID: r.RowID, Version: r.Version,
		Operation: r.Operation, Hash: r.Hash, Link: r.Link}
}

type auditEntry struct {
	bun.BaseModel `bun:"table:audit_entry"`
	Sequence      int64  `bun:"sequence"`
	Time          int64  `bun:"time"`
	Person        string `bun:"person"`
	Post          string `bun:"post"`
	Account       string `bun:"account"`
	Address       string `bun:"address"`
	Action        string `bun:"action"`
	Unit          string `bun:"unit"`
	Reason        string `bun:"reason"`
	RowCount      int64  `bun:"row_count"`
	RowsLink      string `bun:"rows_link"`
	Previous      string `bun:"previous"`
	Hash          string `bun:"hash"`
}

func newAuditEntry(e audit.Entry) auditEntry {
	return auditEntry{Sequence: e.Sequence, Time: e.Time, Person: e.Actor.Person, Post: e.Actor.Post, Account: e.Actor.Account,
		Address: e.Actor.Address, Action: e.Action, Unit: e.Unit, Reason: e.Reason, RowCount: e.RowCount, RowsLink: e.RowsLink,
		Previous: e.Previous, Hash: e.Hash}
}

func (e auditEntry) entry() audit.Entry {
	return audit.Entry{Sequence: e.Sequence, Time: e.Time, RowCount: e.RowCount, RowsLink: e.RowsLink, Previous: e.Previous, Hash: e.Hash,
		Header: audit.Header{Actor: audit.Actor{Person: e.Person, Post: e.Post, Account: e.Account, Address: e.Address},
			Action: e.Action, Unit: e.Unit, Reason: e.Reason}}
}

func (s *Store) headMAC(head audit.Head) string {
	return s.keys.ring().MAC(purposeAudit, []byte(strconv.FormatInt(head.Sequence, 10)+":"+head.Hash))
}

// readHead returns the end of the chain and whether its MAC holds.
func (s *Store) readHead(ctx context.Context, db bun.IDB) (head audit.Head, ok bool, err error) {
	var mac string
	err = db.QueryRowContext(ctx, `select sequence, hash, mac from audit_head where id = ?`, headID).Scan(&head.Sequence, &head.Hash, &mac)
	if errors.Is(err, sql.ErrNoRows) {
		return head, false, nil
	}
	if err != nil {
		return head, false, fmt.Errorf("store: audit head: %w", err)
	}
	return head, mac == s.headMAC(head), nil
}

func (s *Store) writeHead(ctx context.Context, db bun.IDB, head audit.Head) error {
	_, err := db.ExecContext(ctx, `insert into audit_head (id, sequence, hash, mac) values (?, ?, ?, ?)
		on conflict (id) do update set sequence = excluded.sequence, hash = excluded.hash, mac = excluded.mac`,
		headID, head.Sequence, head.Hash, s.headMAC(head))
	if err != nil {
		return fmt.Errorf("store: audit head: %w", err)
	}
	return nil
}

// Head returns the end of the chain, to be published or noted elsewhere.
func (s *Store) Head(ctx context.Context) (audit.Head, error) {
	head, _, err := s.readHead(ctx, s.reads(ctx))
	return head, err
}

// AuditEntries returns at most limit entries before the sequence given, the newest first; before 0 begins at the end. Their
// reasons are opened, so that their Sum is not that of the entries as stored.
func (s *Store) AuditEntries(ctx context.Context, before, limit int64) ([]audit.Entry, error) {
	var rows []auditEntry
	query := s.reads(ctx).NewSelect().Model(&rows).Order("sequence desc").Limit(limit)
	if before > 0 {
		query = query.Where("sequence < ?", before)
	}
	if err := query.Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: audit entries: %w", err)
	}
	entries := make([]audit.Entry, len(rows))
	for i, row := range rows {
		reason, err := s.Keys().Open(purposeReason, row.Reason)
		if err != nil {
			return nil, fmt.Errorf("store: reason of entry %d: %w", row.Sequence, err)
		}
		entries[i] = row.entry()
		entries[i].Reason = reason
	}
	return entries, nil
}
