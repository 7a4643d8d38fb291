package indicator

import (
	"cmp"
	"math"
	"slices"

	"jiaoheng/indicator"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/round"
	"jiaoheng/standard"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// maxBars is the most units of a chart of bars; the table shows more.
const maxBars = 40

// byDistance is the order of the units below by their distance to the standard.
const byDistance = "distance"

// compare finds the lines of the units below.
func (s *sight) compare() {
	space := s.now.Space()
	if !slices.Contains(levels(space, s.row), unit.Kind(s.level)) {
		s.level = ""
	}
	if s.order != byDistance {
		s.order = ""
	}
	for _, row := range below(space, s.row, s.level) {
		if line, speaks := s.now.LineOf(s.i, s.stage, space.Unit(row).Code); speaks {
			line.Row, line.Unit, line.UnitName, line.Section = row, space.Unit(row).Code, unitName(s.ctx, space.Unit(row)), ""
			s.lines = append(s.lines, line)
		}
	}
	if s.order == byDistance {
		slices.SortStableFunc(s.lines, func(a, b round.Line) int { return cmp.Compare(distance(s.i, a), distance(s.i, b)) })
	}
}

// distance is how far a value lies beyond its threshold in the good direction; without a threshold the value itself. What
// has no value comes last.
func distance(i *pack.Indicator, line round.Line) float64 {
	value, known := line.Value.Number()
	if !known {
		return math.Inf(1)
	}
	threshold, _ := line.Threshold.Number()
	if i.Direction == pack.Down || line.Comparator == pack.AtMost || line.Comparator == pack.Below {
		return threshold - value
	}
	return value - threshold
}

// reaches tells whether the value itself stands to its threshold as it should; known is false without value or threshold.
func reaches(line round.Line) (reached, known bool) {
	value, has := line.Value.Number()
	threshold, inForce := line.Threshold.Number()
	if !has || !inForce || line.Comparator == "" {
		return false, false
	}
	return standard.Met(line.Comparator, value, threshold), true
}

// coloured tells whether a line stands out: its value does not reach its threshold.
func coloured(line round.Line) bool {
	reached, known := reaches(line)
	return known && !reached
}

func (s *sight) levelChips() []shell.Chip {
	kinds := levels(s.now.Space(), s.row)
	if len(kinds) < 2 {
		return nil
	}
	chips := []shell.Chip{{Label: shell.Text(s.ctx, "indicator.level.next"), Address: s.address(s.standing.Unit.Code, "level", ""), Current: s.level == ""}}
	for _, kind := range kinds {
		chips = append(chips, shell.Chip{Label: shell.Text(s.ctx, "indicator.level."+string(kind)), Address: s.address(s.standing.Unit.Code, "level", string(kind)), Current: s.level == string(kind)})
	}
	return chips
}

func (s *sight) orderChips() []shell.Chip {
	return []shell.Chip{{Label: shell.Text(s.ctx, "indicator.order.code"), Address: s.address(s.standing.Unit.Code, "order", ""), Current: s.order == ""},
		{Label: shell.Text(s.ctx, "indicator.order.distance"), Address: s.address(s.standing.Unit.Code, "order", byDistance), Current: s.order == byDistance}}
}

// table shows the units below; a click on one goes down to it.
func (s *sight) table() shell.Table {
	head := func(word string) string { return shell.Text(s.ctx, "indicator.column."+word) }
	table := shell.Table{Caption: shell.Text(s.ctx, "indicator.show.below"), Count: shell.Text(s.ctx, "indicator.show.count", message.Args{"count": shell.Count(len(s.lines))}),
		Columns: []shell.Column{{Title: head("unit")}, {Title: head("value"), Unit: shell.MeasureText(shell.From(s.ctx).Language, s.i.Measure), Align: shell.Figures}, {Title: head("gap"), Align: shell.Figures},
			{Title: head("state"), Align: shell.Short}, {Title: head("short"), Align: shell.Figures}, {Title: head("judged"), Align: shell.Figures}, {Title: head("coverage"), Align: shell.Figures}}}
	for _, line := range s.lines {
		table.Rows = append(table.Rows, s.cells(line, s.address(line.Unit, "level", "")))
	}
	if len(table.Rows) > 0 {
		total := s.line
		total.UnitName = s.standing.Unit.Name
		table.Total = s.cells(total, "")
	}
	return table
}

func (s *sight) cells(line round.Line, address string) []shell.Cell {
	value := valueView{text: lineText(s.ctx, line, s.i.Decimals), why: lackText(s.ctx, s.now, line.Value),
		address: lineAddress(s.ctx, s.i.Name, s.stage, line.Unit), known: line.Value.Known()}
	return []shell.Cell{{Text: line.UnitName, Address: address}, {Body: valueLink(value)}, {Text: s.gapText(line)}, verdictCell(s.ctx, line),
		{Text: s.shortText(line)}, {Text: judgedText(line)}, {Text: coverageText(line.Coverage)}}
}

// gapText is the difference to the threshold, with its sign.
func (s *sight) gapText(line round.Line) string {
	if line.Logical || line.Comparator == "" || line.NotInForce {
		return ""
	}
	return changeText(line.Value, line.Threshold, s.i.Decimals)
}

// shortText is what is lacking, in natural units.
func (s *sight) shortText(line round.Line) string {
	n, known := line.Shortfall.Amount.Number()
	if !line.Lacks || !known {
		return ""
	}
	decimals := s.i.Decimals
	if line.Shortfall.Whole {
		decimals = 0
	}
	return shell.FixedNumber(n, decimals) + " " + shell.MeasureText(shell.From(s.ctx).Language, line.Shortfall.Counts)
}

func judgedText(line round.Line) string {
	if line.Judged < 2 {
		return ""
	}
	return shell.Count(line.Failing) + "/" + shell.Count(line.Judged)
}

// own returns the values of the units for which the formula runs, at or below the standing unit, that are counted.
func (s *sight) own() []float64 {
	space := s.now.Space()
	var rows []int
	for row := range space.Own(s.i.Of).Each(s.row, space.End(s.row)) {
		rows = append(rows, row)
	}
	var values []float64
	for _, figure := range s.now.FiguresOf(s.i, s.stage, rows) {
		if n, known := figure.Value.Number(); known && figure.Speaks {
			values = append(values, n)
		}
	}
	slices.Sort(values)
	return values
}

// leftOut tells whether a unit is not counted.
func leftOut(line round.Line) bool {
	why := line.Value.Reason()
	return !line.Value.Known() && len(why.Names) > 0 && why.Names[0] == indicator.NotCounted
}
