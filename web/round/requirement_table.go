package round

import (
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"jiaoheng/round"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// table shows the requirements of a group, with the parts of those that are open.
func (v showView) table(g group) shell.Table {
	t := shell.Table{Caption: g.title, Columns: []shell.Column{{Title: v.text("round.column.requirement")}, {Title: v.text("round.column.value"), Align: shell.Figures},
		{Title: v.text("round.column.threshold"), Align: shell.Figures}, {Title: v.text("round.column.verdict"), Align: shell.Short},
		{Title: v.text("round.column.lack"), Align: shell.Short}, {Title: v.text("round.column.coverage"), Align: shell.Short}}}
	for _, one := range g.items {
		t.Rows = v.rows(t.Rows, one, 0, g.stage())
	}
	return t
}

func (v showView) rows(rows [][]shell.Cell, one requirement, depth int, stage unit.Stage) [][]shell.Cell {
	rows = append(rows, v.row(one, depth, stage))
	if !slices.Contains(v.open, one.key()) {
		return rows
	}
	for _, part := range one.parts {
		rows = v.rows(rows, part, depth+1, stage)
	}
	return rows
}

// row is one requirement. The stage stands behind its name where the title of the group does not say it.
func (v showView) row(one requirement, depth int, said unit.Stage) []shell.Cell {
	l := one.line
	stage := l.Stage
	if stage == said {
		stage = ""
	}
	name := nameCell{code: codeText(l.Code, l.Name), title: v.titleOf(l.Title, stage), address: v.lineAddress(l), depth: depth}
	if len(one.parts) > 0 {
		name.toggle, name.isOpen = v.toggle(one.key()), slices.Contains(v.open, one.key())
		name.parts = len(one.parts)
	}
	if variant := l.Variant.In(v.language); variant != "" {
		name.note = variant
	}
	if source, doubtful := doubt(l); doubtful {
		name.doubt, name.doubtNote = v.doubtText(source), source.Note.In(v.language)
	}
	return []shell.Cell{{Body: nameBody(name)}, {Body: v.valueBody(l)}, {Text: v.thresholdText(l)}, {Body: verdictBody(l)}, v.lackBody(l), {Text: v.coverageText(l), Note: v.failingText(l)}}
}

// toggle is the address that opens or closes the parts of a requirement.
func (v showView) toggle(key string) string {
	address := v.address("/round")
	for _, one := range v.open {
		if one != key {
			address += "&open=" + url.QueryEscape(one)
		}
	}
	if !slices.Contains(v.open, key) {
		address += "&open=" + url.QueryEscape(key)
	}
	return address
}

func (a *asked) valueBody(l round.Line) templ.Component {
	partial := ""
	if number, known := a.partial(l); known {
		partial = shell.Number(number, l.Decimals)
	}
	return valueCell(a.valueText(l), unitIf(l, a), partial)
}

func unitIf(l round.Line, a *asked) string {
	if !l.Value.Known() && a.partialUnknown(l) {
		return ""
	}
	return unitText(l.Measure, l.Logical, a.language)
}

func (a *asked) partialUnknown(l round.Line) bool {
	_, known := a.partial(l)
	return !known
}

func (a *asked) lackBody(l round.Line) shell.Cell {
	text := a.lackText(l)
	if text == "" {
		return shell.Cell{}
	}
	return shell.Cell{Body: lackCell(text)}
}

// failingText says how many units below fail.
func (a *asked) failingText(l round.Line) string {
	if l.Failing == 0 || l.Judged < 2 || !l.HasValue {
		return ""
	}
	return a.text("round.failing", map[string]any{"failing": l.Failing, "judged": l.Judged})
}

// partial is the figure of those units that reported, for a value that lacks some of them. It never stands without the word
// that it is partial.
func (a *asked) partial(l round.Line) (float64, bool) {
	if l.Value.Known() || !l.HasValue || l.Logical {
		return 0, false
	}
	value, known := a.outcome.Partial(l.Name, l.Stage, l.Row)
	if !known {
		return 0, false
	}
	return value.Number()
}
