package audit

import (
	"context"
	"iter"

	"jiaoheng/message"
)

// Reader is what Verify reads: one consistent view of the database.
type Reader interface {
	// Head returns the head and whether its MAC holds; ok is false too when it is missing.
	Head(ctx context.Context) (head Head, ok bool, err error)
	// Entries walks the entries by sequence.
	Entries(ctx context.Context) iter.Seq2[Entry, error]
	// Rows walks the rows of all entries by sequence and position.
	Rows(ctx context.Context) iter.Seq2[Row, error]
	// Tables returns every table that the chain answers for.
	Tables(ctx context.Context) ([]string, error)
	// Latest walks, by row id in byte order, the last row version that the chain holds for each row of table.
	Latest(ctx context.Context, table string) iter.Seq2[Row, error]
	// Stored walks, by row id in byte order, the rows of table as they stand.
	Stored(ctx context.Context, table string) iter.Seq2[Stored, error]
	// Sealed checks what the chain does not hold itself: tables whose rows carry a MAC, files whose digest stands in a row.
	Sealed(ctx context.Context) ([]Finding, error)
}

// Stored is a row as it stands in the database.
type Stored struct {
	ID   string
	Hash string
}

// Kinds of finding. Each has a text under "audit.finding.".
const (
	Altered  = "altered"  // the row is not the one that was written
	Missing  = "missing"  // the row was written but is gone
	Foreign  = "foreign"  // the row was never written by an action
	Broken   = "broken"   // the chain does not fit together here
	HeadLost = "headlost" // the head is missing or was altered
)

// Finding is one thing that does not hold.
type Finding struct {
	Table string
	Row   string
	Kind  string
}

// Report is the outcome of Verify.
type Report struct {
	Entries  int64
	Rows     int64
	Tables   int
	Head     Head
	Findings []Finding
}

// MaxFindings bounds the findings of one report; a database altered in more places is not worth a longer list.
const MaxFindings = 1000

// Verify walks the chain and every stored row, first the chain, then the tables in the order of their names.
// An error means that reading failed; what does not hold stands in the findings.
func Verify(ctx context.Context, reader Reader) (Report, error) {
	var report Report
	if err := report.chain(ctx, reader); err != nil {
		return report, err
	}
	tables, err := reader.Tables(ctx)
	if err != nil {
		return report, err
	}
	report.Tables = len(tables)
	for _, table := range tables {
		if err := report.table(ctx, reader, table); err != nil {
			return report, err
		}
	}
	sealed, err := reader.Sealed(ctx)
	for _, f := range sealed {
		report.add(f)
	}
	return report, err
}

func (r *Report) add(f Finding) {
	if len(r.Findings) < MaxFindings {
		r.Findings = append(r.Findings, f)
	}
}

func (r *Report) table(ctx context.Context, reader Reader, table string) error {
	latest, stopLatest := iter.Pull2(reader.Latest(ctx, table))
	defer stopLatest()
	stored, stopStored := iter.Pull2(reader.Stored(ctx, table))
	defer stopStored()
	want, wantErr, haveWant := latest()
	got, gotErr, haveGot := stored()
	for haveWant || haveGot {
		if wantErr != nil {
			return wantErr
		}
		if gotErr != nil {
			return gotErr
		}
		takeWant := haveWant && (!haveGot || want.ID <= got.ID)
		takeGot := haveGot && (!haveWant || got.ID <= want.ID)
		switch {
		case takeWant && takeGot && want.Operation == Deleted:
			r.add(Finding{table, got.ID, Foreign})
		case takeWant && takeGot && want.Hash != got.Hash:
			r.add(Finding{table, got.ID, Altered})
		case takeWant && !takeGot && want.Operation != Deleted:
			r.add(Finding{table, want.ID, Missing})
		case takeGot && !takeWant:
			r.add(Finding{table, got.ID, Foreign})
		}
		if takeGot {
			r.Rows++
			got, gotErr, haveGot = stored()
		}
		if takeWant {
			want, wantErr, haveWant = latest()
		}
	}
	return nil
}

// Text returns the finding in words, with table and row.
func (f Finding) Text(language message.Language) string {
	return message.Text(language, "audit.finding."+f.Kind, message.Args{"table": f.Table, "row": f.Row})
}
