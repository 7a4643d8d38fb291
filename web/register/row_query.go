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

// Limits of a list of rows.
const (
	pageRows   = 100
	sumRows    = 200_000 // rows that are added up for a page
	maxFilters = 8
	firstShown = 9 // columns that are shown when none are chosen
)

// The parts of an address that say which rows are shown, and how.
const (
	wherePart   = "where"   // column:test:value, several times
	columnsPart = "columns" // names, parted by commas
	sortPart    = "sort"    // a name, with - in front the other way round
	pagePart    = "page"
	allColumns  = "all"
)

// tests are the conditions of filters, in the order of the form.
var tests = []string{"is", "least", "most", "has", "none"}

// condition is one filter of a list.
type condition struct {
	column *pack.Column
	test   string
	value  string
	cell   register.Cell
}

func (c condition) part() string { return c.column.Name + ":" + c.test + ":" + c.value }

// text is the filter as part of a sentence.
func (c condition) text(ctx context.Context) string {
	value := c.value
	if c.test == "is" {
		value = cellText(ctx, c.cell, c.column)
	}
	return shell.Text(ctx, "register.page.test_text."+c.test, message.Args{"column": c.column.Title.In(shell.From(ctx).Language), "value": value})
}

func (c condition) filter() register.Filter {
	filter := register.Filter{Column: c.column.Name}
	switch c.test {
	case "is":
		filter.Is = &c.cell
	case "least":
		filter.Least = &c.cell.Number
	case "most":
		filter.Most = &c.cell.Number
	case "has":
		filter.Contains = c.value
	case "none":
		filter.Is = &register.Cell{}
	}
	return filter
}

// rowQuery is what the address says about a list of rows.
type rowQuery struct {
	address    string
	columns    []*pack.Column
	chosen     bool // columns were chosen
	conditions []condition
	sort       string
	descending bool
	page       int
	all        int // columns that the register has
	faults     fault.List
}

// readQuery reads the address. What it cannot read is a fault and left out.
func readQuery(r *http.Request, of *pack.Register) rowQuery {
	values := r.URL.Query()
	q := rowQuery{address: address(of), page: 1, all: len(of.Columns)}
	for _, part := range values[wherePart] {
		name, rest, _ := strings.Cut(part, ":")
		test, value, _ := strings.Cut(rest, ":")
		one, err := readCondition(of, name, test, value)
		switch {
		case err != nil:
			q.faults.Add(err)
		case len(q.conditions) == maxFilters:
			q.faults.Add(fault.New("register.page.filters_many", message.Args{"limit": maxFilters}))
		default:
			q.conditions = append(q.conditions, one)
		}
	}
	if names := values.Get(columnsPart); names == allColumns {
		q.columns, q.chosen = of.Columns, true
	} else if names != "" {
		for _, name := range strings.Split(names, ",") {
			if c, known := columnOf(of, name); known && !slices.Contains(q.columns, c) {
				q.columns, q.chosen = append(q.columns, c), true
			}
		}
	}
	if !q.chosen {
		q.columns = firstColumns(of)
	}
	q.sort, q.descending = strings.CutPrefix(values.Get(sortPart), "-")
	if c, known := columnOf(of, q.sort); q.sort != "unit" && (!known || !sortable(c)) {
		q.sort, q.descending = "", false
	}
	if page, err := strconv.Atoi(values.Get(pagePart)); err == nil && page > 1 {
		q.page = min(page, 1_000_000)
	}
	return q
}

// readCondition reads one filter.
func readCondition(of *pack.Register, name, test, value string) (condition, *fault.Fault) {
	column, known := columnOf(of, name)
	fits := known && sortable(column) && slices.Contains(testsOf(column), test)
	value = strings.TrimSpace(value)
	c := condition{column: column, test: test, value: value}
	switch {
	case !fits:
		return c, fault.At(fault.Place{Column: "column"}, "register.page.filter_unfit", nil)
	case test == "none":
		return c, nil
	case value == "":
		return c, fault.At(fault.Place{Column: "value"}, "register.page.filter_empty", nil)
	case test == "has":
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
	}
	return []string{"is", "none"}
}

func columnOf(of *pack.Register, name string) (*pack.Column, bool) {
	for _, c := range of.Columns {
		if c.Name == name {
			return c, true
		}
	}
	return nil, false
}

// sortable tells whether the store can narrow and sort by a column.
func sortable(c *pack.Column) bool { return register.Stored(c) && !c.Personal }

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

// values are the parts of the address that say what is shown, without unit and period.
func (q rowQuery) values() url.Values {
	values := url.Values{}
	for _, one := range q.conditions {
		values.Add(wherePart, one.part())
	}
	if q.chosen {
		var names []string
		for _, c := range q.columns {
			names = append(names, c.Name)
		}
		values.Set(columnsPart, strings.Join(names, ","))
		if len(names) == q.all {
			values.Set(columnsPart, allColumns)
		}
	}
	if q.sort != "" {
		sort := q.sort
		if q.descending {
			sort = "-" + sort
		}
		values.Set(sortPart, sort)
	}
	if q.page > 1 {
		values.Set(pagePart, strconv.Itoa(q.page))
	}
	return values
}

// here is the address of the list after a change of what is shown.
func (q rowQuery) here(ctx context.Context, change func(values url.Values)) string {
	values := q.values()
	if change != nil {
		change(values)
	}
	return shell.Here(ctx, q.address+"?"+values.Encode())
}

// sorted is the address of the list sorted by a column, the other way round when it is already.
func (q rowQuery) sorted(ctx context.Context, name string) (address, order string) {
	next := name
	if q.sort == name {
		order = "ascending"
		if q.descending {
			order = "descending"
		} else {
			next = "-" + name
		}
	}
	return q.here(ctx, func(values url.Values) {
		values.Set(sortPart, next)
		values.Del(pagePart)
	}), order
}

// narrow completes the query of a scene.
func (q rowQuery) narrow(query register.Query) register.Query {
	for _, one := range q.conditions {
		query.Filters = append(query.Filters, one.filter())
	}
	query.Sort, query.Descending = q.sort, q.descending
	return query
}

// added is the address with the filter that the form asks for.
func added(ctx context.Context, q rowQuery, r *http.Request, of *pack.Register) (string, *fault.Fault) {
	values := r.URL.Query()
	one, err := readCondition(of, values.Get("column"), values.Get("test"), values.Get("value"))
	if err != nil {
		return "", err
	}
	if slices.ContainsFunc(q.conditions, func(c condition) bool { return c.part() == one.part() }) {
		return q.here(ctx, nil), nil
	}
	return q.here(ctx, func(values url.Values) {
		values.Add(wherePart, one.part())
		values.Del(pagePart)
	}), nil
}
