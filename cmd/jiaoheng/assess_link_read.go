package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/intake"
	"jiaoheng/message"
	"jiaoheng/stats/equate"
	"jiaoheng/stats/table"
)

// tableFactor is the factor in the exponent that slopes in tables are meant with unless told otherwise.
const tableFactor = 1.7

// linkForms are the items of both forms, their slopes meant with one factor.
type linkForms struct {
	fresh, old []equate.LinkItem
	factor     float64
}

// itemFile is a file of item parameters: the forms in order of their first rows, and whether it is the result of a fit, whose
// slopes have no factor.
type itemFile struct {
	forms  []string
	items  map[string][]equate.LinkItem
	fitted bool
}

// read reads both forms, from one file or two.
func (c *assessLinkCommand) read(e *environment) (linkForms, error) {
	one, err := readItems(c.New, e.in)
	if err != nil {
		return linkForms{}, err
	}
	if c.Old == "" {
		return c.divide(one)
	}
	two, err := readItems(c.Old, e.in)
	if err != nil {
		return linkForms{}, err
	}
	forms := linkForms{factor: c.Factor}
	var faults fault.List
	forms.fresh, err = one.form(c.New, c.From)
	faults.Add(fault.Of(err)...)
	forms.old, err = two.form(c.Old, c.To)
	faults.Add(fault.Of(err)...)
	if faults != nil {
		return forms, faults.Err()
	}
	if forms.factor == 0 {
		forms.factor = tableFactor
		if one.fitted && two.fitted {
			forms.factor = 1
		}
	}
	if one.fitted {
		forms.fresh = withFactor(forms.fresh, forms.factor)
	}
	if two.fitted {
		forms.old = withFactor(forms.old, forms.factor)
	}
	return forms, nil
}

// form returns the items of the form named, or of the only one.
func (f itemFile) form(path, name string) ([]equate.LinkItem, error) {
	if name == "" && len(f.forms) == 1 {
		name = f.forms[0]
	}
	if f.items[name] == nil {
		return nil, fault.At(fault.Place{File: dataName(path)}, "irt.link_two_forms", message.Args{"forms": strings.Join(f.forms, ", ")})
	}
	return f.items[name], nil
}

// withFactor writes slopes that have no factor as slopes that are meant with one.
func withFactor(items []equate.LinkItem, factor float64) []equate.LinkItem {
	out := slices.Clone(items)
	for i := range out {
		out[i].Slope /= factor
	}
	return out
}

// divide takes two forms out of one table.
func (c *assessLinkCommand) divide(file itemFile) (linkForms, error) {
	from, to := c.From, c.To
	if len(file.forms) == 2 && from == "" && to == "" {
		from, to = file.forms[0], file.forms[1]
	}
	forms := linkForms{fresh: file.items[from], old: file.items[to], factor: c.Factor}
	if forms.fresh == nil || forms.old == nil || from == to {
		return forms, fault.At(fault.Place{File: dataName(c.New)}, "irt.link_forms", message.Args{"forms": strings.Join(file.forms, ", ")})
	}
	if forms.factor == 0 {
		forms.factor = tableFactor
	}
	return forms, nil
}

// readItems reads item parameters from a table or from the JSON of a fit.
func readItems(path string, in io.Reader) (itemFile, error) {
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return itemFile{}, fault.At(fault.Place{File: path}, "command.cannot_open", message.Args{"error": reasonOf(err)})
		}
		first, err := bufio.NewReader(file).Peek(1)
		file.Close()
		if err == nil && first[0] == '{' {
			return fittedItems(path)
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return itemFile{}, dataFault(path, err)
		}
	}
	data, err := readData(path, in)
	if err != nil {
		return itemFile{}, err
	}
	return tabledItems(path, data)
}

// fittedItems reads the JSON of assess irt.
func fittedItems(path string) (itemFile, error) {
	data, err := readInput(path, nil)
	if err != nil {
		return itemFile{}, err
	}
	place := fault.Place{File: dataName(path)}
	if len(data) > intake.MaxUpload {
		return itemFile{}, fault.At(place, "intake.too_large", message.Args{"size": len(data) >> 20, "limit": intake.MaxUpload >> 20})
	}
	var fit struct {
		Model      string
		Items      []string
		Slope      []float64
		Difficulty []json.RawMessage
		Guessing   []float64
	}
	if err := json.Unmarshal(data, &fit); err != nil || len(fit.Items) == 0 || len(fit.Slope) != len(fit.Items) || len(fit.Difficulty) != len(fit.Items) {
		return itemFile{}, fault.At(place, "irt.link_not_fit", nil)
	}
	items := make([]equate.LinkItem, len(fit.Items))
	for i, name := range fit.Items {
		items[i] = equate.LinkItem{Name: name, Slope: fit.Slope[i], Cumulative: fit.Model == "GRM"}
		var one float64
		if json.Unmarshal(fit.Difficulty[i], &one) == nil {
			items[i].Steps = []float64{one}
		} else if json.Unmarshal(fit.Difficulty[i], &items[i].Steps) != nil {
			return itemFile{}, fault.At(place, "irt.link_not_fit", nil)
		}
		items[i].Cumulative = items[i].Cumulative && len(items[i].Steps) > 1
		if i < len(fit.Guessing) {
			items[i].Guess = fit.Guessing[i]
		}
	}
	return itemFile{[]string{""}, map[string][]equate.LinkItem{"": items}, true}, nil
}

