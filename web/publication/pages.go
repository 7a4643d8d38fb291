package publication

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/publication"
	"jiaoheng/record"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// maxListed is how many drafts, and how many other publications, the desk lists.
const maxListed = 500

// Records counts the rows of living registers by unit.
type Records interface {
	Summaries(ctx context.Context, r *pack.Register, post access.Post) (map[string]record.Summary, error)
}

// QuotaCounts returns how many people of each school below the unit of a request stand how to a quota in its period.
type QuotaCounts func(r *http.Request, quota string) (publication.Counts, error)

// Pages are the pages of the desk.
type Pages struct {
	store   publication.Store
	set     func() *pack.Set
	records Records
	quota   QuotaCounts
	nameOf  func(ctx context.Context, person string) string
}

// New returns the pages. nameOf gives the name of a person by id.
func New(set func() *pack.Set, store publication.Store, records Records, quota QuotaCounts, nameOf func(ctx context.Context, person string) string) *Pages {
	return &Pages{store: store, set: set, records: records, quota: quota, nameOf: nameOf}
}

// Route is one address of these pages.
type Route struct {
	Pattern string
	Handler shell.Handler
}

// Routes returns every address of these pages.
func (p *Pages) Routes() []Route {
	return []Route{
		{"GET /publication", p.List},
		{"GET /publication/new", p.New},
		{"POST /publication", p.Create},
		{"GET /publication/{id}", p.Show},
		{"POST /publication/{id}", p.Change},
		{"POST /publication/{id}/approve", p.Approve},
		{"POST /publication/{id}/withdraw", p.Withdraw},
	}
}

func text(ctx context.Context, key string, args ...message.Args) string {
	return shell.Text(ctx, "publication.page."+key, args...)
}

// mayWork tells whether the present post has work at the desk: it prepares, approves, or looks after the whole.
func mayWork(ctx context.Context) bool {
	post := shell.From(ctx).Actor.Post
	return shell.May(ctx, access.Change, access.Publication) || shell.May(ctx, access.Approve, access.Publication) || post.Role == access.Auditor
}

func page(ctx context.Context, title string) shell.Page {
	return shell.Page{Title: title, Word: "publication", Source: text(ctx, "source"), Styles: []string{"publication.css"},
		Trail: []shell.Link{{Label: text(ctx, "title"), Address: "/publication"}}}
}

// List shows every publication with its state.
func (p *Pages) List(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !mayWork(ctx) {
		return shell.NoRight
	}
	all, err := p.store.Publications(ctx, maxListed, publication.Draft) // what waits stands first
	if err != nil {
		return err
	}
	done, err := p.store.Publications(ctx, maxListed, publication.Published, publication.Withdrawn)
	if err != nil {
		return err
	}
	all = append(all, done...)
	frame := page(ctx, text(ctx, "title"))
	frame.Trail, frame.Lead = nil, text(ctx, "lead")
	if shell.May(ctx, access.Change, access.Publication) {
		frame.Actions = shell.Press(shell.Button{Label: text(ctx, "new"), Icon: "plus", Kind: "primary", Address: "/publication/new"})
	}
	return shell.Render(w, r, http.StatusOK, frame, deskList(p.table(ctx, all)))
}

func (p *Pages) table(ctx context.Context, all []publication.Publication) shell.Table {
	table := shell.Table{Caption: text(ctx, "title"), Count: text(ctx, "count", message.Args{"count": len(all)})}
	for _, word := range []string{"title", "kind", "state", "prepared", "approved"} {
		table.Columns = append(table.Columns, shell.Column{Title: text(ctx, "column."+word)})
	}
	for _, one := range all {
		table.Rows = append(table.Rows, []shell.Cell{{Text: one.Content.Title, Address: "/publication/" + one.ID, Written: true}, {Text: shell.Text(ctx, "publication.kind."+one.Content.Kind)},
			{Body: shell.StatusWord(condition(one.State), shell.Text(ctx, "publication.state."+string(one.State)))},
			{Text: p.nameOf(ctx, one.Preparer), Note: shell.Moment(ctx, one.PreparedAt)}, {Text: p.nameOf(ctx, one.Approver), Note: shell.Moment(ctx, one.PublishedAt)}})
	}
	return table
}

func condition(state publication.State) shell.Condition {
	switch state {
	case publication.Published:
		return shell.InUse
	case publication.Withdrawn:
		return shell.Stopped
	}
	return shell.Waiting
}

