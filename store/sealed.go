package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"

	"github.com/uptrace/bun"

	"jiaoheng/audit"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// sealedHeadTable holds one row for each sealed table: how many rows it has and the sum of their MACs, under a MAC.
const sealedHeadTable = "sealed_head"

// sealedTables are the tables whose rows change too often for the chain. Each has the columns id and mac.
var sealedTables = []string{sessionTable, failureTable, jobTable}

// purposeSealed is the key of the MACs of sealed rows and heads.
const purposeSealed = "mac-sealed"

type sealedHead struct {
	bun.BaseModel `bun:"table:sealed_head"`
	ID            string `bun:"id,pk"`
	RowCount      int64  `bun:"row_count"`
	Total         string `bun:"total"`
	MAC           string `bun:"mac"`
}

func (s *Store) sealedHeadMAC(h sealedHead) string {
	return s.keys.ring().MAC(purposeSealed, []byte("head:"+h.ID+":"+strconv.FormatInt(h.RowCount, 10)+":"+h.Total))
}

// rowMAC is over the table and every column but the MAC itself.
func (s *Store) rowMAC(table string, columns []audit.Column) string {
	kept := slices.DeleteFunc(slices.Clone(columns), func(c audit.Column) bool { return c.Name == "mac" })
	return s.keys.ring().MAC(purposeSealed, append([]byte("row:"+table+":"), audit.Canonical(kept)...))
}

// sealedWrite runs do in a transaction of its own, or in that of ctx, with the head of table locked and brought up to date after it.
// Do names the ids it touches beforehand.
func (s *Store) sealedWrite(ctx context.Context, table string, ids []string, do func(ctx context.Context, db bun.IDB) error) error {
	if t := running(ctx); t != nil && t.store == s && !t.ended {
		return s.sealedChange(ctx, t.db, table, ids, do)
	}
	return s.writer.RunInTx(ctx, nil, func(ctx context.Context, db bun.Tx) error {
		return s.sealedChange(ctx, db, table, ids, do)
	})
}

func (s *Store) sealedChange(ctx context.Context, db bun.IDB, table string, ids []string, do func(ctx context.Context, db bun.IDB) error) error {
	if _, err := db.ExecContext(ctx, `update sealed_head set mac = mac where id = ?`, table); err != nil {
		return fmt.Errorf("store: sealed head: %w", err)
	}
	head, err := s.readSealedHead(ctx, db, table)
	if err != nil {
		return err
	}
	before, err := readStored(ctx, db, table, ids)
	if err != nil {
		return err
	}
	total, _ := new(big.Int).SetString(head.Total, 16)
	for id, row := range before {
		mac := columnText(row.columns, "mac")
		if mac != s.rowMAC(table, row.columns) {
			return fault.New("audit.row_altered", message.Args{"table": table, "row": id})
		}
		head.RowCount--
		total.Sub(total, macNumber(mac))
	}
	if err := do(ctx, db); err != nil {
		return err
	}
	after, err := readStored(ctx, db, table, ids)
	if err != nil {
		return err
	}
	for id, row := range after {
		mac := s.rowMAC(table, row.columns)
		if _, err := db.ExecContext(ctx, `update ? set mac = ? where id = ?`, bun.Ident(table), mac, id); err != nil {
			return fmt.Errorf("store: seal %s: %w", table, err)
		}
		head.RowCount++
		total.Add(total, macNumber(mac))
	}
	head.Total = totalText(total)
	head.MAC = s.sealedHeadMAC(head)
	if _, err := db.NewUpdate().Model(&head).WherePK().Exec(ctx); err != nil {
		return fmt.Errorf("store: sealed head: %w", err)
	}
	return nil
}

// readSealedHead refuses a head whose MAC does not hold: writing on would hide that it was altered.
func (s *Store) readSealedHead(ctx context.Context, db bun.IDB, table string) (sealedHead, error) {
	var head sealedHead
	err := db.NewSelect().Model(&head).Where("id = ?", table).Scan(ctx)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return head, fmt.Errorf("store: sealed head: %w", err)
	}
	if err != nil || head.MAC != s.sealedHeadMAC(head) {
		return head, fault.New("audit.head_altered", nil)
	}
	return head, nil
}

