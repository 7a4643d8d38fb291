package quota

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/web/shell"
)

// List shows the quotas of the packs with what they ask of each post.
func (p *Pages) List(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if _, err := p.stand(r, period.Term); err != nil {
		return err
	}
	language := shell.From(ctx).Language
	table := shell.Table{Caption: shell.Text(ctx, "quota.page.title"), Columns: []shell.Column{{Title: shell.Text(ctx, "quota.page.name")},
		{Title: shell.Text(ctx, "quota.page.asks")}, {Title: shell.Text(ctx, "quota.page.every"), Align: shell.Short}, {Title: shell.Text(ctx, "quota.page.source")}}}
	for _, one := range p.desk.Scope().Quotas() {
		table.Rows = append(table.Rows, []shell.Cell{{Text: one.Title.In(language), Address: shell.Here(ctx, "/quota/"+one.Name)}, {Text: p.asks(ctx, one), Written: true},
			{Text: shell.Text(ctx, "quota.every."+strconv.Itoa(int(one.Every)))}, {Text: one.Source.Document + " " + one.Source.Clause, Written: true}})
	}
	page := shell.Page{Title: shell.Text(ctx, "quota.page.title"), Lead: shell.Text(ctx, "quota.page.lead"), Word: "register",
		Trail: []shell.Link{{Label: shell.Text(ctx, "register.page.title"), Address: shell.Here(ctx, "/register")}}}
	return shell.Render(w, r, http.StatusOK, page, quotaList(table))
}

// asks says in words what the latest value asks of each post: 校长20节、教师10节.
func (p *Pages) asks(ctx context.Context, one *pack.Quota) string {
	if len(one.Values) == 0 {
		return ""
	}
	people, _ := p.desk.Scope().Register(one.People.Register)
	last := one.Values[len(one.Values)-1]
	var words []string
	for _, option := range columnOf(people, one.People.Post).Choices {
		if least, owes := last.Least[option.Name]; owes {
			words = append(words, shell.Text(ctx, "quota.page.least", message.Args{"post": option.Title, "number": number(least), "measure": one.Measure}))
		}
	}
	return strings.Join(words, "；")
}

func columnOf(r *pack.Register, name string) *pack.Column {
	return r.Columns[columnNumber(r, name)]
}

// columnNumber is the number of a column that the loader found to be there.
func columnNumber(r *pack.Register, name string) int {
	return slices.IndexFunc(r.Columns, func(c *pack.Column) bool { return c.Name == name })
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
