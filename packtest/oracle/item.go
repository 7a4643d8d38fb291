package oracle

import (
	"math/big"
	"slices"
	"strings"

	"jiaoheng/expr"
	"jiaoheng/expr/oracle"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
)

// Own returns what a unit itself reported of an item, or what its rows give.
func (w *World) Own(name, code string, p period.Period) measure.Value {
	s, known := w.source(name)
	if !known {
		return measure.MissingFor(name)
	}
	at := belongs(p, s.every())
	if value, given := w.Facts[Fact{code, name, at}]; given {
		return value
	}
	if s.item != nil {
		return w.aggregate(s, code, at)
	}
	for _, row := range w.Rows[s.register.Name] {
		if row.Unit != code || s.register.Every != 0 && row.Period != at {
			continue
		}
		f := w.facts(s.register, row, at)
		if s.option == "" {
			return f.number(s.column)
		}
		return f.Value(expr.Reference{Name: name}, 0)
	}
	return measure.MissingFor(name)
}

// aggregate computes an item from the rows of a unit.
func (w *World) aggregate(s source, code string, p period.Period) measure.Value {
	var rows []register.Row
	for _, row := range w.Rows[s.register.Name] {
		if row.Unit == code {
			rows = append(rows, row)
		}
	}
	g := gathering{w, s.register, p}
	steps := s.item.Let
	if len(s.item.Per) == 0 {
		steps = []*pack.Aggregate{&s.item.Aggregate}
	}
	if !slices.ContainsFunc(rows, func(r register.Row) bool { return g.exists(r, steps) }) {
		if !s.register.Optional {
			return measure.MissingFor(s.item.Name)
		}
	}
	if len(s.item.Per) == 0 {
		return g.over(&s.item.Aggregate, rows)
	}
	groups, lacking := g.groups(s.item.Per, rows, steps)
	var facts []oracle.Facts
	for _, group := range groups {
		facts = append(facts, groupFacts{g, s.item.Per, s.item.Let, group})
	}
	return unsure(lacking, reduce(&s.item.Aggregate, facts))
}

// unsure returns a value of which some rows are not known to belong to it: as long as they are not, there is no number, and
// that there is nothing to compute from is not known either.
func unsure(lacking []measure.Value, value measure.Value) measure.Value {
	joined, lacks := measure.Join(lacking...)
	if !lacks {
		return value
	}
	if value.Equal(measure.InvalidBecause(measure.NothingToCount)) {
		return joined
	}
	all, _ := measure.Join(joined, value)
	return all
}

// gathering makes numbers of the rows of a register for a period.
type gathering struct {
	world  *World
	reg    *pack.Register
	period period.Period
}

// standsIn tells whether a row was reported for the period.
func (g gathering) standsIn(row register.Row) bool { return g.reg.Every == 0 || row.Period == g.period }

// dateOf returns the date that a row has in a column.
func (g gathering) dateOf(row register.Row, column string) (period.Date, bool) {
	at := slices.IndexFunc(g.reg.Columns, func(c *pack.Column) bool { return c.Name == column })
	if !row.Cells[at].Known {
		return period.Date{}, false
	}
	return period.ParseDate(row.Cells[at].Text)
}

// exists tells whether a row already tells that the unit has reported: it stands in the period, or is dated until its end
// where the item looks back over years; a row that is dated later does not exist yet.
func (g gathering) exists(row register.Row, steps []*pack.Aggregate) bool {
	if !g.standsIn(row) && !slices.ContainsFunc(steps, func(a *pack.Aggregate) bool { return a.Years != nil }) {
		return false
	}
	for _, a := range steps {
		if a.Dated == "" {
			return true
		}
		if date, known := g.dateOf(row, a.Dated); !known || !g.period.To().Before(date) {
			return true
		}
	}
	return len(steps) == 0
}

// counted tells whether a row lies in the time of an aggregate, or why that is not known.
func (g gathering) counted(a *pack.Aggregate, row register.Row) (bool, *measure.Value) {
	if a.Dated == "" || a.Years == nil && !g.standsIn(row) {
		return a.Dated == "" && g.standsIn(row), nil
	}
	date, known := g.dateOf(row, a.Dated)
	if !known {
		lacks := measure.MissingFor(a.Dated)
		return false, &lacks
	}
	if a.Years == nil {
		return g.period.Contains(date), nil
	}
	years := oracle.Evaluate(a.Years.Ready.Tree(), g.world.facts(g.reg, row, g.period), 0)
	n, known := years.Number()
	if !known {
		return false, &years
	}
	if n < 1 || n > 100 || n != float64(int(n)) {
		lacks := measure.InvalidBecause(measure.OutsideDomain)
		return false, &lacks
	}
	first := g.period.To().AddDays(1)
	first.Year -= int(n)
	first = period.DateOf(first.Time()) // 29 February of a common year is 1 March
	return !date.Before(first) && !g.period.To().Before(date), nil
}