// macNumber spreads a MAC, whatever an outside hand may have made of it, over 256 bits.
func macNumber(mac string) *big.Int {
	sum := sha256.Sum256([]byte(mac))
	return new(big.Int).SetBytes(sum[:])
}

// totalText returns total modulo 2^256.
func totalText(total *big.Int) string {
	total.Mod(total, new(big.Int).Lsh(big.NewInt(1), 256))
	return hex.EncodeToString(total.FillBytes(make([]byte, 32)))
}

func columnText(columns []audit.Column, name string) string {
	for _, c := range columns {
		if c.Name == name {
			text, _ := c.Value.(string)
			return text
		}
	}
	return ""
}

func (s *Store) insertSealedHead(ctx context.Context, db bun.IDB, table string) error {
	head := sealedHead{ID: table, Total: totalText(new(big.Int))}
	head.MAC = s.sealedHeadMAC(head)
	_, err := db.NewInsert().Model(&head).On("conflict (id) do nothing").Exec(ctx)
	return err
}

// Sealed checks what the chain does not hold itself: the bytes of attachments, the sealed tables and their heads.
func (v verifyReader) Sealed(ctx context.Context) ([]audit.Finding, error) {
	findings, err := v.foreignHeads(ctx)
	if err != nil {
		return nil, err
	}
	files, err := v.attachmentFindings(ctx)
	if err != nil {
		return nil, err
	}
	exams, err := v.examFindings(ctx)
	if err != nil {
		return nil, err
	}
	findings = append(append(findings, files...), exams...)
	var heads []sealedHead
	if err := v.db.NewSelect().Model(&heads).Order("id").Scan(ctx); err != nil {
		return nil, err
	}
	seen := map[string]sealedHead{}
	for _, head := range heads {
		switch {
		case head.MAC != v.store.sealedHeadMAC(head):
			findings = append(findings, audit.Finding{Table: sealedHeadTable, Row: head.ID, Kind: audit.Altered})
		case !slices.Contains(sealedTables, head.ID):
			findings = append(findings, audit.Finding{Table: sealedHeadTable, Row: head.ID, Kind: audit.Foreign})
		default:
			seen[head.ID] = head
		}
	}
	for _, table := range sealedTables {
		head, ok := seen[table]
		if !ok {
			findings = append(findings, audit.Finding{Table: sealedHeadTable, Row: table, Kind: audit.HeadLost})
			continue
		}
		some, err := v.sealedTable(ctx, table, head)
		if err != nil {
			return nil, err
		}
		findings = append(findings, some...)
	}
	return findings, nil
}

// foreignHeads returns the rows of audit_head beside the one head.
func (v verifyReader) foreignHeads(ctx context.Context) ([]audit.Finding, error) {
	var ids []string
	if err := v.db.NewRaw(`select id from audit_head where id <> ? order by id`, headID).Scan(ctx, &ids); err != nil {
		return nil, err
	}
	var findings []audit.Finding
	for _, id := range ids {
		findings = append(findings, audit.Finding{Table: audit.HeadTable, Row: id, Kind: audit.Foreign})
	}
	return findings, nil
}

func (v verifyReader) sealedTable(ctx context.Context, table string, head sealedHead) ([]audit.Finding, error) {
	rows, err := v.db.NewSelect().TableExpr("?", bun.Ident(table)).ColumnExpr("*").Order("id").Rows(ctx)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list, err := scanStored(rows)
	if err != nil {
		return nil, err
	}
	var findings []audit.Finding
	total := new(big.Int)
	for _, row := range list {
		mac := columnText(row.columns, "mac")
		total.Add(total, macNumber(mac))
		if !bytes.Equal([]byte(mac), []byte(v.store.rowMAC(table, row.columns))) {
			findings = append(findings, audit.Finding{Table: table, Row: row.id, Kind: audit.Altered})
		}
	}
	if len(findings) == 0 && (int64(len(list)) != head.RowCount || totalText(total) != head.Total) {
		findings = append(findings, audit.Finding{Table: table, Row: "*", Kind: audit.Missing})
	}
	return findings, nil
}
