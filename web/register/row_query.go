package register

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// PageRows is how many rows a page of a list shows.
const PageRows = 100

// Limits of a list of rows.
const (
	sumRows    = 200_000 // rows that are added up for a page
	maxFilters = 8
	firstShown = 9 // columns that are shown when none are chosen
)

// The parts of an address that say which rows are shown, and how.
const (
	WherePart   = "where"   // column:test:value, several times
	ColumnsPart = "columns" // names, parted by commas
	SortPart    = "sort"    // a name, with - in front the other way round
	PagePart    = "page"
	allColumns  = "all"
)

// tests are the conditions of filters, in the order of the form; "in" is one of several choices and asked for by links alone.
var tests = []string{"is", "least", "most", "since", "until", "has", "none"}

// Condition is one filter of a list.
type Condition struct {
	column *pack.Column
	test   string
	value  string
	cell   register.Cell
	among  []string // names of choices
}

func (c Condition) part() string { return c.column.Name + ":" + c.test + ":" + c.value }

// text is the filter as part of a sentence.
func (c Condition) text(ctx context.Context) string {
	value := c.value
	switch c.test {
	case "is", "since", "until":
		value = CellText(ctx, c.cell, c.column)
	case "in":
		var names []string
		for _, name := range c.among {
			names = append(names, CellText(ctx, register.Cell{Known: true, Text: name}, c.column))
		}
		value = strings.Join(names, shell.Text(ctx, "register.page.or"))
	}
	return shell.Text(ctx, "register.page.test_text."+c.test, message.Args{"column": c.column.Title.In(shell.From(ctx).Language), "value": value})
}

func (c Condition) filter() register.Filter {
	filter := register.Filter{Column: c.column.Name}
	switch c.test {
	case "is":
		filter.Is = &c.cell
	case "least":
		filter.Least = &c.cell.Number
	case "most":
		filter.Most = &c.cell.Number
	case "since":
		filter.From = c.cell.Text
	case "until":
		filter.Until = c.cell.Text
	case "in":
		filter.In = c.among
	case "has":
		filter.Contains = c.value
	case "none":
		filter.Is = &register.Cell{}
	}
	return filter
}

// RowQuery is what the address says about a list of rows.
type RowQuery struct {
	Columns    []*pack.Column
	Sort       string
	Descending bool
	Page       int
	Faults     fault.List
	Extra      url.Values // further parts that every address of the list keeps

	address    string
	register   *pack.Register
	chosen     bool // columns were chosen
	conditions []Condition
}

// ReadQuery reads the address of a list of rows that stands at path. What it cannot read is a fault and left out. first are
// the columns that are shown when none are chosen.
func ReadQuery(r *http.Request, of *pack.Register, path string, first []*pack.Column) RowQuery {
	values := r.URL.Query()
	q := RowQuery{address: path, register: of, Page: 1}
	for _, part := range values[WherePart] {
		name, rest, _ := strings.Cut(part, ":")
		test, value, _ := strings.Cut(rest, ":")
		one, err := ReadCondition(of, name, test, value)
		switch {
		case err != nil:
			q.Faults.Add(err)
		case len(q.conditions) == maxFilters:
			q.Faults.Add(fault.New("register.page.filters_many", message.Args{"limit": maxFilters}))
		default:
			q.conditions = append(q.conditions, one)
		}
	}
	if names := values.Get(ColumnsPart); names == allColumns {
		q.Columns, q.chosen = of.Columns, true
	} else if names != "" {
		for _, name := range strings.Split(names, ",") {
			if c, known := ColumnOf(of, name); known && !slices.Contains(q.Columns, c) {
				q.Columns, q.chosen = append(q.Columns, c), true
			}
		}
	}
	if !q.chosen {
		q.Columns = first
	}
	q.Sort, q.Descending = strings.CutPrefix(values.Get(SortPart), "-")
	if c, known := ColumnOf(of, q.Sort); q.Sort != "unit" && (!known || !Sortable(c)) {
		q.Sort, q.Descending = "", false
	}
	if page, err := strconv.Atoi(values.Get(PagePart)); err == nil && page > 1 {
		q.Page = min(page, 1_000_000)
	}
	return q
}

