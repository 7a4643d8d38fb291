package register

import (
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/pack"
)

// Items returns, for each unit that has rows or stands in Given.Units, the items that the register gives for the period: those
// declared, and of a register without key its own numbers and flags. Units come in the order of their first row.
//
// Missing: a unit without any row of the period is missing under the item's name, save where the register is optional: nobody
// reported is then nothing to report, counts and sums are 0. Of a register whose rows have dates only, rows after the
// period do not yet exist. A least or most of no rows is Invalid(NothingToCount).
func (g *Grid) Items() []frame.Row {
	units := g.everyUnit()
	columns := make([][]measure.Value, 0, len(g.rules.summary))
	names := make([]string, 0, len(g.rules.summary))
	for _, rule := range g.rules.summary {
		columns = append(columns, g.item(rule, len(units)))
		names = append(names, rule.item.Name)
	}
	if len(g.rules.register.Key) == 0 {
		own, titles := g.own(len(units))
		columns, names = append(columns, own...), append(names, titles...)
	}
	rows := make([]frame.Row, 0, len(units)*len(columns))
	for u, unit := range units {
		for at, column := range columns {
			rows = append(rows, frame.Row{Unit: unit, Item: names[at], Period: g.given.Period, Value: column[u]})
		}
	}
	return rows
}

// everyUnit returns the units of the rows and after them those that have none.
func (g *Grid) everyUnit() []string {
	units, has := g.units[:len(g.units):len(g.units)], map[string]bool{}
	for _, unit := range units {
		has[unit] = true
	}
	for _, unit := range g.given.Units {
		if !has[unit] {
			has[unit] = true
			units = append(units, unit)
		}
	}
	return units
}

// own returns the numbers and flags of rows that stand alone in their unit and period.
func (g *Grid) own(units int) ([][]measure.Value, []string) {
	var columns [][]measure.Value
	var names []string
	for at, column := range g.rules.register.Columns {
		if g.columns[at] == nil || column.Type == pack.Choice {
			continue
		}
		values := make([]measure.Value, units)
		for u := range values {
			values[u] = measure.MissingFor(column.Name)
		}
		for i, u := range g.unitOf {
			if g.now(i) {
				values[u] = g.valueAt(at, i)
			}
		}
		columns, names = append(columns, values), append(names, column.Name)
	}
	return columns, names
}

// item computes one item for every unit.
func (g *Grid) item(rule *itemRule, units int) []measure.Value {
	rows := over{source: g, shape: g.shape, groupOf: g.unitOf, groups: units}
	reported := g.reported(rule, units)
	var s *sums
	if rule.per == nil {
		include, why := g.window(rule.last, rows)
		s = rule.last.run(rows, include, why)
	} else {
		s = g.overGroups(rule, rows)
	}
	values := make([]measure.Value, units)
	for u := range values {
		values[u] = measure.MissingFor(rule.item.Name)
		if reported[u] || g.rules.register.Optional {
			values[u] = s.value(u)
		}
	}
	return values
}

// overGroups gathers the rows by the columns of Per and runs the last aggregate over these groups.
func (g *Grid) overGroups(rule *itemRule, rows over) *sums {
	groups, why := g.gather(rule.per, rows, g.exist(rule.let))
	for _, let := range rule.let {
		groups.run(let)
	}
	byUnit := over{source: groups, shape: rowShape(groups.count), groupOf: groups.unitOf, groups: rows.groups}
	return rule.last.run(byUnit, nil, why)
}

// reported tells which units have a row that existed in the period.
func (g *Grid) reported(rule *itemRule, units int) []bool {
	reported := make([]bool, units)
	aggregates := rule.let
	if rule.per == nil {
		aggregates = []*aggregate{rule.last}
	}
	for i, exists := range g.exist(aggregates) {
		if exists {
			reported[g.unitOf[i]] = true
		}
	}
	return reported
}

// exist tells which rows already exist for aggregates: the rows of the period, or where one looks back over years,
// every row that is not dated after the period. A row whose date is missing exists.
func (g *Grid) exist(aggregates []*aggregate) []bool {
	exist := make([]bool, len(g.rows))
	last := dayNumber(g.given.Period.To())
	back, dated := false, len(aggregates) > 0
	for _, a := range aggregates {
		back = back || a.years != nil
		dated = dated && a.dated >= 0
	}
	for i := range g.rows {
		exist[i] = back || g.now(i)
		if !exist[i] || !dated {
			continue
		}
		exist[i] = false
		for _, a := range aggregates {
			if day, known := g.day(i, a.dated); !known || day <= last {
				exist[i] = true
			}
		}
	}
	return exist
}
