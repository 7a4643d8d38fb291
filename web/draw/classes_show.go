package draw

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"jiaoheng/draw/ceremony"
	"jiaoheng/draw/class"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// classesView is what the page of a draw of classes shows.
type classesView struct {
	d       ceremony.Draw
	drawn   bool
	runs    bool
	figures []shell.Figure
	said    []string
	levels  shell.Table
	scores  shell.Table
	sizes   string
}

func (k classesKind) part(ctx context.Context, s shown) templ.Component {
	v := classesView{d: s.d, drawn: s.result != nil, runs: s.runs}
	c := k.certificate(s)
	if !v.drawn {
		var known bool
		if c, known = bounds(s); !known {
			return classesPart(v)
		}
		c.Scores = nil // means before the draw say nothing
		v.figures = []shell.Figure{{Label: text(ctx, "counted.pupils"), Value: shell.Count(c.Pupils)}, {Label: text(ctx, "counted.classes"), Value: shell.Count(c.Classes)},
			{Label: text(ctx, "counted.levels"), Value: shell.Count(len(c.Levels))}, {Label: text(ctx, "counted.bound"), Value: shell.Count(c.Together + c.Apart + c.Locked)}}
	} else {
		v.figures, v.said = k.figures(ctx, s), c.Sentences
	}
	v.sizes = sizesText(ctx, c)
	v.levels = levelTable(ctx, c, v.drawn)
	v.scores = scoreTable(ctx, c)
	return classesPart(v)
}

// sizesText are the sizes of the classes, from the smallest to the largest.
func sizesText(ctx context.Context, c class.Certificate) string {
	if len(c.Sizes) == 0 {
		return ""
	}
	least, most := c.Sizes[0], c.Sizes[0]
	for _, size := range c.Sizes {
		least, most = min(least, size), max(most, size)
	}
	if least == most {
		return text(ctx, "size_even", message.Args{"size": least})
	}
	return text(ctx, "size_between", message.Args{"least": least, "most": most})
}

// shownClasses is up to how many classes the counts of a level stand in the table.
const shownClasses = 12

func levelTable(ctx context.Context, c class.Certificate, drawn bool) shell.Table {
	table := shell.Table{Caption: text(ctx, "levels"), Columns: []shell.Column{{Title: text(ctx, "column.attribute")}, {Title: text(ctx, "column.level")},
		{Title: text(ctx, "column.pupils"), Align: shell.Figures}, {Title: text(ctx, "column.minimum"), Align: shell.Figures}}}
	if drawn {
		table.Columns = append(table.Columns, shell.Column{Title: text(ctx, "column.spread"), Align: shell.Figures}, shell.Column{Title: text(ctx, "column.verdict"), Align: shell.Short}, shell.Column{Title: text(ctx, "column.why")})
	}
	levels := slices.Clone(c.Levels)
	slices.SortStableFunc(levels, func(a, b class.LevelFigures) int { // their order in the lines is hidden on purpose
		return cmp.Or(strings.Compare(a.Attribute, b.Attribute), strings.Compare(a.Level, b.Level))
	})
	for _, level := range levels {
		name := level.Level
		if name == "" {
			name = text(ctx, "blank")
		}
		row := []shell.Cell{{Text: level.Attribute, Written: true}, {Text: name, Written: true}, {Text: shell.Count(level.Pupils)}, {Text: shell.Count(level.Minimum)}}
		if drawn {
			verdict := shell.StatusWord(shell.Met, text(ctx, "verdict_reached"))
			if level.Avoidable > 0 {
				verdict = shell.StatusWord(shell.AtRisk, text(ctx, "verdict_missed", message.Args{"count": level.Avoidable}))
			}
			note := ""
			if len(level.Counts) <= shownClasses {
				note = countsText(level.Counts)
			}
			row = append(row, shell.Cell{Text: shell.Count(level.Spread)}, shell.Cell{Body: verdict}, shell.Cell{Text: level.Why, Note: note, Written: true})
		}
		table.Rows = append(table.Rows, row)
	}
	table.Count = text(ctx, "levels_count", messageCount(len(c.Levels)))
	return table
}

// countsText are the numbers of a level by class.
func countsText(counts []int) string {
	words := make([]string, len(counts))
	for n, count := range counts {
		words[n] = strconv.Itoa(count)
	}
	return strings.Join(words, " · ")
}

func scoreTable(ctx context.Context, c class.Certificate) shell.Table {
	table := shell.Table{Caption: text(ctx, "scores")}
	if len(c.Scores) == 0 {
		return table
	}
	table.Columns = []shell.Column{{Title: text(ctx, "column.class")}, {Title: text(ctx, "column.size"), Align: shell.Figures}}
	for _, score := range c.Scores {
		table.Columns = append(table.Columns, shell.Column{Title: text(ctx, "mean_of", message.Args{"score": score.Name}), Align: shell.Figures},
			shell.Column{Title: text(ctx, "deviation_of", message.Args{"score": score.Name}), Align: shell.Figures})
	}
	for n, size := range c.Sizes {
		row := []shell.Cell{{Text: text(ctx, "class_number", message.Args{"class": n + 1})}, {Text: shell.Count(size)}}
		for _, score := range c.Scores {
			row = append(row, shell.Cell{Text: decimal(score.Means[n])}, shell.Cell{Text: decimal(score.Deviations[n])})
		}
		table.Rows = append(table.Rows, row)
	}
	table.Total = []shell.Cell{{Text: text(ctx, "range")}, {Text: ""}}
	for _, score := range c.Scores {
		table.Total = append(table.Total, shell.Cell{Text: decimal(score.MeanSpread)}, shell.Cell{Text: decimal(score.DeviationRange)})
	}
	return table
}

// columnView is a column of a roster as the form of the rules shows it.
type columnView struct {
	field  shell.Field
	sample string
}

// columnsOf are the columns of the roster with their roles.
func columnsOf(ctx context.Context, v rulesView) []columnView {
	var options []shell.Option
	for _, role := range roles {
		options = append(options, shell.Option{Value: role, Label: text(ctx, "role."+role)})
	}
	var all []columnView
	for n, head := range v.heads("roster") {
		if head == "" {
			continue
		}
		values := map[string]bool{}
		for _, row := range v.tables["roster"].Rows {
			if n < len(row) && row[n] != head && row[n] != "" {
				values[row[n]] = true
			}
		}
		role := roleOf(v.values, n, head)
		one := columnView{field: shell.Field{Name: roleField(n), Kind: "select", Label: head, Value: role, Options: options, Required: true}}
		if role != roleID && role != roleName { // names and numbers are not shown
			one.sample = text(ctx, "values_count", messageCount(len(values)))
		}
		all = append(all, one)
	}
	return all
}

// specialColumns are the columns that the rule for special needs may ask.
func specialColumns(v rulesView) []shell.Option {
	options := []shell.Option{{}}
	for n, head := range v.heads("roster") {
		if roleOf(v.values, n, head) == roleBalance {
			options = append(options, shell.Option{Value: head, Label: head})
		}
	}
	return options
}
