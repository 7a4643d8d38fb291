package packtest

import (
	"jiaoheng/fault"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/packtest/oracle"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// slow is the oracle as one of the two that answer.
type slow struct{ world *oracle.World }

// worldOf returns the world of a story.
func worldOf(s *Story) *oracle.World {
	w := &oracle.World{Packs: s.Scope.Packs, Units: s.Units, Rows: s.Rows, Switches: s.Switches, Facts: map[oracle.Fact]measure.Value{}}
	for _, f := range s.Facts {
		w.Facts[oracle.Fact{Unit: f.Unit, Item: f.Item, Period: f.Period}] = f.Value
	}
	for _, e := range s.Events {
		for _, from := range e.From {
			w.Merges = append(w.Merges, oracle.Merge{From: from, Into: e.Into[0], On: e.On})
		}
	}
	return w
}

func (s slow) value(name, code string, stage unit.Stage, p period.Period) measure.Value {
	return s.world.Value(name, code, stage, p)
}

func (s slow) verdict(name, code string, stage unit.Stage, p period.Period) (string, measure.Value) {
	v := s.world.Verdict(name, code, stage, p)
	return string(v.State), v.Why
}

func (s slow) shortfall(name, code string, stage unit.Stage, p period.Period) (float64, bool) {
	return s.world.Shortfall(name, code, stage, p)
}

func (s slow) cell(name, code string, stage unit.Stage, p period.Period, cell string) (measure.Value, bool) {
	for _, c := range s.world.CellsOf(name, code, stage, p) {
		if c.Cell == cell {
			return c.Value, true
		}
	}
	return measure.Value{}, false
}

func (s slow) column(register *pack.Register, row int, column string, p period.Period) measure.Value {
	return s.world.Cell(register, s.world.Rows[register.Name][row], column, p)
}

// broken returns the checks of registers that rows of the story do not fulfil and that would keep them out, and values
// beyond the limits of their columns.
func broken(s *Story) fault.List {
	var faults fault.List
	w := worldOf(s)
	for _, reg := range s.Scope.Registers() {
		for _, row := range s.Rows[reg.Name] {
			when := row.Period
			if when.IsZero() {
				when = period.SchoolYearOf(period.Date{Year: 2020, Month: 9, Day: 1})
			}
			for _, check := range w.Broken(reg, row, when) {
				if declared := reg.Checks[check]; !declared.Warn {
					faults.Add(fault.At(s.place[row.ID], "packtest.check_broken", message.Args{"register": reg.Name, "unit": row.Unit, "say": declared.Say.Chinese}))
				}
			}
		}
	}
	return faults
}

// engines makes the two that answer. A failure of the engine's own is a result that does not pass.
func (r *runner) engines() bool {
	r.slow = slow{worldOf(r.story)}
	var periods []period.Period
	for _, e := range r.now.Expected {
		if !e.Period.IsZero() {
			periods = append(periods, e.Period)
		}
	}
	engine, err := newFast(r.story, periods)
	if err != nil {
		for _, f := range fault.Of(err) {
			r.results = append(r.results, Result{Place: r.now.Place, Case: r.now.Name, What: "fault", Found: f.Code, Fault: fault.At(r.now.Place, f.Code, f.Args)})
		}
		return false
	}
	r.fast = engine
	return true
}
