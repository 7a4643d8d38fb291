package oracle

import (
	"slices"
	"strings"

	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

func find[T any](packs []*pack.Pack, of func(*pack.Pack) []T, is func(T) bool) (T, bool) {
	for _, p := range packs {
		for _, one := range of(p) {
			if is(one) {
				return one, true
			}
		}
	}
	var none T
	return none, false
}

func (w *World) indicator(name string) (*pack.Indicator, bool) {
	return find(w.Packs, func(p *pack.Pack) []*pack.Indicator { return p.Indicators }, func(i *pack.Indicator) bool { return i.Name == name })
}

func (w *World) standard(name string) (*pack.Standard, bool) {
	return find(w.Packs, func(p *pack.Pack) []*pack.Standard { return p.Standards }, func(s *pack.Standard) bool { return s.Name == name })
}

func (w *World) parameter(name string) (pack.Parameter, bool) {
	return find(w.Packs, func(p *pack.Pack) []pack.Parameter { return p.Parameters }, func(x pack.Parameter) bool { return x.Name == name })
}

func (w *World) population(name string) (pack.Population, bool) {
	return find(w.Packs, func(p *pack.Pack) []pack.Population { return p.Populations }, func(x pack.Population) bool { return x.Name == name })
}

func (w *World) table(name string) (pack.Table, bool) {
	return find(w.Packs, func(p *pack.Pack) []pack.Table { return p.Tables }, func(x pack.Table) bool { return x.Name == name })
}

func (w *World) register(name string) (*pack.Register, bool) {
	return find(w.Packs, func(p *pack.Pack) []*pack.Register { return p.Registers }, func(r *pack.Register) bool { return r.Name == name })
}

// source is where an item comes from: a column of a register with one row for a unit, an option of such a column, or an
// aggregate over rows.
type source struct {
	register *pack.Register
	column   int
	option   string
	item     *pack.Item
}

// every is how often the item is reported.
func (s source) every() period.Kind {
	if s.item != nil && s.item.Every != 0 {
		return s.item.Every
	}
	return s.register.Every
}

// source finds an item by its name.
func (w *World) source(name string) (source, bool) {
	for _, p := range w.Packs {
		for _, r := range p.Registers {
			for _, item := range r.Items {
				if item.Name == name {
					return source{register: r, item: item}, true
				}
			}
			if len(r.Key) > 0 {
				continue
			}
			for at, column := range r.Columns {
				if column.Name == name {
					return source{register: r, column: at}, true
				}
				option, ours := strings.CutPrefix(name, column.Name+".")
				if ours && slices.ContainsFunc(column.Choices, func(o pack.Option) bool { return o.Name == option }) {
					return source{register: r, column: at, option: option}, true
				}
			}
		}
	}
	return source{}, false
}

// on tells whether a switch is on.
func (w *World) on(name string) (bool, bool) {
	declared, known := find(w.Packs, func(p *pack.Pack) []pack.Switch { return p.Switches }, func(s pack.Switch) bool { return s.Name == name })
	if set, given := w.Switches[name]; given {
		return set, known
	}
	return declared.Default, known
}

// force is when and where a dated value is in force.
type force struct {
	from, until      period.Date
	region, switched string
}

// inForce returns which of dated values holds for a unit on a day: the one of the nearest region, among
// these one that asks for a switch, among these the one of the latest date, among these the last. It returns -1 when none does.
func (w *World) inForce(values []force, code string, on period.Date) int {
	best, bestScore := -1, []int{}
	chain := w.chain(code)
	for i, v := range values {
		near := len(chain)
		if v.region != "" {
			near = slices.IndexFunc(chain, func(u unit.Unit) bool { return u.Code == v.region })
		}
		isOn, _ := w.on(v.switched)
		if near < 0 || on.Before(v.from) || !v.until.IsZero() && !on.Before(v.until) || v.switched != "" && !isOn {
			continue
		}
		switched := 0
		if v.switched != "" {
			switched = 1
		}
		score := []int{-near, switched, v.from.Year*10000 + v.from.Month*100 + v.from.Day}
		if best < 0 || slices.Compare(score, bestScore) >= 0 {
			best, bestScore = i, score
		}
	}
	return best
}

// dated returns the number in force for a stage. Values without a number for the stage do not count.
func (w *World) dated(values []pack.Dated, code string, stage unit.Stage, on period.Date) (float64, bool) {
	var forces []force
	var numbers []float64
	for _, d := range values {
		number, known := d.ByStage[stage]
		if !known && d.All != nil {
			number, known = *d.All, true
		}
		if known {
			forces = append(forces, force{d.From, d.Until, d.Region, d.Switch})
			numbers = append(numbers, number)
		}
	}
	at := w.inForce(forces, code, on)
	if at < 0 {
		return 0, false
	}
	return numbers[at], true
}

// given returns a parameter or a switch as it holds for a unit and a stage on the day of a period.
func (w *World) given(name, code string, stage unit.Stage, p period.Period) (measure.Value, bool) {
	if option, isSwitch := strings.CutPrefix(name, "switch."); isSwitch {
		on, known := w.on(option)
		return truth(on), known
	}
	parameter, known := w.parameter(name)
	if !known {
		return measure.Value{}, false
	}
	if number, set := w.Numbers[name]; set {
		return measure.Of(number), true
	}
	number, inForce := w.dated(parameter.Values, code, stage, day(p))
	if !inForce {
		return measure.MissingFor(name), true
	}
	return measure.Of(number), true
}

func truth(holds bool) measure.Value {
	if holds {
		return measure.Of(1)
	}
	return measure.Of(0)
}
