package packtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jiaoheng/fault"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
)

var years = []string{"2021-2022", "2022-2023", "2023-2024"}

func yearOf(text string) period.Period {
	p, _ := period.Parse(text)
	return p
}

// inventStory makes up two counties with schools, sections, rows and a merger.
func inventStory(t *testing.T, c *chance, scope *pack.Scope, mergers bool) *Story {
	t.Helper()
	tell := &teller{scope: scope, units: map[string]*unit.Unit{}, row: map[rowKey]int{}}
	s := &Story{Scope: scope, Rows: map[string][]register.Row{}, Switches: map[string]bool{"relaxed": c.one(2)}, place: map[string]fault.Place{}, codes: map[string]string{}, sections: map[string]string{}}
	tell.story = s
	s.Units = append(s.Units, unit.Unit{Code: "P", Kind: unit.Province})
	for _, county := range []string{"990001", "990002"} {
		s.Units = append(s.Units, unit.Unit{Code: county, Kind: unit.County, Parent: "P"})
		for n := range c.below(4) {
			school := unit.Unit{Code: fmt.Sprintf("%sS%d", county, n), Kind: unit.School, Parent: county, Ownership: unit.Ownership(c.pick("public", "private", ""))}
			for _, stage := range []unit.Stage{unit.Primary, unit.Junior, unit.Senior} {
				if c.one(2) {
					school.Stages = append(school.Stages, stage)
				}
			}
			if c.one(8) {
				school.Opened = period.Date{Year: 2022, Month: 9, Day: 1 + c.below(2)}
			}
			if c.one(8) {
				school.Closed = period.Date{Year: 2023, Month: 9, Day: 1 + c.below(2)}
			}
			s.Units = append(s.Units, school)
			s.Units = append(s.Units, unit.Sections(school)...)
		}
	}
	for i := range s.Units {
		tell.units[s.Units[i].Code] = &s.Units[i]
	}
	inventRows(c, tell)
	if c.one(3) && mergers {
		inventMerger(c, s)
	}
	return s
}

// inventMerger merges the first two schools of a county, where they may be.
func inventMerger(c *chance, s *Story) {
	history := unit.NewHistory(s.Units, nil)
	on := period.Date{Year: 2022 + c.below(2), Month: 9, Day: 1}
	outcome, faults := history.Apply(unit.Event{Kind: unit.Merge, On: on, From: []string{"990001S1"}, Into: []string{"990001S0"}})
	if faults != nil {
		return
	}
	s.Events = []unit.Event{outcome.Event}
	for _, changed := range outcome.Changed {
		at := slices.IndexFunc(s.Units, func(u unit.Unit) bool { return u.Code == changed.Code })
		s.Units[at] = changed
	}
	s.Units = append(s.Units, outcome.Created...)
}

// inventRows fills registers with holes. A unit may report nothing at all.
func inventRows(c *chance, t *teller) {
	holes := 2 + c.below(30)
	codes := []string{}
	for _, u := range t.story.Units {
		codes = append(codes, u.Code)
	}
	for _, code := range codes {
		u := *t.units[code]
		for _, reg := range t.scope.Registers() {
			if !register.Keeps(reg, u) || c.one(holes) {
				continue
			}
			for _, year := range years {
				p := yearOf(year)
				if c.one(6) || !u.OpenOn(p.From()) {
					continue
				}
				n := 1
				if len(reg.Key) > 0 {
					n = c.below(4)
				}
				for k := range n {
					if reg.Every == 0 {
						p = period.Period{}
					}
					row := t.addRow(reg, code, p, fault.Place{})
					for at, column := range reg.Columns {
						if column.Formula == nil && column.Lookup == nil && (slices.Contains(reg.Key, column.Name) || !c.one(holes)) {
							row.Cells[at] = inventCell(c, column, year, k)
						}
					}
				}
			}
		}
	}
}

func inventCell(c *chance, column *pack.Column, year string, k int) register.Cell {
	cell := register.Cell{Known: true}
	switch {
	case column.Type == pack.Choice:
		cell.Text = column.Choices[c.below(len(column.Choices))].Name
	case column.Type == pack.Flag:
		cell.Number = float64(c.below(2))
	case column.Type == pack.Date:
		cell.Text = fmt.Sprintf("20%02d-%02d-%02d", 17+c.below(9), 1+c.below(12), 1+c.below(28))
	case column.Name == "who":
		cell.Text = c.pick("m", "n")
	case column.Type == pack.Line:
		cell.Text = fmt.Sprint(year, "-", k)
	case column.Type == pack.Count:
		cell.Number = float64(c.below(9))
	default:
		cell.Number = float64(c.below(20)) / 2
	}
	return cell
}

