package todo

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/message"
	"jiaoheng/todo"
	"jiaoheng/web/shell"
)

// pageItems is how many rows one page of the list holds.
const pageItems = 50

// Pages are the pages about what one person has to do.
type Pages struct {
	Desk   *todo.Desk
	Store  todo.Store
	NameOf func(ctx context.Context, person string) string
}

// listView is what the list shows.
type listView struct {
	tabs      []shell.Tab
	chips     []shell.Chip
	registers []shell.Option
	filter    todo.Filter
	sheets    []sheet
	pages     shell.Pages
	more      bool
	any       bool // there is something, whatever the filter
	shown     int
}

// sheet is one group of items.
type sheet struct {
	title string
	table shell.Table
}

// List shows what waits for the present post, the most pressing first.
func (p Pages) List(w http.ResponseWriter, r *http.Request) error {
	ctx, view := r.Context(), shell.From(r.Context())
	list, err := p.Desk.Of(ctx, view.Tree, view.Actor.Post)
	if err != nil {
		return err
	}
	query := r.URL.Query()
	filter := todo.Filter{Group: todo.Group(query.Get("group")), Register: query.Get("register"), Text: strings.TrimSpace(query.Get("text"))}
	if !slices.Contains(todo.Groups(), filter.Group) {
		filter.Group = ""
	}
	items := list.Only(filter, view.Tree)
	page, _ := strconv.Atoi(query.Get("page"))
	of := max(1, (len(items)+pageItems-1)/pageItems)
	page = min(max(page, 1), of)
	shown := listView{filter: filter, more: list.More, any: len(list.Items) > 0, shown: len(items), pages: shell.Pages{Page: page, Of: of}}
	if page > 1 {
		shown.pages.Before = address(filter, page-1)
	}
	if page < of {
		shown.pages.After = address(filter, page+1)
	}
	shown.sheets = p.sheets(ctx, items[(page-1)*pageItems:min(page*pageItems, len(items))])
	shown.chips, shown.registers = chipsOf(ctx, list, filter), p.registersOf(ctx, list)
	if shown.tabs, err = p.tabs(ctx, "todo.list."); err != nil {
		return err
	}
	return shell.Render(w, r, http.StatusOK, frameOf(ctx, "todo.list."), listShow(shown))
}

// frameOf is the frame of one of the pages; words is where its texts begin.
func frameOf(ctx context.Context, words string) shell.Page {
	return shell.Page{Title: shell.Text(ctx, words+"title"), Lead: shell.Text(ctx, words+"lead"), Word: "todo",
		Source: shell.Text(ctx, "todo.source")}
}

// tabs are the views that the present post has.
func (p Pages) tabs(ctx context.Context, current string) ([]shell.Tab, error) {
	post := shell.From(ctx).Actor.Post
	unread, err := p.Store.NoticesUnread(ctx, post.Person)
	if err != nil {
		return nil, err
	}
	tab := func(words, address string) shell.Tab {
		return shell.Tab{Label: shell.Text(ctx, words+"tab"), Address: address, Current: words == current}
	}
	told := tab("todo.notices.", "/todo/notices")
	if unread > 0 {
		told.Count = shell.Count(unread)
	}
	tabs := []shell.Tab{tab("todo.list.", "/todo"), told}
	if todo.MayOverview(post) {
		tabs = append(tabs, tab("todo.overview.", "/todo/overview"))
	}
	return append(tabs, tab("todo.settings.", "/todo/settings")), nil
}

// address is the page of the list under a filter.
func address(f todo.Filter, page int) string {
	query := url.Values{}
	for name, value := range map[string]string{"group": string(f.Group), "register": f.Register, "text": f.Text} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if page > 1 {
		query.Set("page", strconv.Itoa(page))
	}
	if len(query) == 0 {
		return "/todo"
	}
	return "/todo?" + query.Encode()
}

func chipsOf(ctx context.Context, list todo.List, filter todo.Filter) []shell.Chip {
	view, every := shell.From(ctx), filter
	every.Group = ""
	rest := todo.List{Items: list.Only(every, view.Tree)}
	counts := rest.Counts()
	chips := []shell.Chip{{Label: shell.Text(ctx, "todo.list.all"), Count: shell.Count(len(rest.Items)), Address: address(every, 1), Current: filter.Group == ""}}
	for _, g := range todo.Groups() {
		if counts[g] == 0 && g != filter.Group {
			continue
		}
		with := filter
		with.Group = g
		chips = append(chips, shell.Chip{Label: g.Text(view.Language), Count: shell.Count(counts[g]), Address: address(with, 1), Current: g == filter.Group})
	}
	return chips
}

func (p Pages) registersOf(ctx context.Context, list todo.List) []shell.Option {
	options := []shell.Option{{Label: shell.Text(ctx, "todo.list.every_register")}}
	for _, r := range p.Desk.Registers(list) {
		options = append(options, shell.Option{Value: r.Name, Label: r.Title.In(shell.From(ctx).Language)})
	}
	return options
}

// sheets groups the items of a page.
func (p Pages) sheets(ctx context.Context, items []todo.Item) []sheet {
	var all []sheet
	head := func(word string) string { return shell.Text(ctx, "todo.list."+word) }
	for _, group := range todo.Groups() {
		var rows [][]shell.Cell
		for _, i := range items {
			if i.Group == group {
				rows = append(rows, p.row(ctx, i))
			}
		}
		if len(rows) == 0 {
			continue
		}
		title, last := group.Text(shell.From(ctx).Language), shell.Column{Title: head("next"), Align: shell.Short}
		if group == todo.Others {
			last = shell.Column{Title: head("waiting")}
		}
		all = append(all, sheet{title: title, table: shell.Table{Caption: title, Rows: rows, Columns: []shell.Column{{Title: head("what")}, {Title: head("unit")},
			{Title: head("state"), Align: shell.Short}, {Title: head("due"), Align: shell.Short}, last}}})
	}
	return all
}

// row is one item of the table.
func (p Pages) row(ctx context.Context, i todo.Item) []shell.Cell {
	language := shell.From(ctx).Language
	u, _ := shell.From(ctx).Tree.Find(i.Unit)
	last := shell.Cell{Body: nextButton(i)}
	if i.Group == todo.Others {
		last = shell.Cell{Text: i.Waiting(language)}
		if i.Owner != "" {
			last.Note = shell.Text(ctx, "todo.list.owner", message.Args{"name": p.NameOf(ctx, i.Owner)})
		}
	}
	return []shell.Cell{{Text: i.Heading, Address: i.Address(), Note: i.Register.Title.In(language)}, {Text: u.Name},
		{Body: shell.StatusWord(condition(i), i.State.Title.In(language))}, {Body: dueText(i), Note: dueNote(ctx, i)}, last}
}

// condition is the sign of the state, red when the row is late.
func condition(i todo.Item) shell.Condition {
	switch {
	case i.Left < 0:
		return shell.Overdue
	case i.Group == todo.Today || i.Group == todo.Soon:
		return shell.AtRisk
	case i.Group == todo.Silent:
		return shell.Unreported
	}
	return shell.Waiting
}

// dueNote is the day of the deadline, or since when nothing moved.
func dueNote(ctx context.Context, i todo.Item) string {
	if i.Due.IsZero() {
		return shell.Text(ctx, "todo.list.changed", message.Args{"day": shell.Date(ctx, i.Changed)})
	}
	return i.Due.Text(shell.From(ctx).Language)
}
