package indicator

import (
	"slices"

	"jiaoheng/message"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// maxAreas is the most areas of a map.
const maxAreas = 80

// area shows the units below on their boundaries, else as tiles; false when there are too few or too many.
func (s *sight) area(shapes unit.Boundaries) (shell.AreaMap, bool) {
	if len(s.lines) < 2 || len(s.lines) > maxAreas || s.line.Logical {
		return shell.AreaMap{}, false
	}
	var values []float64
	for _, line := range s.lines {
		if n, known := line.Value.Number(); known {
			values = append(values, n)
		}
	}
	if len(values) < 2 {
		return shell.AreaMap{}, false
	}
	slices.Sort(values)
	cuts := s.cuts(values)
	m := shell.AreaMap{ID: "map", Shapes: shapes, Sentence: s.say("map", message.Args{"classes": shell.Count(len(cuts) + 1), "units": shell.Count(len(values))}),
		Classes: s.classNames(cuts), Table: shell.Table{Caption: shell.Text(s.ctx, "indicator.show.map"), Columns: []shell.Column{{Title: shell.Text(s.ctx, "indicator.column.unit")},
			{Title: shell.Text(s.ctx, "indicator.column.value"), Align: shell.Figures}}}}
	for _, line := range s.lines {
		area := shell.MapArea{Code: line.Unit, Name: line.UnitName, Class: shell.NoClass, Address: s.address(line.Unit, "level", ""),
			Text: valueText(s.ctx, line.Value, false, s.i.Decimals)}
		if n, known := line.Value.Number(); known {
			area.Class, _ = slices.BinarySearch(cuts, n)
			if slices.Contains(cuts, n) {
				area.Class++ // a value at a cut belongs to the class above
			}
		}
		m.Areas = append(m.Areas, area)
		m.Table.Rows = append(m.Table.Rows, []shell.Cell{{Text: line.UnitName}, {Text: area.Text}})
	}
	return m, true
}

// cuts are the ends between the classes: the threshold and the middle of each of its sides, else the quarters.
func (s *sight) cuts(values []float64) []float64 {
	var cuts []float64
	for _, mark := range s.thresholdMarks() {
		at, _ := slices.BinarySearch(values, mark.Value)
		cuts = append(cuts, mark.Value)
		if at > 1 {
			cuts = append(cuts, values[at/2])
		}
		if len(values)-at > 1 {
			cuts = append(cuts, values[at+(len(values)-at)/2])
		}
	}
	if len(cuts) == 0 {
		for quarter := 1; quarter < 4; quarter++ {
			cuts = append(cuts, values[len(values)*quarter/4])
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	if cuts[0] <= values[0] && len(s.thresholdMarks()) == 0 {
		cuts = cuts[1:]
	}
	return cuts
}

func (s *sight) classNames(cuts []float64) []string {
	if len(cuts) == 0 {
		return []string{s.say("class_all", nil)}
	}
	last := len(cuts) - 1
	names := []string{s.say("class_below", message.Args{"a": shell.FixedNumber(cuts[0], s.i.Decimals)})}
	for k := range last {
		names = append(names, s.say("class_between", message.Args{"a": shell.FixedNumber(cuts[k], s.i.Decimals), "b": shell.FixedNumber(cuts[k+1], s.i.Decimals)}))
	}
	return append(names, s.say("class_above", message.Args{"a": shell.FixedNumber(cuts[last], s.i.Decimals)}))
}
