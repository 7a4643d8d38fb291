package register

import (
	"slices"

	"jiaoheng/fault"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/pack"
)

// CellRules are the groups and aggregates of an indicator over cells, ready to run.
type CellRules struct {
	by  []int
	let []*aggregate
}

// CellGroups are the cells of the rows of a subtree, such as stage and subject, in the order of the options.
//
// Shapes:  each of Keys has an option for each column of By; each column of Let has a cell for each of Keys.
// Missing: Unplaced has no number as long as a row lacks a column of By, for then no cell is sure.
type CellGroups struct {
	By       []string
	Keys     [][]string
	Let      map[string]*frame.Column
	Unplaced measure.Value
}

// CellsOf reads the cells of an indicator over this register.
func (r *Rules) CellsOf(cells *pack.Cells, place fault.Place) (*CellRules, fault.List) {
	by, faults := r.columnsOf(cells.By, place)
	let, _, wrong := r.readLet(cells.Let)
	faults.Add(wrong...)
	if faults != nil {
		return nil, faults
	}
	return &CellRules{by, let}, nil
}

// Cells gathers the rows of the units for which within is true into cells, whatever unit they belong to.
func (g *Grid) Cells(rules *CellRules, within func(unit string) bool) CellGroups {
	groupOf, inside := make([]int, len(g.rows)), make([]bool, len(g.units))
	for u, unit := range g.units {
		inside[u] = within(unit)
	}
	for i, u := range g.unitOf {
		groupOf[i] = -1
		if inside[u] {
			groupOf[i] = 0
		}
	}
	rows := over{source: g, shape: g.shape, groupOf: groupOf, groups: 1}
	made, why := g.gather(rules.by, rows, g.exist(rules.let))
	for _, let := range rules.let {
		made.run(let)
	}
	order := make([]int, made.count)
	for n := range order {
		order[n] = n
	}
	slices.SortFunc(order, func(a, b int) int { return g.compareKeys(rules.by, made.first[a], made.first[b]) })
	out := CellGroups{Let: map[string]*frame.Column{}, Unplaced: why.value(0)}
	for _, at := range rules.by {
		out.By = append(out.By, g.rules.register.Columns[at].Name)
	}
	for _, n := range order {
		out.Keys = append(out.Keys, g.keys(rules.by, made.first[n]))
	}
	for _, let := range rules.let {
		name := let.declared.Name
		column := frame.NewColumn(made.count)
		for to, n := range order {
			column.Set(to, made.columns[name].Get(n, name))
		}
		out.Let[name] = column
	}
	return out
}

func (g *Grid) keys(by []int, row int) []string {
	keys := make([]string, len(by))
	for k, at := range by {
		keys[k], _ = g.text(row, at)
	}
	return keys
}

// compareKeys orders rows by the options of choices as they are declared, other columns by their text.
func (g *Grid) compareKeys(by []int, a, b int) int {
	for _, at := range by {
		if column := g.columns[at]; column != nil && column.Numbers[a] != column.Numbers[b] {
			if column.Numbers[a] < column.Numbers[b] {
				return -1
			}
			return 1
		}
		left, _ := g.text(a, at)
		right, _ := g.text(b, at)
		if left != right {
			return map[bool]int{true: -1, false: 1}[left < right]
		}
	}
	return 0
}