// ReadCondition reads one filter: a column, a test and a value.
//
// Errors: a fault when the test does not fit the column or the value cannot be read.
func ReadCondition(of *pack.Register, name, test, value string) (Condition, *fault.Fault) {
	column, known := ColumnOf(of, name)
	fits := known && Sortable(column) && slices.Contains(testsOf(column), test)
	value = strings.TrimSpace(value)
	c := Condition{column: column, test: test, value: value}
	switch {
	case !fits:
		return c, fault.At(fault.Place{Column: "column"}, "register.page.filter_unfit", nil)
	case test == "none":
		return c, nil
	case value == "":
		return c, fault.At(fault.Place{Column: "value"}, "register.page.filter_empty", nil)
	case test == "has":
		return c, nil
	case test == "in":
		for name := range strings.SplitSeq(value, ",") {
			if !slices.ContainsFunc(column.Choices, func(o pack.Option) bool { return o.Name == name }) {
				return c, fault.At(fault.Place{Column: "column"}, "register.page.filter_unfit", nil)
			}
			c.among = append(c.among, name)
		}
		return c, nil
	}
	var err *fault.Fault
	if c.cell, err = register.ReadCell(value, column); err != nil {
		err.Place = fault.Place{Column: "value"}
	}
	return c, err
}

// testsOf are the tests that fit a column.
func testsOf(c *pack.Column) []string {
	switch {
	case c.Type.Numeric():
		return []string{"is", "least", "most", "none"}
	case c.Type == pack.Line:
		return []string{"is", "has", "none"}
	case c.Type == pack.Date:
		return []string{"is", "since", "until", "none"}
	case c.Type == pack.Choice:
		return []string{"is", "in", "none"}
	}
	return []string{"is", "none"}
}

// ColumnOf finds a column of a register by name.
func ColumnOf(of *pack.Register, name string) (*pack.Column, bool) {
	for _, c := range of.Columns {
		if c.Name == name {
			return c, true
		}
	}
	return nil, false
}

// Sortable tells whether the store can narrow and sort by a column.
func Sortable(c *pack.Column) bool { return register.Stored(c) && !c.Personal }

// firstColumns are those that are shown when nobody chose: the key, what is required, then the others as they come, and
// what is computed, since that is what people look for.
func firstColumns(of *pack.Register) []*pack.Column {
	var first []*pack.Column
	add := func(fits func(c *pack.Column) bool) {
		for _, c := range of.Columns {
			if len(first) < firstShown && fits(c) && !slices.Contains(first, c) {
				first = append(first, c)
			}
		}
	}
	add(func(c *pack.Column) bool { return slices.Contains(of.Key, c.Name) })
	add(func(c *pack.Column) bool { return c.Required })
	add(func(c *pack.Column) bool { return !register.Stored(c) })
	add(func(c *pack.Column) bool { return true })
	slices.SortFunc(first, func(a, b *pack.Column) int { return slices.Index(of.Columns, a) - slices.Index(of.Columns, b) })
	return first
}

// Values are the parts of the address that say what is shown, without unit and period.
func (q RowQuery) Values() url.Values {
	values := url.Values{}
	for name, all := range q.Extra {
		values[name] = slices.Clone(all)
	}
	for _, one := range q.conditions {
		values.Add(WherePart, one.part())
	}
	if q.chosen {
		var names []string
		for _, c := range q.Columns {
			names = append(names, c.Name)
		}
		values.Set(ColumnsPart, strings.Join(names, ","))
		if len(names) == len(q.register.Columns) {
			values.Set(ColumnsPart, allColumns)
		}
	}
	if q.Sort != "" {
		sort := q.Sort
		if q.Descending {
			sort = "-" + sort
		}
		values.Set(SortPart, sort)
	}
	if q.Page > 1 {
		values.Set(PagePart, strconv.Itoa(q.Page))
	}
	return values
}

// Here is the address of the list after a change of what is shown.
func (q RowQuery) Here(ctx context.Context, change func(values url.Values)) string {
	values := q.Values()
	if change != nil {
		change(values)
	}
	return shell.Here(ctx, q.address+"?"+values.Encode())
}

