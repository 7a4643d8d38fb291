package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"jiaoheng/audit"
)

// examTables are checked through the digests of their batches.
var examTables = []string{examPupilTable, examMarkTable, examAnswerTable}

// examFindings compares the rows of every import with the digest that its batch holds, and looks for rows of no batch. A finding
// names the batch, and the subject where there is one.
func (v verifyReader) examFindings(ctx context.Context) ([]audit.Finding, error) {
	var stored []examBatchRow
	if err := v.db.NewSelect().Model(&stored).Order("serial").Scan(ctx); err != nil {
		return nil, err
	}
	batches, err := batchesOf(stored)
	if err != nil {
		// The row itself is in the chain, which tells that it was altered.
		return nil, nil //nolint:nilerr
	}
	want := map[string]map[string]string{examPupilTable: {}, examMarkTable: {}, examAnswerTable: {}}
	for _, b := range batches {
		if b.Pupils > 0 {
			want[examPupilTable][fmt.Sprint(b.Serial)] = b.Digest
		}
		for _, part := range b.Parts {
			key := fmt.Sprint(b.Serial) + "/" + part.Subject
			if part.Marks > 0 {
				want[examMarkTable][key] = part.MarksDigest
			}
			if part.Answers > 0 {
				want[examAnswerTable][key] = part.AnswersDigest
			}
		}
	}
	var findings []audit.Finding
	for _, table := range examTables {
		some, err := v.examTable(ctx, table, want[table])
		if err != nil {
			return nil, err
		}
		findings = append(findings, some...)
	}
	return findings, nil
}

// examTable walks one table in the order of its key and compares block by block.
func (v verifyReader) examTable(ctx context.Context, table string, want map[string]string) ([]audit.Finding, error) {
	columns := map[string][]string{examPupilTable: examPupilColumns, examMarkTable: examMarkColumns, examAnswerTable: answerColumns}[table]
	order := map[bool]string{true: "batch, position", false: "batch, subject, position"}[table == examPupilTable]
	rows, err := v.db.QueryContext(ctx, "select "+strings.Join(columns, ", ")+" from "+table+" order by "+order)
	if err != nil {
		return nil, fmt.Errorf("store: verify %s: %w", table, err)
	}
	defer rows.Close()
	var findings []audit.Finding
	sum, present, seen := sha256.New(), "", map[string]bool{}
	end := func() {
		digest, known := want[present]
		switch {
		case present == "":
		case !known:
			findings = append(findings, audit.Finding{Table: table, Row: present, Kind: audit.Foreign})
		case digest != hex.EncodeToString(sum.Sum(nil)):
			findings = append(findings, audit.Finding{Table: table, Row: present, Kind: audit.Altered})
		}
		seen[present] = true
		sum.Reset()
	}
	for rows.Next() {
		values, err := scanPlain(rows, len(columns))
		if err != nil {
			return nil, fmt.Errorf("store: verify %s: %w", table, err)
		}
		key := fmt.Sprint(values[0])
		if table != examPupilTable {
			key += "/" + fmt.Sprint(values[1])
		}
		if key != present {
			end()
			present = key
		}
		digestRow(sum, values)
	}
	end()
	for _, key := range slices.Sorted(maps.Keys(want)) {
		if !seen[key] {
			findings = append(findings, audit.Finding{Table: table, Row: key, Kind: audit.Missing})
		}
	}
	return findings, rows.Err()
}

// scanPlain reads a row of whole numbers, numbers and texts; what an outside hand wrote of another type becomes text.
func scanPlain(rows *sql.Rows, n int) ([]any, error) {
	values, targets := make([]any, n), make([]any, n)
	for i := range values {
		targets[i] = &values[i]
	}
	if err := rows.Scan(targets...); err != nil {
		return nil, err
	}
	for i, value := range values {
		switch v := value.(type) {
		case int64, float64, string:
		case []byte:
			values[i] = string(v)
		default:
			values[i] = fmt.Sprint(v)
		}
	}
	return values, nil
}
