package publication

import (
	"context"
	"strconv"
	"time"

	"jiaoheng/access"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/publication"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// beijing is the clock by which days begin.
var beijing = time.FixedZone("UTC+8", 8*60*60)

// parameterSmall is the parameter with which a pack of the bureau may raise the smallest count that is told, with its source.
const parameterSmall = "publication_small_count"

// small returns the smallest count that is told, and where that stands: a parameter of a pack, else the number of the program.
func (p *Pages) small(ctx context.Context) (int, string) {
	language, today := shell.From(ctx).Language, period.DateOf(shell.From(ctx).Now.In(beijing))
	if parameter, known := p.set().Everything().Parameter(parameterSmall); known {
		if value, dated, ok := pack.ResolveFor("", parameter.Values, today, nil, nil); ok && value >= 1 && value <= 1000 {
			return int(value), dated.Source.Document + dated.Source.Clause
		}
	}
	return publication.SmallCount, message.Text(language, "publication.page.small_source", nil)
}

// counts makes a table of how many rows of a living register the units below the present post have in each state.
func (p *Pages) counts(ctx context.Context, name string) (*publication.Table, error) {
	view := shell.From(ctx)
	of, known := p.set().Everything().Register(name)
	if !known || !of.Living() {
		return nil, shell.NotFound
	}
	root := view.Actor.Post.Unit
	if !access.May(view.Actor.Post, access.See, access.Thing{Class: access.Record, Unit: root, Subject: of.Subject}) {
		return nil, shell.NoRight
	}
	columns := []string{message.Text(message.Chinese, "publication.page.unit", nil)}
	for _, state := range of.Life.States {
		columns = append(columns, state.Title.In(message.Chinese))
	}
	var names []string
	var numbers [][]int
	number, known := view.Tree.Number(root.Code)
	if !known {
		number = 0
	}
	for _, child := range view.Tree.Children(number) {
		line, sum, err := p.states(ctx, of, view.Tree.At(child).Code)
		if err != nil {
			return nil, err
		}
		if sum > 0 && len(names) < publication.MaxRows-1 {
			names, numbers = append(names, view.Tree.At(child).Name), append(numbers, line)
		}
	}
	if len(names) == 0 {
		names, numbers = []string{view.Tree.At(number).Name}, [][]int{make([]int, len(of.Life.States))}
	}
	table := p.hidden(ctx, columns, names, numbers)
	table.Caption = message.Text(message.Chinese, "publication.page.counts_of", message.Args{"register": of.Title})
	table.Source = message.Text(message.Chinese, "publication.page.counts_source", message.Args{"register": of.Title, "day": period.DateOf(view.Now.In(beijing)).Text(message.Chinese)})
	return table, nil
}

func (p *Pages) states(ctx context.Context, of *pack.Register, under string) (line []int, sum int, err error) {
	for _, state := range of.Life.States {
		is := register.Cell{Known: true, Text: state.Name}
		n, err := p.store.RegisterCount(ctx, of, register.Query{Under: under, Filters: []register.Filter{{Column: pack.ColumnState, Is: &is}}})
		if err != nil {
			return nil, 0, err
		}
		line, sum = append(line, n), sum+n
	}
	return line, sum, nil
}

// hidden makes a table of counts with sums, in which small counts and what would tell them are hidden already.
func (p *Pages) hidden(ctx context.Context, columns, names []string, numbers [][]int) *publication.Table {
	small, source := p.small(ctx)
	full := publication.Totals(numbers)
	hide := publication.Hide(full, small)
	total := message.Text(message.Chinese, "publication.page.total", nil)
	table := &publication.Table{Columns: append(append([]string{}, columns...), total)}
	some := false
	for i, row := range full {
		name := total
		if i < len(names) {
			name = names[i]
		}
		cells := []string{name}
		for j, n := range row {
			if some = some || hide[i][j]; hide[i][j] {
				cells = append(cells, publication.Hidden)
				continue
			}
			cells = append(cells, strconv.Itoa(n))
		}
		table.Rows = append(table.Rows, cells)
	}
	if some {
		table.Note = message.Text(message.Chinese, "publication.page.hidden_note", message.Args{"small": small, "source": source})
	}
	return table
}

// living returns the registers whose counts may be made public.
func (p *Pages) living() []*pack.Register {
	var all []*pack.Register
	for _, of := range p.set().Everything().Registers() {
		if of.Living() {
			all = append(all, of)
		}
	}
	return all
}
