package target

import (
	"math"
	"strconv"

	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/plan/target"
	"jiaoheng/web/shell"
)

// none is a place of a series of a chart where nothing is drawn.
var none = measure.MissingFor("")

// chart draws the values over the years beside the path from baseline to goal and what is expected until the deadline. It
// returns false where there is neither a value nor a goal to draw.
func (s *sight) chart() (shell.Chart, bool) {
	j, goal := s.cell.Judgement, s.cell.Goal
	path := j.Path()
	first, last := math.Inf(1), math.Inf(-1)
	reach := func(at float64) { first, last = min(first, at), max(last, at) }
	for _, reading := range s.cell.Series {
		reach(reading.At)
	}
	for _, step := range path {
		reach(step.At)
	}
	course := j.Course(s.cell.Series)
	for _, one := range course {
		reach(one.At)
	}
	if math.IsInf(first, 0) || last-first > 60 {
		return shell.Chart{}, false
	}
	c := shell.Chart{ID: "path", Kind: shell.ChartLines, Unit: goal.Unit, Decimals: 2, Sentence: j.Why(s.language), Source: s.text("chart_source", nil), Height: 320}
	if !s.cell.Given {
		c.Sentence = s.text("no_goal_here", message.Args{"unit": s.unitName()})
	}
	own, parents := shell.Series{Name: s.text("series_value", nil)}, shell.Series{Name: s.text("series_parent", nil), Quiet: true}
	way := shell.Series{Name: s.text("series_path", nil), Quiet: true, Dashed: true}
	ahead := shell.Series{Name: s.text("series_projection", nil), Dashed: true}
	c.Table.Caption = s.text("chart_table", nil)
	c.Table.Columns = []shell.Column{{Title: s.text("column_year", nil)}, {Title: own.Name, Align: shell.Figures}, {Title: way.Name, Align: shell.Figures}, {Title: ahead.Name, Align: shell.Figures}}
	for year := int(math.Ceil(first)) - 1; float64(year) < last; year++ {
		end := float64(year + 1)
		value, parent := s.valueIn(year)
		own.Values, parents.Values = append(own.Values, value), append(parents.Values, parent)
		way.Values = append(way.Values, on(path, end))
		middle, low, high := aheadIn(course, j, end)
		ahead.Values, ahead.Low, ahead.High = append(ahead.Values, middle), append(ahead.Low, low), append(ahead.High, high)
		c.Names = append(c.Names, strconv.Itoa(year))
		c.Table.Rows = append(c.Table.Rows, []shell.Cell{{Text: strconv.Itoa(year)}, {Text: s.cellText(value)}, {Text: s.cellText(on(path, end))}, {Text: s.rangeText(middle, low, high)}})
	}
	c.Series = []shell.Series{own}
	if len(path) > 0 {
		c.Series = append(c.Series, way)
	}
	if len(course) > 0 {
		c.Series = append(c.Series, ahead)
	}
	if goal.Direction == target.AboveParent {
		c.Series = append(c.Series, parents)
	}
	low, high := j.Ends()
	for _, end := range []target.Known{low, high} {
		if end.Is && goal.Direction != target.AboveParent && goal.Direction != target.Rise && goal.Direction != target.Fall {
			c.Lines = append(c.Lines, shell.Mark{Label: s.text("line_goal", message.Args{"value": s.figure(end)}), Value: end.Number})
		}
	}
	return c, true
}

// valueIn returns the last reading of a year and that of the unit above.
func (s *sight) valueIn(year int) (value, parent measure.Value) {
	value, parent = none, none
	for _, reading := range s.cell.Series {
		if reading.At > float64(year) && reading.At <= float64(year+1) {
			value = reading.Value
			if s.cell.Goal.Direction == target.AboveParent {
				parent = reading.Parent
			}
		}
	}
	return value, parent
}

// on is where a path stands at the end of a year, nothing before it begins.
func on(path []target.Step, at float64) measure.Value {
	known := target.On(path, at)
	if !known.Is || at < path[0].At {
		return none
	}
	return measure.Of(known.Number)
}

// aheadIn is what is expected in the year that ends at a moment; the line begins at the latest value.
func aheadIn(course []target.Projected, j target.Judgement, end float64) (middle, low, high measure.Value) {
	if len(course) > 0 && j.Latest.At > end-1 && j.Latest.At <= end {
		latest := measure.Of(j.Value.Number)
		return latest, latest, latest
	}
	for k := len(course) - 1; k >= 0; k-- {
		if one := course[k]; one.At > end-1 && one.At <= end {
			return measure.Of(one.Middle), measure.Of(one.Low), measure.Of(one.High)
		}
	}
	return none, none, none
}

// valueText writes a value, or why there is none; absent stands for a value that nobody was asked for.
func (s *sight) valueText(value measure.Value, absent bool) string {
	if number, known := value.Number(); known && !absent {
		return s.figure(target.Sure(number))
	}
	return s.text("unreported", nil)
}

// cellText is a value in a table, a dash where there is none.
func (s *sight) cellText(value measure.Value) string {
	if number, known := value.Number(); known {
		return shell.Number(number, 2)
	}
	return "—"
}

func (s *sight) rangeText(middle, low, high measure.Value) string {
	from, _ := low.Number()
	to, known := high.Number()
	if !known || from == to {
		return s.cellText(middle)
	}
	return s.cellText(middle) + s.text("range", message.Args{"low": shell.Number(from, 2), "high": shell.Number(to, 2)})
}
