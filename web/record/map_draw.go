package record

import (
	"context"
	"slices"

	"jiaoheng/message"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// of is the number of a tally that the choice names.
func (t tally) of(only string) int {
	switch only {
	case onlyLate:
		return t.late
	case onlyMine:
		return t.mine
	case onlySilent:
		return t.silent
	case onlyAll:
		return t.all
	}
	return t.open
}

// lead tells what waits, in one sentence written from the figures.
func (t tally) lead(ctx context.Context) string {
	return shell.Text(ctx, "record.list.lead", message.Args{"open": shell.Count(t.open), "late": shell.Count(t.late), "silent": shell.Count(t.silent)})
}

// placeAddress is the list of the rows of a site.
func (view mapView) placeAddress(ctx context.Context, one site, only string) string {
	return shell.There(address(view.register)+"?"+onlyPart+"="+only, one.unit.Code, shell.From(ctx).Standing.Period)
}

// mapCuts are the least numbers of the classes above none: the counts that stand a quarter, a half and three quarters up.
func mapCuts(counts []int) []int {
	var some []int
	for _, n := range counts {
		if n > 0 {
			some = append(some, n)
		}
	}
	if len(some) == 0 {
		return nil
	}
	slices.Sort(some)
	cuts := []int{1}
	for quarter := 1; quarter < shell.MaxClasses-1; quarter++ {
		if cut := some[len(some)*quarter/(shell.MaxClasses-1)]; cut > cuts[len(cuts)-1] {
			cuts = append(cuts, cut)
		}
	}
	return cuts
}

// classNames names the classes from none upward.
func classNames(ctx context.Context, cuts []int) []string {
	names := []string{shell.Text(ctx, "record.map.none")}
	for i, least := range cuts {
		switch {
		case i == len(cuts)-1:
			names = append(names, shell.Text(ctx, "record.map.from", message.Args{"least": shell.Count(least)}))
		case cuts[i+1]-1 == least:
			names = append(names, shell.Text(ctx, "record.map.exactly", message.Args{"count": shell.Count(least)}))
		default:
			names = append(names, shell.Text(ctx, "record.map.between", message.Args{"least": shell.Count(least), "most": shell.Count(cuts[i+1] - 1)}))
		}
	}
	return names
}

// drawn is the map of the counts.
func (view mapView) drawn(ctx context.Context) shell.AreaMap {
	var counts []int
	for _, one := range view.places {
		counts = append(counts, one.count.of(view.only))
	}
	cuts := mapCuts(counts)
	m := shell.AreaMap{ID: "map", Shapes: view.shapes, Sentence: view.sentence(ctx), Classes: classNames(ctx, cuts), Table: view.table(ctx)}
	for i, one := range view.places {
		class, exact := slices.BinarySearch(cuts, counts[i])
		if exact {
			class++
		}
		m.Areas = append(m.Areas, shell.MapArea{Code: one.unit.Code, Name: one.unit.Name, Class: class, Address: view.placeAddress(ctx, one, view.only),
			Text: shell.Text(ctx, "record.map.count", message.Args{"count": shell.Count(counts[i])})})
	}
	return m
}

// sentence says where most rows are.
func (view mapView) sentence(ctx context.Context) string {
	most, total, with := 0, view.tally.of(view.only), 0
	for i, one := range view.places {
		if one.count.of(view.only) > view.places[most].count.of(view.only) {
			most = i
		}
		if one.count.of(view.only) > 0 {
			with++
		}
	}
	what := message.Word("record.only." + view.only)
	if total == 0 {
		return shell.Text(ctx, "record.map.sentence_none", message.Args{"unit": view.Unit.Name, "what": what})
	}
	return shell.Text(ctx, "record.map.sentence", message.Args{"unit": view.Unit.Name, "what": what, "total": shell.Count(total), "places": shell.Count(with),
		"most": view.places[most].unit.Name, "count": shell.Count(view.places[most].count.of(view.only))})
}

// table holds the counts of the places, the fullest first.
func (view mapView) table(ctx context.Context) shell.Table {
	table := shell.Table{Caption: shell.Text(ctx, "record.map.table"), Columns: []shell.Column{{Title: shell.Text(ctx, "register.page.unit")}},
		Count: shell.Text(ctx, "record.map.places", message.Args{"count": shell.Count(len(view.places))})}
	total := []shell.Cell{{Text: shell.Text(ctx, "register.page.total")}}
	shown := []string{onlyOpen, onlyLate, onlySilent, onlyAll}
	for _, one := range shown {
		table.Columns = append(table.Columns, shell.Column{Title: shell.Text(ctx, "record.only."+one), Align: shell.Figures})
		total = append(total, shell.Cell{Text: shell.Count(view.tally.of(one))})
	}
	places := slices.Clone(view.places)
	slices.SortStableFunc(places, func(a, b site) int { return b.count.of(view.only) - a.count.of(view.only) })
	for _, one := range places {
		cells := []shell.Cell{{Text: one.unit.Name, Address: view.placeAddress(ctx, one, view.only), Note: registerpages.UnitNote(ctx, one.unit.Code)}}
		for _, which := range shown {
			cells = append(cells, shell.Cell{Text: shell.Count(one.count.of(which))})
		}
		table.Rows = append(table.Rows, cells)
	}
	table.Total = total
	return table
}

// onlyChips are the choices of what the map counts.
func (view mapView) onlyChips(ctx context.Context) []shell.Chip {
	var chips []shell.Chip
	for _, one := range mapOnlys {
		chips = append(chips, shell.Chip{Label: shell.Text(ctx, "record.only."+one), Count: shell.Count(view.tally.of(one)), Current: view.only == one,
			Address: shell.Here(ctx, address(view.register, "map")+"?"+onlyPart+"="+one)})
	}
	return chips
}
