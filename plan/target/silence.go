package target

import (
	"context"
	"slices"
	"time"

	"jiaoheng/period"
	"jiaoheng/register"
)

// Silence tells since when nobody behind a value wrote anything. It stands beside the light and changes none.
type Silence struct {
	Known  bool      // something measures the target by registers, so that it can be told
	Ever   bool      // somebody wrote at least once
	Last   time.Time // when somebody wrote last
	Days   int       // since then; of a unit that never wrote the days since the plan began
	Silent bool      // Days is at or over the days of the rule, counted from when the register is due again
	Unit   int       // number in the tree of the unit that is silent
}

// writes is when something was written last in a register.
type writes struct {
	last []int64 // by row: when the unit or one below it wrote last, in milliseconds; 0 never
	due  int     // days after which the register is kept again; 0 for one that lives
}

// daysOf is how many days lie between two rows of a register: a unit that keeps one once a year is not silent in between.
func daysOf(every period.Kind) int {
	switch every {
	case period.Year, period.SchoolYear:
		return 366
	case period.Term:
		return 184
	case period.Month:
		return 31
	}
	return 0
}

// written finds when each unit wrote last in each register that stands behind a target.
func (m *maker) written(ctx context.Context) error {
	m.view.writes = map[string]*writes{}
	for _, s := range m.view.sources {
		if s == nil {
			continue
		}
		for _, name := range s.registers {
			if _, done := m.view.writes[name]; done {
				continue
			}
			if m.before != nil && m.before.writes[name] != nil && !m.wroteRegister(name) {
				m.view.writes[name] = m.before.writes[name]
				continue
			}
			r, known := m.view.scope.Register(name)
			if !known {
				continue
			}
			units, err := m.store.RegisterUnits(ctx, r, register.Query{})
			if err != nil {
				return err
			}
			m.view.writes[name] = &writes{last: m.view.lastWrites(units), due: daysOf(r.Every)}
		}
	}
	return nil
}

// lastWrites finds for every row when the unit or one below it wrote last.
func (v *View) lastWrites(units map[string]register.Reports) []int64 {
	last := make([]int64, len(v.rows))
	for code, reports := range units {
		n, known := v.Tree.Number(code)
		for known && n >= 0 {
			if row := v.at[n]; row >= 0 {
				last[row] = max(last[row], reports.Last.UnixMilli())
			}
			n = v.Tree.Parent(n)
		}
	}
	return last
}

// silence tells since when nobody at or below a row wrote in the registers behind a target.
func (p *PlanBoard) silence(t, row int) Silence {
	v := p.view
	s := v.sources[p.targets[t].key]
	silence := Silence{Unit: v.rows[row]}
	if s == nil {
		return silence
	}
	last, due := int64(0), 0
	for _, name := range s.registers {
		if kept := v.writes[name]; kept != nil {
			silence.Known = true
			last, due = max(last, kept.last[row]), max(due, kept.due)
		}
	}
	if !silence.Known {
		return silence
	}
	from := period.Date{Year: p.Content.From, Month: 1, Day: 1}
	if last > 0 {
		silence.Ever, silence.Last = true, time.UnixMilli(last).UTC()
		from = period.DayAt(silence.Last)
	}
	silence.Days = max(0, int(v.Day.Time().Sub(from.Time()).Hours()/24))
	if last == 0 {
		due = 0 // what never came is not due again
	}
	silence.Silent = v.Rules.SilentDays > 0 && silence.Days >= v.Rules.SilentDays+due
	return silence
}

// Silence tells since when nobody at or below a unit, by its number in the tree, wrote what a target is measured by.
func (p *PlanBoard) Silence(t, n int) Silence {
	row := p.view.row(n)
	if row < 0 {
		return Silence{Unit: n}
	}
	return p.silence(t, int(row))
}

// Silent returns the units at or below a unit, by its number in the tree, that should write what a target is measured by and
// were silent for the days of the rule, those that are silent longest first. Only units without others below them are named,
// each that the measure speaks of.
func (p *PlanBoard) Silent(t, n int) []Silence {
	v := p.view
	s := v.sources[p.targets[t].key]
	if s == nil {
		return nil
	}
	var found []Silence
	within := v.Tree.Subtree(n)
	for at := within.From; at < within.To; at++ {
		row := v.at[at]
		if row < 0 || !v.leaf(at) || !p.open(int(row)) || !s.speaks(int(row)) {
			continue
		}
		if silence := p.silence(t, int(row)); silence.Silent {
			found = append(found, silence)
		}
	}
	slices.SortStableFunc(found, func(a, b Silence) int { return b.Days - a.Days })
	return found
}

// leaf tells whether no unit of the board stands below.
func (v *View) leaf(n int) bool {
	within := v.Tree.Subtree(n)
	return within.To == n+1 || v.at[n+1] < 0
}

func (s *source) speaks(row int) bool {
	for k := range s.values {
		if s.values[k][row].Speaks {
			return true
		}
	}
	return false
}