// disagreement compares both answers for every unit, stage, indicator and standard of a story.
func disagreement(s *Story, compared *int) string {
	p := yearOf(years[2])
	engine, err := newFast(s, []period.Period{p})
	if err != nil {
		return err.Error()
	}
	oracle := slow{worldOf(s)}
	for _, u := range s.Units {
		for _, stage := range []unit.Stage{"", unit.Primary, unit.Junior} {
			if u.Kind == unit.Section && stage != u.Stages[0] && stage != "" {
				continue
			}
			for _, i := range s.Scope.Indicators() {
				if (stage == "") != (len(i.Stages) == 0) || stage != "" && !slices.Contains(i.Stages, stage) {
					continue
				}
				*compared++
				a, b := engine.value(i.Name, u.Code, stage, p), oracle.value(i.Name, u.Code, stage, p)
				if !close(a, b) {
					return fmt.Sprintf("%s of %s/%s: engine %s, oracle %s", i.Name, u.Code, stage, told(a, Want{}), told(b, Want{}))
				}
			}
			if why := verdictsDiffer(s, engine, oracle, u, stage, p, compared); why != "" {
				return why
			}
		}
	}
	return ""
}

func verdictsDiffer(s *Story, engine, oracle computing, u unit.Unit, stage unit.Stage, p period.Period, compared *int) string {
	for _, rule := range s.Scope.Standards() {
		if (stage == "") != (len(rule.Stages) == 0) || stage != "" && !slices.Contains(rule.Stages, stage) {
			continue
		}
		*compared++
		a, why := engine.verdict(rule.Name, u.Code, stage, p)
		b, because := oracle.verdict(rule.Name, u.Code, stage, p)
		x, some := engine.shortfall(rule.Name, u.Code, stage, p)
		y, also := oracle.shortfall(rule.Name, u.Code, stage, p)
		if a == Unknown && rule.Comparator != "" && slices.Contains(rule.Of, u.Kind) && !why.Equal(because) {
			return fmt.Sprintf("reason of %s of %s/%s: engine %s, oracle %s", rule.Name, u.Code, stage, told(why, Want{}), told(because, Want{}))
		}
		if a != b || some != also || !close(measure.Of(x), measure.Of(y)) {
			return fmt.Sprintf("verdict %s of %s/%s: engine %s %v, oracle %s %v", rule.Name, u.Code, stage, a, x, b, y)
		}
	}
	return ""
}

// close tells whether both are the same reason, or numbers that differ by no more than the error of arithmetic.
func close(a, b measure.Value) bool {
	x, known := a.Number()
	y, also := b.Number()
	if !known || !also {
		return a.Equal(b)
	}
	return measure.Compare(x, y) == 0 || x-y < 1e-9 && y-x < 1e-9
}

// agree compares so many invented stories, each with a pack of its own for every few of them.
func agree(t *testing.T, seed, stories, each int, mergers bool) {
	t.Helper()
	compared := 0
	var scope *pack.Scope
	for n := range stories {
		c := chance(seed + n)
		c.below(1)
		if n%each == 0 {
			scope = invent(t, &c)
		}
		s := inventStory(t, &c, scope, mergers)
		if why := disagreement(s, &compared); why != "" {
			t.Fatalf("story %d: %s\n%s", seed+n, why, describe(s, why))
		}
	}
	if compared < 20*stories {
		t.Errorf("only %d values and verdicts of %d stories were compared", compared, stories)
	}
	t.Logf("%d stories, %d values and verdicts", stories, compared)
}

// describe writes what a story holds, for whoever must find the error.
func describe(s *Story, why string) string {
	var out strings.Builder
	for _, i := range s.Scope.Indicators() {
		if i.Formula != nil {
			fmt.Fprintf(&out, "%s of %s %v %s: %s\n", i.Name, i.Of, i.Stages, i.Population, i.Formula.Text)
		}
	}
	for _, rule := range s.Scope.Standards() {
		fmt.Fprintf(&out, "%s %s %v %s %v\n", rule.Name, rule.Comparator, rule.Stages, rule.Population, rule.Shortfall)
	}
	for _, u := range s.Units {
		fmt.Fprintf(&out, "%s %s under %s %v %s–%s %s\n", u.Code, u.Kind, u.Parent, u.Stages, u.Opened, u.Closed, u.Ownership)
	}
	for _, reg := range s.Scope.Registers() {
		for _, row := range s.Rows[reg.Name] {
			fmt.Fprintf(&out, "%s %s %s:", reg.Name, row.Unit, row.Period)
			for at, cell := range row.Cells {
				if cell.Known {
					fmt.Fprintf(&out, " %s=%v%s", reg.Columns[at].Name, cell.Number, cell.Text)
				}
			}
			out.WriteString("\n")
		}
	}
	fmt.Fprintf(&out, "switches %v, events %v\n%s", s.Switches, s.Events, why)
	return out.String()
}

func TestEngineAndOracleAgreeOnInventedPacks(t *testing.T) { agree(t, 1, 60, 3, true) }
