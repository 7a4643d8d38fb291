package indicator

import (
	"context"
	"regexp"
	"strings"

	"jiaoheng/export/xlsx"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/round"
	"jiaoheng/web/shell"
)

// maxSilent is the most silent units that are named.
const maxSilent = 200

// showView is what the page of one indicator shows.
type showView struct {
	*sight
	empty               *shell.Empty
	say                 string
	tabs                []shell.Tab
	facts               []shell.Fact
	trendChart          shell.Chart
	bars, ranges        shell.Chart
	hasBars, hasRanges  bool
	area                shell.AreaMap
	hasArea             bool
	units, silent, cell shell.Table
	levelRow, orderRow  []shell.Chip
	files               []shell.Button
	doubt               string
	parts               []shell.Link // indicators that the formula reads
}

// fill computes what the page shows.
func (p *Pages) fill(v *showView) error {
	s := v.sight
	v.say, v.trendChart = s.sentence(), s.trend()
	v.bars, v.hasBars = s.comparison()
	v.ranges, v.hasRanges = s.spread()
	shapes, err := p.shapes.Boundaries(s.ctx)
	if err != nil {
		return err
	}
	v.area, v.hasArea = s.area(shapes)
	v.units, v.levelRow, v.orderRow = s.table(), s.levelChips(), s.orderChips()
	v.files = fileButtons(s.ctx, s.address(s.standing.Unit.Code))
	for _, stage := range s.stages {
		if len(s.stages) > 1 {
			v.tabs = append(v.tabs, shell.Tab{Label: stageText(s.ctx, stage), Address: s.address(s.standing.Unit.Code, "stage", string(stage)), Current: stage == s.stage})
		}
	}
	e, known := s.now.Explain(s.i.Name, s.standing.Unit.Code, s.stage)
	if known {
		v.facts, v.silent, v.cell = s.facts(e), s.silent(e), s.cellTable(e)
		v.parts = s.reads(e)
	}
	if s.i.Source.Checked != pack.Verified && s.i.Source.Checked != "" {
		v.doubt = shell.Text(s.ctx, "indicator.show."+string(s.i.Source.Checked), message.Args{"note": s.i.Source.Note.In(s.language)})
	}
	return nil
}

// facts are the head of the page: what the figure is and where it comes from.
func (s *sight) facts(e round.Explanation) []shell.Fact {
	name := func(word string) string { return shell.Text(s.ctx, "indicator.fact."+word) }
	facts := []shell.Fact{{Name: name("period"), Text: s.now.Period().Text(s.language)}}
	if text := thresholdText(s.ctx, s.line); text != "" {
		facts = append(facts, shell.Fact{Name: name("threshold"), Text: text + " " + shell.MeasureText(shell.From(s.ctx).Language, s.i.Measure),
			Note: shell.Text(s.ctx, "indicator.fact.since", message.Args{"date": s.line.ThresholdFrom.From.Text(s.language)})},
			shell.Fact{Name: name("threshold_source"), Body: cited(sourceText(s.line.ThresholdFrom.Source))})
	} else {
		facts = append(facts, shell.Fact{Name: name("threshold"), Text: shell.Text(s.ctx, "indicator.state.none")})
	}
	facts = append(facts, shell.Fact{Name: name("direction"), Text: shell.Text(s.ctx, "indicator.direction."+string(s.i.Direction))})
	if text := coverageText(s.line.Coverage); text != "" {
		facts = append(facts, shell.Fact{Name: name("coverage"), Text: text})
	}
	if text := s.shortText(s.line); text != "" {
		facts = append(facts, shell.Fact{Name: name("short"), Text: text})
	}
	facts = append(facts, shell.Fact{Name: name("formula"), Text: s.formulaWords(e)})
	if text := s.i.Variant.In(s.language); text != "" {
		facts = append(facts, shell.Fact{Name: name("variant"), Text: text})
	}
	facts = append(facts, shell.Fact{Name: name("of"), Text: s.kindsText()})
	if e.Population != nil {
		facts = append(facts, shell.Fact{Name: name("population"), Text: e.Population.Title.In(s.language),
			Note: shell.Text(s.ctx, "indicator.fact.left", message.Args{"count": shell.Count(len(e.Left))})})
	}
	source := shell.Fact{Name: name("source"), Body: cited(sourceText(s.i.Source))}
	if document, known := s.now.Scope().Document(s.i.Source.Document); known {
		source.Note = document.Title.In(s.language)
	}
	return append(facts, source)
}

// formulaToken is a name, a number or an operator of a formula; formulaSigns are operators as people write them.
var (
	formulaToken = regexp.MustCompile(`[\p{L}_][\p{L}\p{N}_.]*|[<>!=]=|[*/]`)
	formulaSigns = map[string]string{"*": "×", "/": "÷", ">=": "≥", "<=": "≤", "==": "=", "!=": "≠"}
)

