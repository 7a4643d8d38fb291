package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"jiaoheng/report"
)

var _ report.Store = (*Store)(nil)

type reportRow struct {
	bun.BaseModel `bun:"table:report"`
	ID            string `bun:"id,pk"`
	State         string `bun:"state"`
	Kind          string `bun:"kind"`
	Plan          string `bun:"plan"`
	Unit          string `bun:"unit"`
	Period        string `bun:"period"`
	Day           string `bun:"day"`
	Title         string `bun:"title"`
	Content       string `bun:"content"`
	Hash          string `bun:"hash"`
	Year          int64  `bun:"year"`
	Number        int64  `bun:"number"`
	Composer      string `bun:"composer"`
	Editor        string `bun:"editor"`
	Signer        string `bun:"signer"`
	Withdrawer    string `bun:"withdrawer"`
	Reason        string `bun:"reason"`
	ComposedAt    int64  `bun:"composed_at"`
	EditedAt      int64  `bun:"edited_at"`
	SignedAt      int64  `bun:"signed_at"`
	WithdrawnAt   int64  `bun:"withdrawn_at"`
	Publication   string `bun:"publication"`
	Version       int64  `bun:"version"`
}

func reportRowOf(one report.File) reportRow {
	r := one.Report
	return reportRow{ID: one.ID, State: string(one.State), Kind: string(r.Kind), Plan: r.Plan, Unit: r.Unit, Period: r.Period, Day: r.Day, Title: one.Title,
		Content: string(r.Canonical()), Hash: one.Hash, Year: int64(one.Year), Number: one.Number, Composer: one.Composer, Editor: one.Editor, Signer: one.Signer,
		Withdrawer: one.Withdrawer, Reason: one.Reason, ComposedAt: milliseconds(one.ComposedAt), EditedAt: milliseconds(one.EditedAt),
		SignedAt: milliseconds(one.SignedAt), WithdrawnAt: milliseconds(one.WithdrawnAt), Publication: one.Publication, Version: one.Version}
}

// file is the row as a report; without its content it has the parts that stand in columns.
func (r reportRow) file() (report.File, error) {
	one := report.File{ID: r.ID, State: report.State(r.State), Title: r.Title, Hash: r.Hash, Year: int(r.Year), Number: r.Number, Composer: r.Composer, Editor: r.Editor,
		Signer: r.Signer, Withdrawer: r.Withdrawer, Reason: r.Reason, ComposedAt: instant(r.ComposedAt), EditedAt: instant(r.EditedAt), SignedAt: instant(r.SignedAt),
		WithdrawnAt: instant(r.WithdrawnAt), Publication: r.Publication, Version: r.Version,
		Report: report.Report{Kind: report.Kind(r.Kind), Plan: r.Plan, Unit: r.Unit, Period: r.Period, Day: r.Day, Title: r.Title}}
	if r.Content == "" {
		return one, nil
	}
	one.Report = report.Report{}
	if err := json.Unmarshal([]byte(r.Content), &one.Report); err != nil {
		return one, fmt.Errorf("store: report %s: %w", r.ID, err)
	}
	if one.Hash != "" && one.Hash != one.Report.Digest() {
		return one, fmt.Errorf("store: report %s is not what was filed", r.ID)
	}
	return one, nil
}

// ReportInsert stores a report. It belongs to a write.
func (s *Store) ReportInsert(ctx context.Context, one report.File) error {
	return insertRows(ctx, s, reportRowOf(one))
}

// ReportUpdate stores a new version of a report. It belongs to a write.
func (s *Store) ReportUpdate(ctx context.Context, one report.File) error {
	return updateRow(ctx, s, reportRowOf(one))
}

// Report returns a report; report.ErrNotFound when it is not there.
func (s *Store) Report(ctx context.Context, id string) (report.File, error) {
	row, err := findRow[reportRow](ctx, s, id)
	if errors.Is(err, sql.ErrNoRows) {
		return report.File{}, report.ErrNotFound
	}
	if err != nil {
		return report.File{}, fmt.Errorf("store: report %s: %w", id, err)
	}
	return row.file()
}

// Reports returns the reports that the query names without their blocks, that of the latest figures first.
func (s *Store) Reports(ctx context.Context, query report.Query) ([]report.File, error) {
	var rows []reportRow
	limit := query.Limit
	if limit < 1 || limit > report.MaxList {
		limit = report.MaxList
	}
	ask := s.reads(ctx).NewSelect().Model(&rows).ExcludeColumn("content").Order("day DESC", "composed_at DESC", "number DESC", "id DESC").Limit(int64(limit))
	for _, narrow := range [][2]string{{"kind", string(query.Kind)}, {"plan", query.Plan}, {"unit", query.Unit}} {
		if narrow[1] != "" {
			ask = ask.Where("? = ?", bun.Ident(narrow[0]), narrow[1])
		}
	}
	if len(query.States) > 0 {
		ask = ask.Where("state in (?)", bun.In(query.States))
	}
	if !query.Before.IsZero() {
		ask = ask.Where("day < ?", query.Before.String())
	}
	if err := ask.Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: reports: %w", err)
	}
	all := make([]report.File, len(rows))
	for n, row := range rows {
		var err error
		if all[n], err = row.file(); err != nil {
			return nil, err
		}
	}
	return all, nil
}
