package pack

import (
	"github.com/goccy/go-yaml/ast"

	"jiaoheng/message"
)

func (r *reader) readTable(p *Pack, name string, at, value ast.Node) {
	r.name(at, name, plainName)
	o := r.entry(value, "table")
	if o == nil {
		return
	}
	table := Table{Name: name, Title: o.title(), By: o.words("by"), Falling: o.flag("falling"), Points: o.numbers("points"),
		Otherwise: o.number("otherwise"), Source: o.source(true), Place: r.place(at)}
	o.missing("rows")
	for _, n := range o.list("rows") {
		if inner := r.entry(n, "row"); inner != nil {
			table.Rows = append(table.Rows, inner.tableRow())
		}
	}
	o.checkTable(table)
	p.Tables = append(p.Tables, table)
}

// numbers reads a list of numbers.
func (o *object) numbers(key string) []float64 {
	var all []float64
	for _, n := range o.list(key) {
		if number := o.numberOf(n); number != nil {
			all = append(all, *number)
		}
	}
	return all
}

// maybe reads a number or null.
func (r *reader) maybe(n ast.Node) *float64 {
	if n == nil || n.Type() == ast.NullType {
		return nil
	}
	return r.numberOf(n)
}

func (o *object) tableRow() TableRow {
	row := TableRow{By: o.repeats("by"), Place: o.here()}
	for _, n := range o.list("reach") {
		row.Reach = append(row.Reach, o.maybe(n))
	}
	for _, n := range o.list("bands") {
		parts := o.members(n)
		if len(parts) != 3 {
			if parts != nil {
				o.fault(n, "pack.band_parts", nil)
			}
			continue
		}
		points := o.numberOf(parts[2])
		if points != nil {
			row.Bands = append(row.Bands, Band{From: o.maybe(parts[0]), Below: o.maybe(parts[1]), Points: *points})
		}
	}
	if o.has("reach") == o.has("bands") {
		o.fault(o.node, "pack.one_of", message.Args{"keys": "reach / bands"})
	}
	return row
}

// repeats reads a list of texts in which one may stand several times.
func (o *object) repeats(key string) []string {
	var all []string
	for _, n := range o.list(key) {
		all = append(all, o.textOf(n))
	}
	return all
}

// checkTable looks at the shape of a table: as many values as points, in order, bands without gaps.
func (o *object) checkTable(t Table) {
	for i := 1; i < len(t.Points); i++ {
		if t.Points[i] >= t.Points[i-1] {
			o.fault(o.get("points"), "pack.points_order", message.Args{"before": plain(t.Points[i-1]), "after": plain(t.Points[i])})
			break
		}
	}
	seen := map[string]bool{}
	for _, row := range t.Rows {
		at := func(code string, args message.Args) { o.faultAt(row.Place, code, args) }
		name := joined(row.By)
		switch {
		case len(row.By) != len(t.By):
			at("pack.row_by", message.Args{"want": len(t.By), "got": len(row.By)})
		case seen[name]:
			at("pack.row_twice", message.Args{"by": name})
		}
		seen[name] = true
		if row.Reach != nil && len(row.Reach) != len(t.Points) {
			at("pack.row_length", message.Args{"want": len(t.Points), "got": len(row.Reach)})
		}
		if before, after, ordered := reachOrdered(row.Reach, t.Falling); !ordered {
			at("pack.row_order", message.Args{"before": plain(before), "after": plain(after)})
		}
		if !bandsOrdered(row.Bands) {
			at("pack.bands_order", nil)
		}
	}
}

// reachOrdered tells whether fewer points are always easier to reach, and else the first two values that are not.
func reachOrdered(reach []*float64, falling bool) (before, after float64, ordered bool) {
	var last *float64
	for _, value := range reach {
		if value == nil {
			continue
		}
		if last != nil && (falling && *value < *last || !falling && *value > *last) {
			return *last, *value, false
		}
		last = value
	}
	return 0, 0, true
}

// bandsOrdered tells whether every band begins where the one before ends, and only the outer ends are open.
func bandsOrdered(bands []Band) bool {
	for i, band := range bands {
		if band.From != nil && band.Below != nil && *band.From >= *band.Below {
			return false
		}
		if i == 0 {
			continue
		}
		if below := bands[i-1].Below; below == nil || band.From == nil || *below != *band.From {
			return false
		}
	}
	return true
}
