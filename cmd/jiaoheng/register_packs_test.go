package main

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"jiaoheng"
	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/export/xlsx"
	"jiaoheng/fault"
	"jiaoheng/intake"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/store"
	"jiaoheng/unit"
)

// everyKind is a county with a unit of every kind and stage.
func everyKind() []unit.Unit {
	units := []unit.Unit{{Code: "990121", Name: "澄源县", Kind: unit.County}, {Code: "990121100", Name: "澄阳镇", Kind: unit.Township, Parent: "990121"}}
	school := unit.Unit{Code: "2199000001", Name: "实验学校", Kind: unit.School, Parent: "990121100", Stages: unit.Stages()}
	units = append(append(units, school), unit.Sections(school)...)
	return append(units, unit.Unit{Code: "1199000001", Name: "中心幼儿园", Kind: unit.Kindergarten, Parent: "990121100", Stages: []unit.Stage{unit.Preschool}},
		unit.Unit{Code: "X1", Name: "教研室", Kind: unit.Office, Parent: "990121"}, unit.Unit{Code: "P1", Name: "培训中心", Kind: unit.Training, Parent: "990121"})
}

// sample returns a row that every column of a register takes.
func sample(r *pack.Register, code string, p period.Period) register.Row {
	row := register.Row{Unit: code, Period: p, Origin: register.Origin{Kind: "file", File: "a.xlsx", Row: 2}}
	for _, c := range r.Columns {
		cell := register.Cell{Known: true}
		least, _ := register.Limits(c)
		switch {
		case !register.Stored(c):
			cell = register.Cell{}
		case c.Type.Numeric():
			cell.Number = max(least, 0)
		case c.Type == pack.Choice:
			cell.Text = c.Choices[0].Name
		case c.Type == pack.Date:
			cell.Text = "2022-10-01"
		case c.Type == pack.Line:
			cell.Text = "G12345678"
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// periodOf returns a past period of a kind.
func periodOf(kind period.Kind) period.Period {
	text := map[period.Kind]string{period.Year: "2022", period.SchoolYear: "2022-2023", period.Term: "2022-2023/1", period.Month: "2022-10", period.Day: "2022-10-01"}[kind]
	p, ok := period.Parse(text)
	if !ok {
		return period.Period{}
	}
	return p
}

// Every register of the packs that come with the program has a table, a form whose every heading is known in both languages,
// and rows that come back from an export as they were.
func TestEveryRegisterOfThePacksGoesRound(t *testing.T) {
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if faults != nil {
		t.Fatal(faults)
	}
	ctx := context.Background()
	s, err := store.Open(ctx, store.Options{DataDir: t.TempDir(), KeyFile: strings.Repeat("1a", 32), Clock: func() time.Time { return time.Date(2024, 6, 1, 8, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.UnitsImport(ctx, action.TheProgram(), everyKind(), false); err != nil {
		t.Fatal(err)
	}
	tree, err := s.Tree(ctx)
	if err != nil {
		t.Fatal(err)
	}
	registers := set.Everything().Registers()
	if err := s.RegistersOpen(ctx, registers...); err != nil {
		t.Fatal(err)
	}
	for _, r := range registers {
		p := periodOf(r.Every)
		codes := register.UnitsToReport(r, tree, "990121", p)
		if len(codes) == 0 {
			t.Errorf("%s: nobody reports it", r.Name)
			continue
		}
		err := action.Do(ctx, s, action.TheProgram(), action.Write{Name: "register.action.import", Thing: access.Thing{Class: access.Fact}, Do: func(ctx context.Context, _ action.Tx) error {
			_, err := s.RegisterUpsert(ctx, r, register.Batch{Rows: []register.Row{sample(r, codes[0], p)}})
			return err
		}})
		if err != nil {
			t.Errorf("%s: %v", r.Name, err)
			continue
		}
		for _, language := range []message.Language{message.Chinese, message.English} {
			goesRound(t, s, r, tree, p, language)
		}
	}
}

func goesRound(t *testing.T, s *store.Store, r *pack.Register, tree *unit.Tree, p period.Period, language message.Language) {
	t.Helper()
	form := register.FormOf(r, false)
	rows, err := s.RegisterRows(context.Background(), r, register.Query{Period: p})
	if err != nil || len(rows) != 1 {
		t.Fatalf("%s: %d rows, %v", r.Name, len(rows), err)
	}
	var out bytes.Buffer
	if err := xlsx.WriteRegister(&out, xlsx.RegisterSheet{Register: r, Form: form, Language: language, Rows: [][]string{form.Cells(tree, rows[0], language)}}); err != nil {
		t.Fatalf("%s: %v", r.Name, err)
	}
	table, err := intake.ReadTable("a.xlsx", out.Bytes())
	if err != nil {
		t.Fatalf("%s: %v", r.Name, err)
	}
	report, err := register.Read(table, register.Request{Register: r, Period: p, Today: period.Date{Year: 2024, Month: 6, Day: 1}, Tree: tree})
	// What the lifecycle keeps or counts is exported for people to see; that it is not taken back is said, as it should be.
	report.Warnings = slices.DeleteFunc(report.Warnings, func(f *fault.Fault) bool {
		return r.Living() && (f.Code == "register.heading_kept" || f.Code == "register.heading_computed")
	})
	if err != nil || len(report.Faults)+len(report.Warnings) > 0 {
		t.Errorf("%s, %s: %v %v %v", r.Name, language, report.Faults, report.Warnings, err)
		return
	}
	changes, err := s.RegisterCompare(context.Background(), r, report.Batch)
	if err != nil || changes.Unchanged != 1 {
		t.Errorf("%s, %s: %+v, %v", r.Name, language, changes, err)
	}
}