// New asks for a publication; with ?register= or ?quota= a table of counts stands in it already.
func (p *Pages) New(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !shell.May(ctx, access.Change, access.Publication) {
		return shell.NoRight
	}
	v := formView{action: actionOf(r)}
	v.content.Day = period.DayAt(shell.From(ctx).Now).String()
	v.content.Kind = publication.KindNotice
	table, err := p.taken(r)
	if err != nil {
		return err
	}
	if table != nil {
		v.content.Kind, v.content.Title = publication.KindFigures, table.Caption
		v.content.Blocks = []publication.Block{{Table: table}}
	}
	return p.form(w, r, http.StatusOK, v)
}

// actionOf is where the form of a new publication goes: it takes along what its table is taken from.
func actionOf(r *http.Request) string {
	if r.URL.RawQuery == "" {
		return "/publication"
	}
	return "/publication?" + r.URL.Query().Encode()
}

func (p *Pages) form(w http.ResponseWriter, r *http.Request, status int, v formView) error {
	ctx := r.Context()
	frame := page(ctx, text(ctx, "new"))
	frame.Lead = text(ctx, "new_lead")
	return shell.Render(w, r, status, frame, deskForm(v))
}

// Create stores a draft.
func (p *Pages) Create(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !shell.May(ctx, access.Change, access.Publication) {
		return shell.NoRight
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	v := formView{action: actionOf(r)}
	content, faults := p.posted(r)
	table, err := p.taken(r)
	if err != nil {
		return err
	}
	if table != nil {
		content.Blocks = append(content.Blocks, publication.Block{Table: table})
	}
	v.content = content
	var one publication.Publication
	if err = faults.Err(); err == nil {
		one, err = publication.Prepare(ctx, p.store, shell.From(ctx).Actor, shell.From(ctx).Actor.Post.Unit.Code, content)
	}
	if found := fault.Of(err); len(found) > 0 {
		v.form = shell.Form{Values: r.PostForm, Faults: found}
		return p.form(w, r, http.StatusUnprocessableEntity, v)
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, "/publication/"+one.ID, "publication.page.prepared", nil)
	return nil
}

// posted reads the form: paragraphs are lines, a table is lines with cells between tabs or upright strokes. Numbers of persons and
// things are given sums, and small ones are hidden before anything is stored.
func (p *Pages) posted(r *http.Request) (publication.Content, fault.List) {
	form, view := r.PostForm, shell.From(r.Context())
	content := publication.Content{Title: form.Get(publication.FieldTitle), Kind: form.Get(publication.FieldKind), Day: form.Get(publication.FieldDay),
		Unit: unitName(view.Tree, view.Actor.Post.Unit.Code)}
	for _, line := range strings.Split(form.Get(publication.FieldText), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			content.Blocks = append(content.Blocks, publication.Block{Text: line})
		}
	}
	table, faults := p.typedTable(r.Context(), form.Get(publication.FieldTable), form.Get("counts") != "")
	if table != nil {
		table.Caption = form.Get("caption")
		content.Blocks = append(content.Blocks, publication.Block{Table: table})
	}
	return content, faults
}

func unitName(tree *unit.Tree, code string) string {
	if one, known := tree.Find(code); known {
		return one.Name
	}
	if tree.Len() > 0 {
		return tree.At(0).Name
	}
	return ""
}

// typedTable reads a table as it was typed or pasted.
func (p *Pages) typedTable(ctx context.Context, typed string, counts bool) (*publication.Table, fault.List) {
	var rows [][]string
	for _, line := range strings.Split(strings.TrimSpace(typed), "\n") {
		line = strings.Trim(strings.TrimRight(line, "\r"), "|")
		if strings.TrimSpace(line) == "" {
			continue
		}
		separator := "\t"
		if !strings.Contains(line, separator) {
			separator = "|"
		}
		rows = append(rows, strings.Split(line, separator))
	}
	if len(rows) == 0 {
		return nil, nil
	}
	if !counts {
		return &publication.Table{Columns: rows[0], Rows: rows[1:]}, nil
	}
	numbers, names := make([][]int, 0, len(rows)), []string{}
	for n, row := range rows[1:] {
		var line []int
		for _, cell := range row[1:] {
			number, err := strconv.Atoi(strings.ReplaceAll(strings.TrimSpace(cell), ",", ""))
			if err != nil || number < 0 || number > 1e9 || len(row) != len(rows[0]) {
				return nil, fault.List{fault.At(fault.Place{Column: publication.FieldTable}, "publication.page.not_counts", message.Args{"row": n + 2})}
			}
			line = append(line, number)
		}
		numbers, names = append(numbers, line), append(names, row[0])
	}
	if len(numbers) == 0 || len(rows[0]) < 2 {
		return nil, fault.List{fault.At(fault.Place{Column: publication.FieldTable}, "publication.page.not_counts", message.Args{"row": 1})}
	}
	table, err := p.hidden(ctx, publication.Counts{Columns: rows[0], Names: names, Numbers: numbers})
	return table, fault.Of(err)
}