// Sorted is the address of the list sorted by a column, the other way round when it is already.
func (q RowQuery) Sorted(ctx context.Context, name string) (address, order string) {
	next := name
	if q.Sort == name {
		order = "ascending"
		if q.Descending {
			order = "descending"
		} else {
			next = "-" + name
		}
	}
	return q.Here(ctx, func(values url.Values) {
		values.Set(SortPart, next)
		values.Del(PagePart)
	}), order
}

// Head is the head of a column, with the address that sorts by it.
func (q RowQuery) Head(ctx context.Context, c *pack.Column) shell.Column {
	column := shell.Column{Title: c.Title.In(shell.From(ctx).Language), Unit: MeasureOf(ctx, c), Align: AlignOf(c)}
	if Sortable(c) {
		column.Sort, column.Order = q.Sorted(ctx, c.Name)
	}
	return column
}

// Turns are the pages of the list, at most as many as most.
func (q RowQuery) Turns(ctx context.Context, count, most int) shell.Pages {
	turn := func(to int) string {
		return q.Here(ctx, func(values url.Values) { values.Set(PagePart, strconv.Itoa(to)) })
	}
	pages := shell.Pages{Page: q.Page, Of: min(PagesOf(count), most)}
	if q.Page > 1 {
		pages.Before = turn(q.Page - 1)
	}
	if q.Page < pages.Of {
		pages.After = turn(q.Page + 1)
	}
	return pages
}

// PagesOf is how many pages so many rows take.
func PagesOf(count int) int { return max(1, (count+PageRows-1)/PageRows) }

// FileAddress gives out what the list shows.
func (q RowQuery) FileAddress(ctx context.Context, format string) string {
	values := q.Values()
	values.Del(PagePart)
	values.Set("format", format)
	return shell.Here(ctx, q.address+"/export?"+values.Encode())
}

// Narrow adds the filters and the order of the list to a query.
func (q RowQuery) Narrow(query register.Query) register.Query {
	query.Filters = append(query.Filters, q.Filters()...)
	query.Sort, query.Descending = q.Sort, q.Descending
	return query
}

// Asked returns the address of the list with what its forms ask for, a filter or other columns; "" when they ask for nothing, and
// every fault of the address.
func (q RowQuery) Asked(r *http.Request) (string, fault.List) {
	ctx, values := r.Context(), r.URL.Query()
	switch {
	case values.Has("column"):
		one, err := ReadCondition(q.register, values.Get("column"), values.Get("test"), values.Get("value"))
		if err != nil {
			return "", append(q.Faults, err)
		}
		return q.With(ctx, one), nil
	case values.Has("show"):
		return q.Here(ctx, func(to url.Values) { to.Set(ColumnsPart, strings.Join(values["show"], ",")) }), nil
	}
	return "", q.Faults
}

// With is the address of the list with one filter more.
func (q RowQuery) With(ctx context.Context, more ...Condition) string {
	return q.Here(ctx, func(values url.Values) {
		for _, one := range more {
			if !slices.Contains(values[WherePart], one.part()) {
				values.Add(WherePart, one.part())
			}
		}
		values.Del(PagePart)
	})
}

// Narrowed tells whether a filter of a column is on.
func (q RowQuery) Narrowed(column string) bool {
	return slices.ContainsFunc(q.conditions, func(c Condition) bool { return c.column.Name == column })
}

// Filters are the filters that are on.
func (q RowQuery) Filters() []register.Filter {
	var filters []register.Filter
	for _, one := range q.conditions {
		filters = append(filters, one.filter())
	}
	return filters
}

// Has tells whether a filter is on, as the address writes it.
func (q RowQuery) Has(part string) bool {
	return slices.ContainsFunc(q.conditions, func(c Condition) bool { return c.part() == part })
}

// Chosen tells whether columns were chosen.
func (q RowQuery) Chosen() bool { return q.chosen }

// Without takes the filters of a column out of the parts of an address.
func Without(values url.Values, column string) {
	values[WherePart] = slices.DeleteFunc(slices.Clone(values[WherePart]), func(part string) bool { return strings.HasPrefix(part, column+":") })
}
