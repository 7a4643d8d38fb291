package register

import (
	"maps"
	"strings"

	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
)

// Names are what the formulas of a register may name besides its columns, and the tables that it looks up.
type Names struct {
	Items expr.Items                    // parameters and switches
	Table func(name string) *pack.Table // nil when there is none of the name
}

// NamesOf returns what formulas of the registers of a scope may name, and its tables.
func NamesOf(scope *pack.Scope) Names {
	return Names{Items: scope.RowItems(&pack.Register{}), Table: func(name string) *pack.Table {
		table, _ := scope.Table(name)
		return table
	}}
}

// Given is what rows are computed with besides their cells.
type Given struct {
	Period period.Period
	Day    period.Date                           // as of which the clocks of rows are read; zero: the last one of the period
	Units  []string                              // units that get items even when they have no row; the others need not stand here
	Value  func(name, unit string) measure.Value // parameters and switches (1 or 0) as they hold for the unit in the period
}

// Rules are the computed columns, checks and items of a register, read and ready to run. They do not change; many may
// run them at once.
type Rules struct {
	register *pack.Register
	names    Names
	column   map[string]int
	option   []map[string]int // of a choice column: number of each option, from 1
	items    expr.Items       // all that formulas over rows may name
	computed []computed       // in an order in which each needs only those before it
	checks   []*expr.Formula
	summary  []*itemRule
}

// computed is a column that is made from others.
type computed struct {
	column  int
	formula *expr.Formula
	lookup  *lookup
	needs   []int
}

// RulesOf reads the rules of a register.
//
// Errors: every fault of every formula, with its place; unknown tables and columns; columns that need one another.
func RulesOf(register *pack.Register, names Names) (*Rules, fault.List) {
	r := &Rules{register: register, names: names, column: map[string]int{}, option: make([]map[string]int, len(register.Columns))}
	for i, column := range register.Columns {
		r.column[column.Name] = i
		if column.Type != pack.Choice {
			continue
		}
		r.option[i] = map[string]int{}
		for n, option := range column.Choices {
			r.option[i][option.Name] = n + 1
		}
	}
	r.items = rowItems(register, names.Items)
	var faults fault.List
	faults.Add(r.readColumns()...)
	for _, check := range register.Checks {
		formula, wrong := r.load(check.That, r.items, expr.Wanted{Type: expr.Logical})
		faults.Add(wrong...)
		r.checks = append(r.checks, formula)
	}
	for _, item := range register.Items {
		rule, wrong := r.readItem(item)
		faults.Add(wrong...)
		r.summary = append(r.summary, rule)
	}
	if faults != nil {
		return nil, faults
	}
	return r, nil
}

// rowItems returns what formulas over rows of the register may name: numbers and flags by the name of their column, each
// option of a choice as column.choice, and what is given.
func rowItems(register *pack.Register, given expr.Items) expr.Items {
	items := maps.Clone(given)
	if items == nil {
		items = expr.Items{}
	}
	for _, column := range register.Columns {
		switch {
		case column.Type.Numeric():
			items[column.Name] = expr.Item{Type: expr.Numeric, Measure: &column.Measure}
		case column.Type == pack.Flag:
			items[column.Name] = expr.Item{Type: expr.Logical}
		case column.Type == pack.Choice:
			for _, option := range column.Choices {
				items[column.Name+"."+option.Name] = expr.Item{Type: expr.Logical}
			}
		}
	}
	clockItems(register, items)
	return items
}

// load reads one formula over rows. Other periods cannot be named: a row stands for itself.
func (r *Rules) load(formula *pack.Formula, items expr.Items, wanted expr.Wanted) (*expr.Formula, fault.List) {
	read, faults := expr.Load(formula.Place, formula.Text, items, wanted)
	if faults != nil {
		return nil, faults
	}
	for _, reference := range read.References() {
		if reference.Shift != expr.Now {
			faults.Add(fault.At(formula.Place, "register.row.other_period", message.Args{"name": reference.Name}))
		}
	}
	return read, faults
}

// readColumns reads the computed columns and puts them into an order in which they can be computed.
func (r *Rules) readColumns() fault.List {
	var faults fault.List
	made := make([]*computed, len(r.register.Columns))
	for i, column := range r.register.Columns {
		c := &computed{column: i}
		switch {
		case column.Formula != nil:
			formula, wrong := r.load(column.Formula, r.items, wantedOf(column))
			faults.Add(wrong...)
			if formula == nil {
				continue
			}
			c.formula = formula
			for _, reference := range formula.References() {
				if at, known := r.columnOf(reference.Name); known {
					c.needs = append(c.needs, at)
				}
			}
		case column.Lookup != nil:
			var wrong fault.List
			c.lookup, wrong = r.readLookup(column)
			faults.Add(wrong...)
			if c.lookup == nil {
				continue
			}
			c.needs = append(append(c.needs, c.lookup.value), c.lookup.by...)
		default:
			continue
		}
		made[i] = c
	}
	if faults == nil {
		faults = r.order(made)
	}
	return faults
}

// wantedOf returns what the formula of a column must give. The formula of a choice gives the number of the option, from 1.
func wantedOf(column *pack.Column) expr.Wanted {
	switch {
	case column.Type == pack.Flag:
		return expr.Wanted{Type: expr.Logical}
	case column.Type.Numeric():
		return expr.Wanted{Type: expr.Numeric, Measure: &column.Measure}
	}
	return expr.Wanted{Type: expr.Numeric}
}

// columnOf returns the column that a name in a formula reads, if it reads one.
func (r *Rules) columnOf(name string) (int, bool) {
	if at, known := r.column[name]; known {
		return at, true
	}
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		if at, known := r.column[name[:dot]]; known && r.option[at][name[dot+1:]] > 0 {
			return at, true
		}
	}
	return 0, false
}

// order appends the computed columns so that each comes after those that it needs, and reports circles.
func (r *Rules) order(made []*computed) fault.List {
	var faults fault.List
	const waiting, open, done = 0, 1, 2
	state := make([]int, len(made))
	var visit func(at int)
	visit = func(at int) {
		if made[at] == nil || state[at] == done {
			return
		}
		if state[at] == open {
			column := r.register.Columns[at]
			faults.Add(fault.At(column.Place, "register.row.circle", message.Args{"column": column.Name}))
			return
		}
		state[at] = open
		for _, need := range made[at].needs {
			visit(need)
		}
		state[at] = done
		r.computed = append(r.computed, *made[at])
	}
	for at := range made {
		visit(at)
	}
	return faults
}