// over computes an aggregate over rows.
func (g gathering) over(a *pack.Aggregate, rows []register.Row) measure.Value {
	var facts []oracle.Facts
	var late []measure.Value
	for _, row := range rows {
		inside, why := g.counted(a, row)
		if why != nil {
			late = append(late, *why)
		}
		if inside {
			facts = append(facts, g.world.facts(g.reg, row, g.period))
		}
	}
	return unsure(late, reduce(a, facts))
}

// groups gathers rows by columns, in the order in which they come first.
func (g gathering) groups(per []string, rows []register.Row, steps []*pack.Aggregate) ([][]register.Row, []measure.Value) {
	var keys []string
	var groups [][]register.Row
	var lacking []measure.Value
	for _, row := range rows {
		if !g.exists(row, steps) {
			continue
		}
		key, why := g.key(per, row)
		if why != nil {
			lacking = append(lacking, *why)
			continue
		}
		at := slices.Index(keys, strings.Join(key, "\x00"))
		if at < 0 {
			at = len(keys)
			keys, groups = append(keys, strings.Join(key, "\x00")), append(groups, nil)
		}
		groups[at] = append(groups[at], row)
	}
	return groups, lacking
}

// key returns what a row has in columns; the first that it lacks is told.
func (g gathering) key(per []string, row register.Row) ([]string, *measure.Value) {
	var key []string
	for _, name := range per {
		at := slices.IndexFunc(g.reg.Columns, func(c *pack.Column) bool { return c.Name == name })
		f := g.world.facts(g.reg, row, g.period)
		if column := g.reg.Columns[at]; column.Type.Numeric() || column.Type == pack.Flag {
			value := f.number(at)
			if !value.Known() {
				lacks := measure.MissingFor(name)
				return nil, &lacks
			}
			key = append(key, value.Text("zh"))
			continue
		}
		text, lacks := f.text(at)
		if lacks != nil {
			missing := measure.MissingFor(name)
			return nil, &missing
		}
		key = append(key, text)
	}
	return key, nil
}

// reduce makes one number of rows or groups.
func reduce(a *pack.Aggregate, facts []oracle.Facts) measure.Value {
	var lacking []measure.Value
	var numbers []float64
	for _, f := range facts {
		if a.Where != nil {
			inside := oracle.Evaluate(a.Where.Ready.Tree(), f, 0)
			if !inside.Known() {
				lacking = append(lacking, inside)
				continue
			}
			if inside.Equal(measure.Of(0)) {
				continue
			}
		}
		value := measure.Of(1)
		if a.Of != nil {
			value = oracle.Evaluate(a.Of.Ready.Tree(), f, 0)
		}
		number, known := value.Number()
		if !known {
			lacking = append(lacking, value)
			continue
		}
		numbers = append(numbers, number)
	}
	if joined, lacks := measure.Join(lacking...); lacks {
		return joined
	}
	switch a.Kind {
	case pack.LeastOf, pack.MostOf:
		if len(numbers) == 0 {
			return measure.InvalidBecause(measure.NothingToCount)
		}
		if a.Kind == pack.LeastOf {
			return measure.Of(slices.Min(numbers))
		}
		return measure.Of(slices.Max(numbers))
	}
	return exactSum(numbers)
}

// exactSum adds with so many bits that nothing is rounded off before the end.
func exactSum(numbers []float64) measure.Value {
	sum := new(big.Float).SetPrec(2200)
	for _, x := range numbers {
		sum.Add(sum, new(big.Float).SetPrec(2200).SetFloat64(x))
	}
	number, _ := sum.Float64()
	return measure.Of(number)
}

// groupFacts are what formulas over one group of rows may name.
type groupFacts struct {
	gathering
	per  []string
	let  []*pack.Aggregate
	rows []register.Row
}

// Leaves of a group are none.
func (f groupFacts) Leaves(int) []int { return nil }

// Logical tells whether a name holds conditions: an option of a column that makes the groups, or a switch.
func (f groupFacts) Logical(name string) bool {
	_, isParameter := f.world.parameter(name)
	return !isParameter && !slices.ContainsFunc(f.let, func(a *pack.Aggregate) bool { return a.Name == name })
}

// Value returns an aggregate of the group, or what its first row says of the others.
func (f groupFacts) Value(reference expr.Reference, _ int) measure.Value {
	for _, a := range f.let {
		if a.Name == reference.Name {
			return f.over(a, f.rows)
		}
	}
	return f.world.facts(f.reg, f.rows[0], f.period).Value(reference, 0)
}
