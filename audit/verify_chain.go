package audit

import (
	"context"
	"fmt"
	"iter"
	"strconv"
)

// Names of the chain's own tables as they stand in findings.
const (
	EntryTable = "audit_entry"
	RowTable   = "audit_row"
	HeadTable  = "audit_head"
)

// chain walks entries and their rows side by side; both come by sequence.
func (r *Report) chain(ctx context.Context, reader Reader) error {
	next, stop := iter.Pull2(reader.Rows(ctx))
	defer stop()
	rows := &rowCursor{next: next}
	if err := rows.advance(); err != nil {
		return err
	}
	var previous Entry
	for entry, err := range reader.Entries(ctx) {
		if err != nil {
			return err
		}
		if err := r.orphans(rows, entry.Sequence); err != nil {
			return err
		}
		if err := r.entry(rows, previous, entry); err != nil {
			return err
		}
		previous = entry
		r.Entries++
	}
	if err := r.orphans(rows, -1); err != nil {
		return err
	}
	return r.head(ctx, reader, previous)
}

type rowCursor struct {
	next func() (Row, error, bool)
	row  Row
	have bool
}

func (c *rowCursor) advance() (err error) {
	c.row, err, c.have = c.next()
	return err
}

// orphans reports rows that belong to no entry: those before sequence, or all that are left for -1.
func (r *Report) orphans(rows *rowCursor, sequence int64) error {
	for rows.have && (sequence < 0 || rows.row.Sequence < sequence) {
		r.add(Finding{RowTable, rows.row.Name(), Foreign})
		if err := rows.advance(); err != nil {
			return err
		}
	}
	return nil
}

func (r *Report) entry(rows *rowCursor, previous, entry Entry) error {
	link, count := "", int64(0)
	for rows.have && rows.row.Sequence == entry.Sequence {
		count++
		if rows.row.Position != count || rows.row.Chained(link) != rows.row.Link {
			r.add(Finding{RowTable, rows.row.Name(), Altered})
		}
		link = rows.row.Link
		if err := rows.advance(); err != nil {
			return err
		}
	}
	name := strconv.FormatInt(entry.Sequence, 10)
	for missing := previous.Sequence + 1; missing < entry.Sequence && len(r.Findings) < MaxFindings; missing++ {
		r.add(Finding{EntryTable, strconv.FormatInt(missing, 10), Missing})
	}
	switch {
	case entry.Sum() != entry.Hash:
		r.add(Finding{EntryTable, name, Altered})
	case count != entry.RowCount || link != entry.RowsLink:
		r.add(Finding{EntryTable, name, Broken})
	case entry.Previous != previous.Hash && entry.Sequence == previous.Sequence+1:
		r.add(Finding{EntryTable, name, Broken})
	}
	return nil
}

func (r *Report) head(ctx context.Context, reader Reader, last Entry) error {
	head, ok, err := reader.Head(ctx)
	if err != nil {
		return err
	}
	r.Head = head
	switch {
	case !ok:
		r.add(Finding{HeadTable, "chain", HeadLost})
	case head.Sequence > last.Sequence:
		r.add(Finding{EntryTable, strconv.FormatInt(head.Sequence, 10), Missing})
	case head.Sequence < last.Sequence:
		r.add(Finding{EntryTable, strconv.FormatInt(last.Sequence, 10), Foreign})
	case head.Hash != last.Hash:
		r.add(Finding{EntryTable, strconv.FormatInt(last.Sequence, 10), Altered})
	}
	return nil
}

// Name names a row of the chain: sequence and position of its entry.
func (r Row) Name() string { return fmt.Sprintf("%d/%d", r.Sequence, r.Position) }
