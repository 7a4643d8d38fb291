package letter

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// filler gathers the values of one letter and what lacks.
type filler struct {
	declared *pack.Letter
	of       Of
	head     Head
	values   map[string]string
	lacks    []string
}

// compose fills every text of the declaration. number is the number of the letter in its run.
//
// Errors: letter.lacks for each mark without a value, letter.too_long, letter.too_many_rows: all of them at once.
func compose(declared *pack.Letter, of Of, head Head, values map[string]string, parts *pack.Register, rows []register.Row, wanted []string) (Content, fault.List) {
	f := filler{declared: declared, of: of, head: head, values: values}
	content := Content{Kind: declared.Title.In(message.Chinese), Organ: head.Organ, Printed: head.Printed, Date: of.Day.String(), Values: values}
	content.Number = f.fill(declared.Number)
	content.Heading = f.fill(declared.Heading)
	content.To = strings.TrimRight(f.fill(declared.To), "：:")
	content.Signed = f.fill(declared.Signed)
	// 抄送 may be empty when the row has nobody to copy to.
	content.Copies = strings.TrimRight(fill(declared.Copies, values, func(string) {}), "。，、 ")
	for _, text := range declared.Body {
		content.Body = append(content.Body, f.fill(text))
	}
	if declared.Rows != nil && parts != nil {
		content.Table, content.Rows = tableOf(declared.Rows, parts, rows)
	}
	for _, mark := range wanted {
		f.want(mark)
	}
	content.Personal = NamesPersonal(declared, of.Register, parts)
	return content, f.faults(content, parts, len(rows))
}

func (f *filler) fill(text string) string { return fill(text, f.values, f.lack) }

func (f *filler) lack(mark string) {
	if !slices.Contains(f.lacks, mark) {
		f.lacks = append(f.lacks, mark)
	}
}

// want tells what a template names and the row does not have.
func (f *filler) want(mark string) {
	if !strings.HasPrefix(mark, "doc.") && !strings.HasPrefix(mark, MarkRow) && f.values[mark] == "" {
		f.lack(mark)
	}
}

func (f *filler) faults(content Content, parts *pack.Register, rows int) fault.List {
	var faults fault.List
	kind := f.declared.Title
	for _, mark := range f.lacks {
		faults.Add(fault.At(fault.Place{Column: mark}, "letter.lacks", message.Args{"mark": markTitle(f.of.Register, mark), "letter": kind}))
	}
	if n := utf8.RuneCountInString(content.Heading); n > MaxHead {
		faults.Add(fault.New("letter.heading_long", message.Args{"letter": kind, "limit": MaxHead, "length": n}))
	}
	for _, text := range content.Body {
		if n := utf8.RuneCountInString(text); n > MaxText {
			faults.Add(fault.New("letter.text_long", message.Args{"letter": kind, "limit": MaxText, "length": n}))
		}
	}
	if rows > MaxRows {
		faults.Add(fault.New("letter.too_many_rows", message.Args{"letter": kind, "limit": MaxRows, "register": parts.Title}))
	}
	return faults
}

// markTitle is a mark in words.
func markTitle(of *pack.Register, mark string) message.Pair {
	if slices.Contains(pack.MarksOfEveryLetter, mark) {
		key := "letter.every." + mark
		return message.Pair{Chinese: message.Text(message.Chinese, key, nil), English: message.Text(message.English, key, nil)}
	}
	if column := columnOf(of, mark); column != nil {
		return column.Title
	}
	return message.Pair{Chinese: mark}
}

func tableOf(declared *pack.LetterRows, parts *pack.Register, rows []register.Row) (*Table, []map[string]string) {
	table := &Table{Columns: []string{message.Text(message.Chinese, "letter.index", nil)}}
	var named []map[string]string
	for _, name := range declared.Columns {
		table.Columns = append(table.Columns, columnOf(parts, name).Title.In(message.Chinese))
	}
	for n, row := range rows {
		if n == MaxRows {
			break
		}
		cells, values := []string{strconv.Itoa(n + 1)}, map[string]string{MarkIndex: strconv.Itoa(n + 1)}
		for _, name := range declared.Columns {
			text := cellText(columnOf(parts, name), register.CellOf(parts, row, name))
			cells, values[MarkRow+name] = append(cells, text), text
		}
		table.Rows, named = append(table.Rows, cells), append(named, values)
	}
	return table, named
}

// valuesOf writes every value of the row that a letter may name. Personal cells are opened only where the pack's own text
// names them: it says so in the open, a template does not.
func (o *Office) valuesOf(ctx context.Context, declared *pack.Letter, of Of, head Head) (map[string]string, error) {
	row := of.Row
	row.Cells = slices.Clone(row.Cells)
	named := marksIn(texts(declared)...)
	if slices.ContainsFunc(of.Register.Columns, func(c *pack.Column) bool { return c.Personal && slices.Contains(named, c.Name) }) {
		opened, err := o.store.RegisterRow(ctx, of.Register, row.ID, true)
		if err != nil {
			return nil, err
		}
		for n, column := range of.Register.Columns {
			if column.Personal {
				row.Cells[n] = opened.Cells[n]
			}
		}
	}
	values := map[string]string{}
	for n, column := range of.Register.Columns {
		if n < len(row.Cells) && (!column.Personal || slices.Contains(named, column.Name)) {
			values[column.Name] = cellText(column, row.Cells[n])
		}
	}
	delete(values, pack.ColumnMaker) // ids say nothing to a reader
	delete(values, pack.ColumnPart)
	delete(values, pack.ColumnBack)
	values["bureau"], values["date"], values["note"] = head.Bureau, of.Day.Text(message.Chinese), strings.TrimSpace(of.Note)
	tree, err := o.store.Tree(ctx)
	if err != nil {
		return nil, err
	}
	values["unit"] = unitName(tree, row.Unit)
	values["lead"] = unitName(tree, of.Thing.Lead)
	if values["owner"], err = o.personName(ctx, of.Thing.Owner); err != nil {
		return nil, err
	}
	return values, nil
}

// unitName is the name of a unit; a section is written to as its school.
func unitName(tree *unit.Tree, code string) string {
	n, known := tree.Number(code)
	if !known {
		return ""
	}
	if tree.At(n).Kind == unit.Section && tree.Parent(n) >= 0 {
		n = tree.Parent(n)
	}
	return tree.At(n).Name
}

func (o *Office) personName(ctx context.Context, id string) (string, error) {
	if id == "" {
		return "", nil
	}
	one, err := o.store.Person(ctx, id)
	if errors.Is(err, person.ErrNotFound) {
		return "", nil
	}
	return one.Name, err
}
