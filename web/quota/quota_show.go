package quota

import (
	"context"
	"net/http"
	"strings"

	"jiaoheng/access"
	"jiaoheng/export/xlsx"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/register"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// quotaView is what the page of a quota shows.
type quotaView struct {
	scene
	sentence string
	asks     string
	chips    []shell.Chip
	table    shell.Table
	shown    *shell.Table // the list that is made public, opened; nil: not asked for
	mayOpen  bool
	draw     drawView
	form     shell.Form
}

var states = []register.QuotaState{"", register.QuotaUnmet, register.QuotaMet, register.QuotaUnknown}

// Show shows how far everybody is: persons at the own school, counts per school above it.
func (p *Pages) Show(w http.ResponseWriter, r *http.Request) error {
	s, err := p.open(r)
	if err != nil {
		return err
	}
	return p.show(w, r, http.StatusOK, quotaView{scene: s})
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request, status int, view quotaView) error {
	ctx := r.Context()
	s := view.scene
	wanted := register.QuotaState(r.URL.Query().Get("state"))
	view.sentence, view.asks = sentence(ctx, s), p.asks(ctx, s.quota)
	if s.single {
		view.table, view.chips = personTable(ctx, s, s.persons, ofState(s.progress.Duties, wanted), true), chips(ctx, s, wanted)
		view.mayOpen = s.quota.Show != pack.ShowNobody && p.mayOpen(ctx, s)
	} else {
		view.table = countTable(ctx, s)
	}
	var err error
	if view.draw, err = p.drawOf(ctx, s); err != nil {
		return err
	}
	page := shell.Page{Title: s.quota.Title.In(shell.From(ctx).Language), Lead: s.Unit.Name + " · " + s.Period.Text(shell.From(ctx).Language), Word: "register",
		Trail: []shell.Link{{Label: shell.Text(ctx, "quota.page.title"), Address: shell.Here(ctx, "/quota")}}, Source: shell.Text(ctx, "register.page.source"),
		Actions: quotaActions(s, wanted)}
	return shell.Render(w, r, status, page, quotaShow(view))
}

// mayOpen tells whether the present post may see the persons of the unit unmasked.
func (p *Pages) mayOpen(ctx context.Context, s scene) bool {
	view := shell.From(ctx)
	return access.May(view.Actor.Post, access.Open, access.Thing{Class: access.Personal, Unit: person.At(view.Tree, s.Unit.Code), Subject: s.done.Subject})
}

func ofState(duties []register.Duty, wanted register.QuotaState) []register.Duty {
	if wanted == "" {
		return duties
	}
	var found []register.Duty
	for _, d := range duties {
		if d.State() == wanted {
			found = append(found, d)
		}
	}
	return found
}

// sentence says from the figures how far the unit is.
func sentence(ctx context.Context, s scene) string {
	total := totals(s.progress.Counts())
	text := shell.Text(ctx, "quota.page.sentence", message.Args{"bound": shell.Count(total.Bound), "met": shell.Count(total.Met),
		"unmet": shell.Count(total.Unmet), "unknown": shell.Count(total.Unknown)})
	if s.progress.Strangers > 0 {
		text += shell.Text(ctx, "quota.page.strangers", message.Args{"count": shell.Count(s.progress.Strangers)})
	}
	return text
}

func totals(counts []register.QuotaCount) register.QuotaCount {
	var total register.QuotaCount
	for _, c := range counts {
		total.Bound, total.Met, total.Unmet, total.Unknown = total.Bound+c.Bound, total.Met+c.Met, total.Unmet+c.Unmet, total.Unknown+c.Unknown
	}
	return total
}

func chips(ctx context.Context, s scene, wanted register.QuotaState) []shell.Chip {
	var all []shell.Chip
	for _, state := range states {
		word := string(state)
		if word == "" {
			word = "all"
		}
		all = append(all, shell.Chip{Label: shell.Text(ctx, "quota.state."+word), Count: shell.Count(len(ofState(s.progress.Duties, state))),
			Address: s.address(ctx, "?state="+string(state)), Current: state == wanted})
	}
	return all
}

var conditions = map[register.QuotaState]shell.Condition{register.QuotaMet: shell.Met, register.QuotaUnmet: shell.Unmet, register.QuotaUnknown: shell.Unknown}

// personTable shows persons, masked or opened: number, names, posts, what is owed, done and lacking.
func personTable(ctx context.Context, s scene, persons []register.Row, duties []register.Duty, masked bool) shell.Table {
	t := shell.Table{Caption: s.quota.Title.In(shell.From(ctx).Language), Count: shell.Text(ctx, "quota.page.rows", message.Args{"count": shell.Count(len(duties))}),
		Empty: shell.Note(shell.Text(ctx, "quota.page.nobody"))}
	for i, c := range personColumns(ctx, s) {
		column := shell.Column{Title: c.Heading}
		if c.Number {
			column.Align, column.Unit = shell.Figures, s.quota.Measure
		}
		if i == 0 {
			column.Align = shell.Short
		}
		t.Columns = append(t.Columns, column)
	}
	t.Columns = append(t.Columns, shell.Column{Title: shell.Text(ctx, "quota.page.state"), Align: shell.Short})
	for _, d := range duties {
		var row []shell.Cell
		for _, text := range personCells(ctx, s, persons, d, masked) {
			row = append(row, shell.Cell{Text: text, Written: true})
		}
		t.Rows = append(t.Rows, append(row, shell.Cell{Body: shell.StatusWord(conditions[d.State()], shell.Text(ctx, "quota.state."+string(d.State())))}))
	}
	return t
}

// personColumns are the columns about a person: those of texts of the list of people, then what is owed.
func personColumns(ctx context.Context, s scene) []xlsx.TableColumn {
	language := shell.From(ctx).Language
	head := []xlsx.TableColumn{{Heading: columnOf(s.people, s.quota.People.Person).Title.In(language)}}
	for _, c := range textColumns(s) {
		head = append(head, xlsx.TableColumn{Heading: c.Title.In(language)})
	}
	return append(head, xlsx.TableColumn{Heading: columnOf(s.people, s.quota.People.Post).Title.In(language)},
		xlsx.TableColumn{Heading: shell.Text(ctx, "quota.page.owed"), Number: true}, xlsx.TableColumn{Heading: shell.Text(ctx, "quota.page.done"), Number: true},
		xlsx.TableColumn{Heading: shell.Text(ctx, "quota.page.lacks"), Number: true})
}

func textColumns(s scene) []*pack.Column {
	var all []*pack.Column
	for _, c := range s.people.Columns {
		if c.Type == pack.Line && c.Name != s.quota.People.Person && !c.Kept {
			all = append(all, c)
		}
	}
	return all
}

func personCells(ctx context.Context, s scene, persons []register.Row, d register.Duty, masked bool) []string {
	language := shell.From(ctx).Language
	row := persons[d.Row]
	text := func(c *pack.Column) string {
		cell := row.Cells[columnNumber(s.people, c.Name)]
		if masked && c.Personal {
			return register.Masked(cell, c)
		}
		return register.CellText(cell, c, language)
	}
	cells := []string{text(columnOf(s.people, s.quota.People.Person))}
	for _, c := range textColumns(s) {
		cells = append(cells, text(c))
	}
	var posts []string
	for _, option := range columnOf(s.people, s.quota.People.Post).Choices {
		for _, held := range d.Posts {
			if held == option.Name {
				posts = append(posts, option.Title.In(language))
			}
		}
	}
	done, lacks := d.Done.Text(language), number(d.Lacks())
	if d.State() == register.QuotaUnknown {
		done, lacks = d.Done.Text(language), ""
	}
	return append(cells, strings.Join(posts, "、"), number(d.Least), done, lacks)
}

// Export gives out what the page shows: persons masked, or counts per school.
func (p *Pages) Export(w http.ResponseWriter, r *http.Request) error {
	s, err := p.open(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	file := registerpages.File{Name: s.quota.Title.In(shell.From(ctx).Language) + "-" + s.Unit.Name + "-" + strings.ReplaceAll(s.Period.String(), "/", "-")}
	if !s.single {
		head, lines := countLines(ctx, s)
		file.Head = head
		return file.GiveOut(w, ctx, func(write func(line []string) error) error { return writeAll(write, lines) })
	}
	file.Head = append(personColumns(ctx, s), xlsx.TableColumn{Heading: shell.Text(ctx, "quota.page.state")})
	var lines [][]string
	for _, d := range ofState(s.progress.Duties, register.QuotaState(r.URL.Query().Get("state"))) {
		lines = append(lines, append(personCells(ctx, s, s.persons, d, true), shell.Text(ctx, "quota.state."+string(d.State()))))
	}
	return file.GiveOut(w, ctx, func(write func(line []string) error) error { return writeAll(write, lines) })
}

func writeAll(write func(line []string) error, lines [][]string) error {
	for _, line := range lines {
		if err := write(line); err != nil {
			return err
		}
	}
	return nil
}
