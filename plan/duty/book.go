package duty

import (
	"slices"
	"strconv"
	"strings"

	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/publication"
)

// Book is the task book of a unit, or of the whole plan when Unit is "": the lines of the table that concern it, chapter by
// chapter of the plan. It is made anew from the tree whenever it is shown.
type Book struct {
	Table    *Table
	Unit     string // code
	Chapters []Chapter
}

// Chapter is the lines of a book under one heading of the plan.
type Chapter struct {
	Title string // "" for what stands under no heading
	Lines []Line
}

// Book returns the task book of a unit with everything below it, of the whole plan for "".
func (t *Table) Book(unit string) Book {
	book := Book{Table: t, Unit: unit}
	for _, line := range t.Only(Filter{Unit: unit, Below: true}) {
		title := ""
		if len(line.Node.Path) > 0 {
			title = line.Node.Path[0]
		}
		at := slices.IndexFunc(book.Chapters, func(c Chapter) bool { return c.Title == title })
		if at < 0 {
			at = len(book.Chapters)
			book.Chapters = append(book.Chapters, Chapter{Title: title})
		}
		book.Chapters[at].Lines = append(book.Chapters[at].Lines, line)
	}
	return book
}

// Count returns how many lines the book has.
func (b Book) Count() int {
	n := 0
	for _, c := range b.Chapters {
		n += len(c.Lines)
	}
	return n
}

// Heads returns the titles of the columns of a book.
func Heads(language message.Language) []string {
	keys := []string{"number", "kind", "node", "goal", "lead", "helpers", "due", "deliverables", "milestones"}
	heads := make([]string, len(keys))
	for i, key := range keys {
		heads[i] = message.Text(language, "duty.column."+key, nil)
	}
	return heads
}

// Cells returns a line of a book in words: see Heads. number is its number in the book.
func (t *Table) Cells(language message.Language, number int, line Line) []string {
	return []string{strconv.Itoa(number), plan.KindName(language, line.Node.Kind), line.Node.Name(), GoalText(language, line.Node), t.nameOrNone(language, line.Duty.Lead),
		strings.Join(t.namesOf(line.Duty.Helpers), "、"), dayText(language, line), strings.Join(line.Duty.Deliverables, "；"), marksText(language, line.Marks)}
}

func (t *Table) nameOrNone(language message.Language, code string) string {
	if code == "" {
		return message.Text(language, "duty.no_lead", nil)
	}
	return t.Name(code)
}

func (t *Table) namesOf(codes []string) []string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = t.Name(code)
	}
	return names
}

func dayText(language message.Language, line Line) string {
	if line.Due.IsZero() {
		return ""
	}
	return line.Due.Text(language)
}

func marksText(language message.Language, marks []Mark) string {
	all := make([]string, len(marks))
	for i, m := range marks {
		all[i] = message.Text(language, "duty.mark", message.Args{"name": m.Name, "day": m.Due.Text(language)})
	}
	return strings.Join(all, "；")
}

// GoalText returns what a target is to reach, "" for other nodes.
func GoalText(language message.Language, node Node) string {
	if node.Kind != plan.Target {
		return ""
	}
	return plan.ValueText(language, node.Fields)
}

// Content returns what is published of a book: a table for each chapter, cut where it grows too long for one.
func (b Book) Content(title, unitName, day string) publication.Content {
	language := message.Chinese
	content := publication.Content{Kind: publication.KindList, Title: title, Unit: unitName, Day: day}
	outline := b.Table.Outline
	content.Blocks = append(content.Blocks, publication.Block{Text: message.Text(language, "duty.book.source", message.Args{"title": outline.Version.Content.Title,
		"number": outline.Version.Number, "day": b.Table.Day.Text(language), "count": b.Count()})})
	number := 0
	for _, chapter := range b.Chapters {
		for part := range slices.Chunk(chapter.Lines, publication.MaxRows) {
			table := publication.Table{Caption: chapter.Title, Columns: Heads(language)}
			if table.Caption == "" {
				table.Caption = outline.Version.Content.Title
			}
			for _, line := range part {
				number++
				table.Rows = append(table.Rows, b.Table.Cells(language, number, line))
			}
			content.Blocks = append(content.Blocks, publication.Block{Table: &table})
		}
	}
	return content
}
