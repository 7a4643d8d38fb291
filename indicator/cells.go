package indicator

import (
	"jiaoheng/expr"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// CellValues are the cells of an indicator in one unit, such as stage and subject, each with its value.
type CellValues struct {
	register.CellGroups
	Values *frame.Column
}

// cells computes an indicator over cells: the value of a unit is the smallest of its cells, the largest when it should fall.
func (r *Run) cells(i *pack.Indicator, at scene) *frame.Column {
	column := frame.NewColumn(r.Space.n)
	for row := range r.saidAt(i, at).rows.Each(0, r.Space.n) {
		column.Set(row, r.worstCell(i, r.cellsOf(i, at, row)))
	}
	return column
}

// CellsAt returns the cells of an indicator in the unit of a row, of the units that teach the stage; "" is every stage.
func (r *Run) CellsAt(i *pack.Indicator, stage unit.Stage, row int) CellValues {
	return r.cellsOf(i, sceneOf(i, scene{stage: stage, population: i.Population}), row)
}

func (r *Run) cellsOf(i *pack.Indicator, at scene, row int) CellValues {
	none := CellValues{CellGroups: register.CellGroups{By: i.Cells.By, Unplaced: measure.MissingFor(i.Cells.Register)}, Values: frame.NewColumn(0)}
	if r.Cells == nil {
		return none
	}
	below := r.Space.tree.Subtree(r.Space.base + row)
	kinds := i.Of
	if declared, known := r.Rules.Scope.Register(i.Cells.Register); known {
		kinds = declared.Of
	}
	members := r.membersOf(kindsOf(kinds), at)
	within := func(code string) bool {
		number, known := r.Space.tree.Number(code)
		if !known || !below.Contains(number) {
			return false
		}
		own := number - r.Space.base
		leftOut := members.Relevant.Get(own) && !members.Counted.Get(own)
		return !leftOut && r.Space.hasStage(own, stageBit(at.stage))
	}
	groups, known := r.Cells.Cells(i, r.periodAt(at.shift), within)
	if !known {
		return none
	}
	n := len(groups.Keys)
	values := CellValues{CellGroups: groups, Values: frame.NewColumn(n)}
	shape := expr.Shape{End: make([]int, n), Leaf: frame.NewBitmap(n)}
	for k := range n {
		shape.End[k] = k + 1
	}
	i.Formula.Ready.Run(cellReader{r, at, row, groups}, shape, 0, n, values.Values)
	return values
}

// cellReader gives a formula the aggregates of the cells, and everything else as it is in the unit.
type cellReader struct {
	run    *Run
	at     scene
	row    int
	groups register.CellGroups
}

// Column returns the column of a reference, one row for each cell.
func (c cellReader) Column(reference expr.Reference) *frame.Column {
	if let, known := c.groups.Let[reference.Name]; known {
		if reference.Shift == expr.Now {
			return let
		}
		return nil
	}
	column := reader{c.run, c.at, nil}.Column(reference)
	if column == nil {
		return nil
	}
	value := column.Get(c.row, reference.Name)
	same := frame.NewColumn(len(c.groups.Keys))
	for k := range same.Numbers {
		same.Set(k, value)
	}
	return same
}

// worstCell returns the value of the unit: that of the cell that is farthest from where it should be.
func (r *Run) worstCell(i *pack.Indicator, cells CellValues) measure.Value {
	if !cells.Unplaced.Known() {
		return cells.Unplaced
	}
	all := make([]measure.Value, len(cells.Keys))
	for k := range all {
		all[k] = cells.Values.Get(k, i.Name)
	}
	if why, lacks := measure.Join(all...); lacks {
		return why
	}
	if len(all) == 0 {
		return measure.InvalidBecause(measure.NothingToCount)
	}
	worst, _ := all[0].Number()
	for _, value := range all[1:] {
		number, _ := value.Number()
		if i.Direction == pack.Down {
			worst = max(worst, number)
		} else {
			worst = min(worst, number)
		}
	}
	return measure.Of(worst)
}
