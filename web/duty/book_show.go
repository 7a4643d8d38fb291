package duty

import (
	"context"
	"net/http"

	"jiaoheng/access"
	"jiaoheng/export/docx"
	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/plan/duty"
	"jiaoheng/publication"
	"jiaoheng/report"
	"jiaoheng/web/shell"
)

// bookView is the task book of a unit, or of the whole plan.
type bookView struct {
	Book   duty.Book
	Tabs   []shell.Tab
	Name   string // of the unit, or of the plan's own
	Title  string
	Units  []shell.Option
	Public *publication.Publication
	Draft  *publication.Publication
	Differ []duty.Difference
	nameOf func(ctx context.Context, id string) string
}

// bookKey is the column by which the rows of a published book are told apart: the name of the node.
const bookKey = 2

// openBook makes the book of the address: ?unit= or ?office= names whose.
func (p *Pages) openBook(r *http.Request) (bookView, error) {
	table, err := p.open(r)
	if err != nil {
		return bookView{}, err
	}
	ctx := r.Context()
	code := only(r, "unit")
	if office := only(r, "office"); code == "" {
		code = office
	}
	if _, known := table.Tree.Find(code); code != "" && !known {
		return bookView{}, shell.NotFound
	}
	view := bookView{Book: table.Book(code), Tabs: p.tabs(ctx, table.Outline, "book"), Name: table.Name(code), nameOf: p.nameOf}
	if code == "" || code == table.Home {
		// The book of the plan's own unit is that of the whole plan.
		view.Book, view.Name = table.Book(""), table.Name(table.Home)
	}
	view.Title = text(ctx, "book.title_of", message.Args{"unit": view.Name, "title": table.Outline.Version.Content.Title})
	view.Units = []shell.Option{{Label: text(ctx, "book.whole")}}
	for _, carrier := range table.Carriers() {
		view.Units = append(view.Units, shell.Option{Value: carrier, Label: table.Name(carrier)})
	}
	view.Public, view.Draft, err = p.desk.Published(ctx, p.store, duty.ReleaseBook, table.Outline.Plan.ID, view.Book.Unit)
	if err != nil {
		return view, err
	}
	if view.Public != nil {
		view.Differ = duty.Compare(view.Public.Content, view.content(ctx), bookKey)
	}
	return view, nil
}

// content is what would be published now.
func (v bookView) content(ctx context.Context) publication.Content {
	title := message.Text(message.Chinese, "duty.page.book.title_of", message.Args{"unit": v.Name, "title": v.Book.Table.Outline.Version.Content.Title})
	if runes := []rune(title); len(runes) > publication.MaxTitle {
		title = string(runes[:publication.MaxTitle])
	}
	return v.Book.Content(title, v.Book.Table.Name(v.Book.Table.Home), v.Book.Table.Day.String())
}

// Book shows the task book as it prints.
func (p *Pages) Book(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openBook(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	page := frame(ctx, view.Book.Table.Outline, view.Title)
	page.Actions = shell.Press(shell.Button{Label: text(ctx, "book.docx"), Icon: "download", Address: address(view.Book.Table.Outline.Plan.ID, "book", "docx") + "?unit=" + view.Book.Unit})
	return shell.Render(w, r, http.StatusOK, page, bookPage(view))
}

// chapter is the table of one chapter, numbered on from the lines before it.
func (v bookView) chapter(ctx context.Context, chapter duty.Chapter, before int) shell.Table {
	language := shell.From(ctx).Language
	table := shell.Table{Caption: chapter.Title}
	heads := duty.Heads(language)
	for _, n := range bookColumns {
		table.Columns = append(table.Columns, shell.Column{Title: heads[n]})
	}
	for i, line := range chapter.Lines {
		cells := v.Book.Table.Cells(language, before+i+1, line)
		row := make([]shell.Cell, len(bookColumns))
		for at, n := range bookColumns {
			row[at] = shell.Cell{Text: cells[n], Written: true}
		}
		row[0].Address, row[0].Note = nodeAddress(v.Book.Table.Outline.Plan.ID, line.Node.Track), text(ctx, "book.number", message.Args{"number": cells[0]})
		table.Rows = append(table.Rows, row)
	}
	return table
}

// bookColumns are the columns of a line as the page shows them: the node is the head of its row, its number stands below it.
var bookColumns = []int{bookKey, 1, 3, 4, 5, 6, 7, 8}

// Report makes a task book a document without format: a table for each chapter, with the lines that the page shows.
func Report(book duty.Book, title, unitName string) report.Report {
	outline := book.Table.Outline
	made := report.Report{Kind: report.Taskbook, Title: title, Plan: outline.Plan.ID, PlanName: outline.Version.Content.Title, Day: book.Table.Day.String(),
		Period: message.Text(message.Chinese, "duty.page.span", message.Args{"from": outline.Plan.From, "to": outline.Plan.To}), Unit: book.Unit, UnitName: unitName, Signed: unitName}
	made.Blocks = append(made.Blocks, report.Block{Text: message.Text(message.Chinese, "duty.book.source", message.Args{"title": outline.Version.Content.Title,
		"number": outline.Version.Number, "day": book.Table.Day.Text(message.Chinese), "count": book.Count()})})
	number := 0
	for _, chapter := range book.Chapters {
		title := chapter.Title
		if title == "" {
			title = outline.Version.Content.Title
		}
		made.Blocks = append(made.Blocks, report.Block{Heading: &report.Heading{Level: 1, Text: unlabelled(title)}})
		table := report.Table{Caption: title}
		for i, head := range duty.Heads(message.Chinese) {
			align := report.Words
			if i == 0 || i == 6 {
				align = report.Short
			}
			table.Columns = append(table.Columns, report.Column{Title: head, Align: align})
		}
		for _, line := range chapter.Lines {
			number++
			table.Rows = append(table.Rows, book.Table.Cells(message.Chinese, number, line))
		}
		made.Blocks = append(made.Blocks, report.Block{Table: &table})
	}
	return made
}

// BookFile sends the task book as a document.
func (p *Pages) BookFile(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openBook(r)
	if err != nil {
		return err
	}
	data, err := docx.WriteReport(Report(view.Book, view.Title, view.Name))
	if err != nil {
		return err
	}
	return send(w, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", view.Title+".docx", data)
}

// BookPublish hands the task book to publication.
func (p *Pages) BookPublish(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openBook(r)
	if err != nil {
		return err
	}
	return p.publish(w, r, duty.Release{Kind: duty.ReleaseBook, Plan: view.Book.Table.Outline.Plan.ID, Unit: view.Book.Unit}, view.Book.Table.Home, view.content(r.Context()))
}

// publish hands a content to publication and leads to the draft, which a second person approves.
func (p *Pages) publish(w http.ResponseWriter, r *http.Request, release duty.Release, home string, content publication.Content) error {
	if !shell.May(r.Context(), access.Change, access.Publication) || !plan.MayReview(actorOf(r).Post) {
		return shell.NoRight
	}
	one, err := p.desk.Publish(r.Context(), p.store, actorOf(r), release, home, content)
	return p.answer(w, r, err, "/publication/"+one.ID, "duty.page.handed_in")
}