// tabledItems reads a table of item parameters.
func tabledItems(path string, data *table.Table) (itemFile, error) {
	place := fault.Place{File: dataName(path)}
	columns := map[string]*table.Column{}
	var steps []string
	var faults fault.List
	for i := range data.Columns {
		name := strings.ToLower(data.Columns[i].Name)
		_, isStep := strings.CutPrefix(name, "b")
		switch {
		case slices.Contains([]string{"form", "item", "a", "c", "model"}, name):
		case isStep && (name == "b" || isWhole(name[1:])):
			steps = append(steps, name)
		default:
			faults.Add(fault.At(fault.Place{File: place.File, Column: data.Columns[i].Name}, "irt.link_column", nil))
		}
		columns[name] = &data.Columns[i]
	}
	if columns["item"] == nil || columns["a"] == nil || len(steps) == 0 {
		faults.Add(fault.At(place, "irt.link_columns", nil))
	}
	if faults != nil {
		return itemFile{}, faults.Err()
	}
	file := itemFile{items: map[string][]equate.LinkItem{}}
	for row := range data.Rows {
		item := equate.LinkItem{Name: cellText(columns["item"], row), Slope: cellNumber(columns["a"], row), Guess: cellNumber(columns["c"], row)}
		if math.IsNaN(item.Guess) {
			item.Guess = 0
		}
		for _, step := range steps {
			if b := cellNumber(columns[step], row); !math.IsNaN(b) {
				item.Steps = append(item.Steps, b)
			}
		}
		model := strings.ToLower(cellText(columns["model"], row))
		item.Cumulative = model == "grm" && len(item.Steps) > 1
		form := cellText(columns["form"], row)
		if !slices.Contains(file.forms, form) {
			file.forms = append(file.forms, form)
		}
		if slices.ContainsFunc(file.items[form], func(other equate.LinkItem) bool { return other.Name == item.Name }) {
			faults.Add(fault.At(fault.Place{File: place.File, Row: row + 2}, "irt.link_double", message.Args{"item": item.Name}))
		}
		file.items[form] = append(file.items[form], item)
	}
	return file, faults.Err()
}

func isWhole(text string) bool {
	_, err := strconv.Atoi(text)
	return err == nil
}

// cellText is a cell as text, "" when it is missing or there is no such column.
func cellText(column *table.Column, row int) string {
	switch {
	case column == nil, column.Missing != nil && column.Missing[row]:
		return ""
	case column.Text:
		return column.Levels[column.Codes[row]]
	}
	return strconv.FormatFloat(column.Numbers[row], 'g', -1, 64)
}

// cellNumber is a cell as a number, NaN when it is missing, no number or there is no such column.
func cellNumber(column *table.Column, row int) float64 {
	if column == nil || column.Text || column.Missing != nil && column.Missing[row] {
		return math.NaN()
	}
	return column.Numbers[row]
}

// pairs returns the common items in the same order.
func (f linkForms) pairs(e *environment, path string) (fresh, old []equate.LinkItem, err error) {
	find := func(items []equate.LinkItem, name string) int {
		return slices.IndexFunc(items, func(item equate.LinkItem) bool { return item.Name == name })
	}
	if path == "" {
		for _, item := range f.fresh {
			if at := find(f.old, item.Name); at >= 0 {
				fresh, old = append(fresh, item), append(old, f.old[at])
			}
		}
		return fresh, old, nil
	}
	data, err := readData(path, e.in)
	if err != nil {
		return nil, nil, err
	}
	place := fault.Place{File: dataName(path)}
	if len(data.Columns) < 1 || len(data.Columns) > 2 {
		return nil, nil, fault.At(place, "irt.link_common", nil)
	}
	last := len(data.Columns) - 1 // one column: the items have the same name in both forms
	var faults fault.List
	for row := range data.Rows {
		names := [2]string{cellText(&data.Columns[0], row), cellText(&data.Columns[last], row)}
		at := [2]int{find(f.fresh, names[0]), find(f.old, names[1])}
		for side, index := range at {
			if index < 0 {
				faults.Add(fault.At(fault.Place{File: place.File, Row: row + 2}, "irt.link_unknown", message.Args{"item": names[side]}))
			}
		}
		if at[0] >= 0 && at[1] >= 0 {
			fresh, old = append(fresh, f.fresh[at[0]]), append(old, f.old[at[1]])
		}
	}
	return fresh, old, faults.Err()
}
