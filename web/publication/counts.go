package publication

import (
	"context"
	"net/http"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/publication"
	"jiaoheng/web/shell"
)

// parameterSmall is the parameter of a pack that says how small a count may be that is told, with its source; mostSmall bounds it.
const (
	parameterSmall = "publication_small_count"
	mostSmall      = 1000
)

// Parts of an address that name what a table is taken from.
const (
	registerPart = "register"
	quotaPart    = "quota"
)

// small returns the smallest count that is told, and where that stands.
//
// Errors: the fault publication.page.small_unknown when no pack says it for today.
func (p *Pages) small(ctx context.Context) (int, string, error) {
	today := period.DayAt(shell.From(ctx).Now)
	if parameter, known := p.set().Everything().Parameter(parameterSmall); known {
		if value, dated, ok := pack.ResolveFor("", parameter.Values, today, nil, nil); ok && value >= 1 && value <= mostSmall {
			return int(value), dated.Source.Document + "：" + dated.Source.Clause, nil
		}
	}
	return 0, "", fault.List{fault.New("publication.page.small_unknown", message.Args{"name": parameterSmall, "limit": mostSmall})}
}

// hidden makes of counts a table in which small ones, and what would tell them, are hidden already.
func (p *Pages) hidden(ctx context.Context, counts publication.Counts) (*publication.Table, error) {
	small, source, err := p.small(ctx)
	if err != nil {
		return nil, err
	}
	total := message.Text(message.Chinese, "publication.page.total", nil)
	if counts.Total == "" {
		counts.Total = total
	}
	counts.Totals, counts.Other = total, message.Text(message.Chinese, "publication.page.other_units", nil)
	table := counts.Table(small, message.Text(message.Chinese, "publication.page.hidden_note", message.Args{"small": small, "source": source}))
	return &table, nil
}

// taken makes the table that the address of a request asks for: counts of a register, or of a quota; nil when it asks for none.
func (p *Pages) taken(r *http.Request) (*publication.Table, error) {
	asked := r.URL.Query()
	var counts publication.Counts
	var err error
	switch {
	case asked.Get(registerPart) != "":
		counts, err = p.countsOf(r.Context(), asked.Get(registerPart))
	case asked.Get(quotaPart) != "":
		counts, err = p.quota(r, asked.Get(quotaPart))
	default:
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return p.hidden(r.Context(), counts)
}

// countsOf counts how many rows of a living register the units below the present post have in each state.
func (p *Pages) countsOf(ctx context.Context, name string) (publication.Counts, error) {
	view := shell.From(ctx)
	of, known := p.set().Everything().Register(name)
	if !known || !of.Living() {
		return publication.Counts{}, shell.NotFound
	}
	root := view.Actor.Post.Unit
	if !access.May(view.Actor.Post, access.See, access.Thing{Class: access.Record, Unit: root, Subject: of.Subject}) {
		return publication.Counts{}, shell.NoRight
	}
	units, err := p.records.Summaries(ctx, of, view.Actor.Post)
	if err != nil {
		return publication.Counts{}, err
	}
	day := period.DayAt(view.Now).Text(message.Chinese)
	counts := publication.Counts{Columns: []string{message.Text(message.Chinese, "publication.page.unit", nil)},
		Caption: message.Text(message.Chinese, "publication.page.counts_of", message.Args{"register": of.Title}),
		Source:  message.Text(message.Chinese, "publication.page.counts_source", message.Args{"register": of.Title, "day": day})}
	for _, state := range of.Life.States {
		counts.Columns = append(counts.Columns, state.Title.In(message.Chinese))
	}
	number, known := view.Tree.Number(root.Code)
	if !known {
		number = 0
	}
	line := func(name string, from, to int) {
		sums, any := make([]int, len(of.Life.States)), false
		for n := from; n < to; n++ {
			for k, state := range of.Life.States {
				sums[k] += units[view.Tree.At(n).Code].States[state.Name]
				any = any || sums[k] > 0
			}
		}
		if any {
			counts.Names, counts.Numbers = append(counts.Names, name), append(counts.Numbers, sums)
		}
	}
	line(view.Tree.At(number).Name, number, number+1) // its own, which stand at no unit below
	for _, child := range view.Tree.Children(number) {
		below := view.Tree.Subtree(child)
		line(view.Tree.At(child).Name, below.From, below.To)
	}
	if len(counts.Names) == 0 {
		counts.Names, counts.Numbers = []string{view.Tree.At(number).Name}, [][]int{make([]int, len(of.Life.States))}
	}
	return counts, nil
}
