package register

import (
	"jiaoheng/expr"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/period"
)

// Formula computes a formula of the pack over one row of the grid: a condition gives 1 or 0.
func (g *Grid) Formula(row int, formula *expr.Formula) measure.Value {
	out := frame.NewColumn(len(g.rows))
	formula.Run(g, g.shape, row, row+1, out)
	return out.Get(row, "")
}

// On computes rows that stand outside periods as of a day: parameters and switches are those of the day. Only the scope, the
// tree and the switches of ask matter.
func (r *Rules) On(day period.Date, ask Ask, rows []Row) *Grid {
	if ask.Switches == nil {
		ask.Switches = ask.Scope.Defaults()
	}
	p := period.Period{Kind: period.Day, Start: day}
	return r.Compute(rows, Given{Period: p, Value: ask.given(p)})
}
