package letter

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/access"
	"jiaoheng/export/xlsx"
	"jiaoheng/letter"
	"jiaoheng/message"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// pageRows is how many letters a page of the list holds; maxExport how many a file holds.
const (
	pageRows  = 100
	maxExport = 20_000
)

// listing is what an address asks the register of letters for, and what was found.
type listing struct {
	years   []int
	year    int
	kind    string
	words   string
	page    int
	letters []letter.Letter // that may be seen and that fit
	kinds   []letter.Letter // one of each kind of the year
}

// List shows the letters of a year.
func (p *Pages) List(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	found, err := p.find(r)
	if err != nil {
		return err
	}
	page := shell.Page{Title: text(ctx, "title"), Lead: text(ctx, "lead"), Word: "register", Wide: true, Source: text(ctx, "source"), Trail: trail(ctx)}
	if len(found.letters) > 0 {
		page.Actions = shell.Press(shell.Button{Label: text(ctx, "export"), Icon: "download", Address: found.address("/letter/export", 0)})
	}
	return shell.Render(w, r, http.StatusOK, page, letterList(p, found))
}

func (p *Pages) find(r *http.Request) (listing, error) {
	ctx := r.Context()
	if !shell.May(ctx, access.See, access.Record) {
		return listing{}, shell.NoRight
	}
	years, err := p.store.LetterYears(ctx)
	if err != nil {
		return listing{}, err
	}
	asked := r.URL.Query()
	found := listing{years: years, kind: asked.Get("kind"), words: strings.TrimSpace(asked.Get("words"))}
	found.year, _ = strconv.Atoi(asked.Get("year"))
	if !slices.Contains(years, found.year) && len(years) > 0 {
		found.year = years[0]
	}
	if found.page, _ = strconv.Atoi(asked.Get("page")); found.page < 1 {
		found.page = 1
	}
	if len(years) == 0 {
		return found, nil
	}
	for after := 0; ; after += letter.MaxList {
		some, err := p.store.Letters(ctx, letter.Query{Year: found.year, After: after})
		if err != nil {
			return found, err
		}
		seen, err := p.seen(ctx, some)
		if err != nil {
			return found, err
		}
		for _, one := range seen {
			found.take(one)
		}
		if len(some) < letter.MaxList {
			return found, nil
		}
	}
}

func (l *listing) take(one letter.Letter) {
	if !slices.ContainsFunc(l.kinds, func(other letter.Letter) bool { return other.Name == one.Name }) {
		l.kinds = append(l.kinds, one)
	}
	if l.kind != "" && l.kind != one.Name {
		return
	}
	c := one.Content
	if l.words == "" || strings.Contains(c.Number+"\n"+c.Heading+"\n"+c.To, l.words) {
		l.letters = append(l.letters, one)
	}
}

// address returns the list or its file with the same conditions.
func (l listing) address(path string, page int) string {
	values := url.Values{}
	if l.year != 0 {
		values.Set("year", strconv.Itoa(l.year))
	}
	if l.kind != "" {
		values.Set("kind", l.kind)
	}
	if l.words != "" {
		values.Set("words", l.words)
	}
	if page > 1 {
		values.Set("page", strconv.Itoa(page))
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}

func (l listing) yearChips() []shell.Chip {
	chips := make([]shell.Chip, len(l.years))
	for n, year := range l.years {
		other := listing{year: year, kind: l.kind, words: l.words}
		chips[n] = shell.Chip{Label: strconv.Itoa(year), Current: year == l.year, Address: other.address("/letter", 0)}
	}
	return chips
}

func (l listing) kindChips(ctx context.Context, p *Pages) []shell.Chip {
	all := listing{year: l.year, words: l.words}
	chips := []shell.Chip{{Label: text(ctx, "every_kind"), Current: l.kind == "", Address: all.address("/letter", 0)}}
	for _, one := range l.kinds {
		all.kind = one.Name
		chips = append(chips, shell.Chip{Label: p.kindTitle(ctx, one), Current: l.kind == one.Name, Address: all.address("/letter", 0)})
	}
	return chips
}

func (l listing) pages() shell.Pages {
	pages := shell.Pages{Of: (len(l.letters) + pageRows - 1) / pageRows}
	pages.Page = min(l.page, max(1, pages.Of))
	if pages.Page > 1 {
		pages.Before = l.address("/letter", pages.Page-1)
	}
	if pages.Page < pages.Of {
		pages.After = l.address("/letter", pages.Page+1)
	}
	return pages
}

func (l listing) table(ctx context.Context, p *Pages) shell.Table {
	table := shell.Table{Caption: text(ctx, "title"), Count: text(ctx, "count", message.Args{"count": shell.Count(len(l.letters))})}
	for _, word := range []string{"number", "heading", "to", "kind", "day"} {
		column := shell.Column{Title: text(ctx, "column."+word)}
		if word == "day" {
			column.Align = shell.Short
		}
		table.Columns = append(table.Columns, column)
	}
	from := (l.pages().Page - 1) * pageRows
	for _, one := range l.letters[min(from, len(l.letters)):min(from+pageRows, len(l.letters))] {
		table.Rows = append(table.Rows, []shell.Cell{{Text: one.Content.Number, Address: "/letter/" + one.ID, Written: true}, {Text: one.Content.Heading, Written: true}, {Text: one.Content.To, Written: true},
			{Text: p.kindTitle(ctx, one)}, {Text: one.Day.Text(shell.From(ctx).Language)}})
	}
	table.Empty = shell.EmptyState(shell.Empty{Icon: "filter", Title: text(ctx, "none_fit"), Text: text(ctx, "none_fit_why"),
		Next: []shell.Button{{Label: text(ctx, "all_of_year"), Address: listing{year: l.year}.address("/letter", 0)}}})
	return table
}

// Export gives out the list as it is narrowed, all of its pages.
func (p *Pages) Export(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	found, err := p.find(r)
	if err != nil {
		return err
	}
	table := xlsx.Table{Name: text(ctx, "sheet")}
	for _, word := range []string{"number", "heading", "to", "kind", "day", "by", "hash"} {
		table.Columns = append(table.Columns, xlsx.TableColumn{Heading: text(ctx, "column."+word), Wide: word == "heading"})
	}
	for _, one := range found.letters[:min(maxExport, len(found.letters))] {
		table.Rows = append(table.Rows, []string{one.Content.Number, one.Content.Heading, one.Content.To, p.kindTitle(ctx, one), one.Day.String(),
			p.nameOf(ctx, one.Person), one.Hash})
	}
	var out bytes.Buffer
	if err := xlsx.WriteTable(&out, table); err != nil {
		return err
	}
	return registerpages.GiveOut(w, text(ctx, "sheet")+"-"+strconv.Itoa(found.year)+".xlsx", registerpages.WorkbookType, out.Bytes())
}
