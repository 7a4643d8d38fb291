package round

import (
	"strings"

	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/standard"
)

// CellLine is one cell of an indicator over cells, such as stage and subject.
type CellLine struct {
	Title   string
	Value   measure.Value
	Verdict standard.Verdict
}

// CellLines returns the cells behind a line, each judged by the standard of the line; nil for an indicator without cells.
func (o *Outcome) CellLines(line Line, language message.Language) []CellLine {
	i, measured := o.prepared.scope.Indicator(line.Name)
	if !measured || i.Cells == nil {
		return nil
	}
	o.lock.Lock()
	cells := o.run.CellsAt(i, line.Stage, line.Row)
	o.lock.Unlock()
	lines := make([]CellLine, len(cells.Keys))
	for k, key := range cells.Keys {
		lines[k] = CellLine{Title: o.cellTitle(i.Cells, key, language), Value: cells.Values.Get(k, i.Name)}
		value, known := lines[k].Value.Number()
		threshold, inForce := line.Threshold.Number()
		if line.Comparator != "" && known && inForce {
			lines[k].Verdict = standard.Fail
			if standard.Met(line.Comparator, value, threshold) {
				lines[k].Verdict = standard.Pass
			}
		}
	}
	return lines
}

// cellTitle names a cell by the titles of its choices.
func (o *Outcome) cellTitle(cells *pack.Cells, key []string, language message.Language) string {
	names := append([]string{}, key...)
	if register, known := o.prepared.scope.Register(cells.Register); known {
		for at := range names {
			for _, column := range register.Columns {
				if column.Name == cells.By[at] {
					names[at] = optionTitle(column.Choices, names[at], language)
				}
			}
		}
	}
	return strings.Join(names, " ")
}

func optionTitle(options []pack.Option, name string, language message.Language) string {
	for _, option := range options {
		if option.Name == name {
			return option.Title.In(language)
		}
	}
	return name
}