// formulaWords writes the formula with the titles of what it names.
func (s *sight) formulaWords(e round.Explanation) string {
	if s.i.Share != nil {
		return shell.Text(s.ctx, "indicator.show.share", message.Args{"item": s.now.TitleOf(s.i.Share.Item, s.language), "by": s.now.TitleOf(s.i.Share.By, s.language)})
	}
	return formulaToken.ReplaceAllStringFunc(strings.TrimSpace(e.Formula), func(token string) string {
		if sign, known := formulaSigns[token]; known {
			return sign
		}
		if inner, cut := strings.CutPrefix(token, "switch."); cut {
			if one, declared := s.now.Scope().Switch(inner); declared {
				return one.Title.In(s.language)
			}
		}
		for name, let := range s.lets() {
			if name == token {
				return let
			}
		}
		return s.nameText(token)
	})
}

// nameText is the word for a function, a built-in name of units, or what is declared.
func (s *sight) nameText(token string) string {
	for _, key := range []string{"round.formula." + token, "indicator.name." + token} {
		if message.Has(key) {
			return shell.Text(s.ctx, key)
		}
	}
	return s.now.TitleOf(token, s.language)
}

// reads are the indicators that the formula reads, each with the way to its page.
func (s *sight) reads(e round.Explanation) []shell.Link {
	var links []shell.Link
	for _, part := range e.Parts {
		if i, known := s.now.Scope().Indicator(part.Name); known {
			links = append(links, shell.Link{Label: i.Title.In(s.language), Address: showAddress(s.ctx, i.Name, s.stage)})
		}
	}
	return links
}

// silent names the units that did not report something the figure needs.
func (s *sight) silent(e round.Explanation) shell.Table {
	table := shell.Table{Caption: shell.Text(s.ctx, "indicator.show.silent"), Columns: []shell.Column{{Title: shell.Text(s.ctx, "indicator.column.unit")},
		{Title: shell.Text(s.ctx, "indicator.column.missing")}}}
	for _, one := range e.Silent[:min(len(e.Silent), maxSilent)] {
		titles := make([]string, len(one.Missing))
		for k, name := range one.Missing {
			titles[k] = s.now.TitleOf(name, s.language)
		}
		name := one.Name
		if one.Stage != "" {
			name = shell.Text(s.ctx, "indicator.section", message.Args{"name": name, "stage": stageText(s.ctx, one.Stage)})
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: name, Address: s.address(one.Unit, "level", "")}, {Text: strings.Join(titles, shell.Text(s.ctx, "indicator.comma"))}})
	}
	if len(e.Silent) > 0 {
		table.Count = shell.Text(s.ctx, "indicator.show.count", message.Args{"count": shell.Count(len(e.Silent))})
	}
	return table
}

// sheet is the table of the units below as a file.
func (s *sight) sheet() xlsx.FigureTable {
	head := func(ctx context.Context, word string, width float64) xlsx.FigureColumn {
		return xlsx.FigureColumn{Head: shell.Text(ctx, "indicator.column."+word), Width: width}
	}
	title := s.i.Title.In(s.language)
	if s.stage != "" {
		title = shell.Text(s.ctx, "indicator.section", message.Args{"name": title, "stage": stageText(s.ctx, s.stage)})
	}
	table := xlsx.FigureTable{Name: shell.Text(s.ctx, "indicator.list.title"), Title: title, About: aboutText(s.ctx, s.standing), Note: sourceText(s.i.Source), Language: s.language,
		Columns: []xlsx.FigureColumn{head(s.ctx, "unit", 32), head(s.ctx, "value", 12), head(s.ctx, "measure", 14), head(s.ctx, "threshold", 10), head(s.ctx, "gap", 10),
			head(s.ctx, "state", 12), head(s.ctx, "short", 14), head(s.ctx, "reported", 8), head(s.ctx, "expected", 8), head(s.ctx, "why", 36)}}
	if len(s.stages) == 0 {
		return table
	}
	total := s.line
	total.UnitName = s.standing.Unit.Name
	for _, line := range append(s.lines[:len(s.lines):len(s.lines)], total) {
		gap := xlsx.FigureCell{Text: s.gapText(line)}
		value, known := line.Value.Number()
		if threshold, inForce := line.Threshold.Number(); known && inForce && gap.Text != "" {
			gap = xlsx.FigureCell{Number: value - threshold, Decimals: s.i.Decimals, Known: true}
		}
		table.Rows = append(table.Rows, []xlsx.FigureCell{textCell(line.UnitName), figureCell(s.ctx, line.Value, line.Logical, s.i.Decimals), textCell(shell.MeasureText(shell.From(s.ctx).Language, s.i.Measure)),
			textCell(thresholdText(s.ctx, line)), gap, textCell(verdictWord(s.ctx, line)), textCell(s.shortText(line)),
			{Number: float64(line.Coverage.Reported), Known: true}, {Number: float64(line.Coverage.Expected), Known: true}, textCell(whyText(s.ctx, s.now, line.Value))})
	}
	return table
}
