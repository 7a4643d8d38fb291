package demo

import (
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"time"

	"jiaoheng"
	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/store"
	"jiaoheng/unit"
)

// The school years of which the demo has facts, by the year in which they start.
const (
	FirstYear = 2021
	LastYear  = 2025
)

// record is one row of a register by column. Columns that it does not name stay empty.
type record map[string]any

// facts gathers the rows of the demo by register.
type facts struct {
	scope *pack.Scope
	rows  map[string][]register.Row
	order []string
}

// schoolYear returns the school year that starts in a year.
func schoolYear(start int) period.Period {
	return period.SchoolYearOf(period.Date{Year: start, Month: period.SchoolYearStart, Day: 1})
}

// calendarYear returns the year.
func calendarYear(year int) period.Period {
	return period.Period{Kind: period.Year, Start: period.Date{Year: year, Month: 1, Day: 1}}
}

// add adds a row. A register or column that no pack declares is an error of this package.
func (f *facts) add(name, code string, p period.Period, values record) {
	r, known := f.scope.Register(name)
	if !known {
		panic("demo: no register " + name)
	}
	if _, seen := f.rows[name]; !seen {
		f.order = append(f.order, name)
	}
	row := register.Row{Unit: code, Period: p, Cells: make([]register.Cell, len(r.Columns)),
		Origin: register.Origin{Kind: "demo", At: reportedAt(p)}}
	left := len(values)
	for i, column := range r.Columns {
		if value, given := values[column.Name]; given {
			row.Cells[i] = cellOf(value)
			left--
		}
	}
	if left > 0 {
		panic(fmt.Sprintf("demo: register %s lacks a column of %v", name, values))
	}
	f.rows[name] = append(f.rows[name], row)
}

// reportedAt is when schools hand in: in October of a school year, in the third month of a term, in January after a year.
func reportedAt(p period.Period) time.Time {
	if p.Kind == period.SchoolYear {
		return time.Date(p.Start.Year, 10, 18, 2, 30, 0, 0, time.UTC)
	}
	if p.Kind == period.Term {
		return time.Date(p.Start.Year, time.Month(p.Start.Month+2), 20, 2, 30, 0, 0, time.UTC)
	}
	return time.Date(max(p.Start.Year, FirstYear)+1, 1, 20, 2, 30, 0, 0, time.UTC)
}

func cellOf(value any) register.Cell {
	switch v := value.(type) {
	case int:
		return register.Cell{Known: true, Number: float64(v)}
	case float64:
		return register.Cell{Known: true, Number: v}
	case bool:
		if v {
			return register.Cell{Known: true, Number: 1}
		}
		return register.Cell{Known: true}
	case string:
		return register.Cell{Known: true, Text: v}
	}
	panic(fmt.Sprintf("demo: a cell cannot hold %v", value))
}

// part returns a number from 0 to 1 that belongs to these words: the same county every time, with no clock and no chance.
func part(words ...any) float64 {
	h := fnv.New64a()
	fmt.Fprint(h, words...)
	x := h.Sum64()
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	return float64(x>>11) / (1 << 53)
}

// between returns a number between low and high that belongs to these words.
func between(low, high float64, words ...any) float64 { return low + (high-low)*part(words...) }

func whole(x float64) int { return int(math.Round(x)) }

// loadFacts stores the facts of every school year, and the merger of two schools that came between.
func loadFacts(ctx context.Context, s *store.Store) error {
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if err := faults.Err(); err != nil {
		return err
	}
	scope := set.Everything()
	if err := s.RegistersOpen(ctx, scope.Registers()...); err != nil {
		return err
	}
	f := &facts{scope: scope, rows: map[string][]register.Row{}}
	schools := schoolsOf(Units())
	for year := FirstYear; year <= LastYear; year++ {
		for _, one := range schools {
			f.school(one, year)
		}
		f.county(schools, year)
		f.figures(schools, year)
	}
	f.wellbeing(schools)
	if err := f.store(ctx, s); err != nil {
		return err
	}
	return merge(ctx, s)
}

// store writes every row in one action.
func (f *facts) store(ctx context.Context, s *store.Store) error {
	return action.Do(ctx, s, action.TheProgram(), action.Write{Name: "demo.action.facts", Thing: access.Thing{Class: access.Fact}, Do: f.write(s)})
}

// write is what writes every row inside an action.
func (f *facts) write(s *store.Store) func(ctx context.Context, _ action.Tx) error {
	return func(ctx context.Context, _ action.Tx) error {
		for _, name := range f.order {
			r, _ := f.scope.Register(name)
			if _, err := s.RegisterUpsert(ctx, r, register.Batch{Rows: f.rows[name]}); err != nil {
				return fmt.Errorf("register %s: %w", name, err)
			}
		}
		return nil
	}
}

// The two village schools that were merged, and the day.
const (
	MergedName = "白芷镇南坪小学"
	MergedInto = "白芷镇中心小学"
)

var mergedOn = period.Date{Year: 2024, Month: period.SchoolYearStart, Day: 1}

// merge records that a village school went into the school of its town before the school year 2024-2025.
func merge(ctx context.Context, s *store.Store) error {
	codes := map[string]string{}
	for _, u := range Units() {
		if u.Kind == unit.School {
			codes[u.Name] = u.Code
		}
	}
	event := unit.Event{Kind: unit.Merge, On: mergedOn, From: []string{codes[MergedName]}, Into: []string{codes[MergedInto]},
		Document: "澄教〔2024〕31号", Reason: "在校生不足30人，经征求家长意见后并入中心小学"}
	_, err := s.UnitEventsRecord(ctx, action.TheProgram(), []unit.Event{event}, false, nil)
	return err
}

// schoolsOf returns the schools and kindergartens with their profiles.
func schoolsOf(units []unit.Unit) []school {
	var schools []school
	for _, u := range units {
		if u.Kind == unit.School || u.Kind == unit.Kindergarten {
			schools = append(schools, profile(u))
		}
	}
	return slices.Clip(schools)
}
