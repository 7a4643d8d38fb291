package main

import (
	"fmt"
	"iter"

	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// The invented province: 15 cities, 120 counties, 1,200 townships, and schools up to 20,000 units.
const (
	units     = 20_000
	cities    = 15
	counties  = 120
	townships = 1_200
)

func province() (*unit.Tree, error) {
	all := []unit.Unit{{Code: "p", Kind: unit.Province}}
	level := func(prefix string, count int, kind unit.Kind, above string, over int) {
		for i := range count {
			all = append(all, unit.Unit{Code: code(prefix, i), Kind: kind, Parent: code(above, i%over)})
		}
	}
	for i := range cities {
		all = append(all, unit.Unit{Code: code("c", i), Kind: unit.City, Parent: "p"})
	}
	level("d", counties, unit.County, "c", cities)
	level("t", townships, unit.Township, "d", counties)
	level("s", units-len(all), unit.School, "t", townships)
	return unit.Build(all)
}

func code(prefix string, i int) string { return fmt.Sprintf("%s%05d", prefix, i) }

func itemName(i int) string { return fmt.Sprintf("i%d", i) }

func layout(tree *unit.Tree, items, periods int) frame.Layout {
	l := frame.Layout{Tree: tree, Duties: map[string]frame.Duty{
		"school": func(u unit.Unit, day period.Date) bool { return u.Kind == unit.School && u.OpenOn(day) }}}
	for i := range items {
		l.Items = append(l.Items, frame.Item{Name: itemName(i), Duty: "school"})
	}
	for p := range periods {
		l.Periods = append(l.Periods, period.Period{Kind: period.SchoolYear, Start: period.Date{Year: 2015 + p, Month: 9, Day: 1}})
	}
	return l
}

// fact is what a school reports: a multiple of a quarter below 4,096, so that every sum is exact in any order, or nothing
// in one case of 16. The same three numbers always give the same fact.
func fact(unit, item, period int) (float64, bool) {
	z := uint64(unit)<<32 + uint64(item)<<16 + uint64(period) + 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	z ^= z >> 31
	return float64(z>>16&0x3fff) / 4, z&15 != 0
}

// rows yields every fact of the layout, unit by unit.
func rows(l frame.Layout) iter.Seq[frame.Row] {
	return func(yield func(frame.Row) bool) {
		for n := range l.Tree.Len() {
			u := l.Tree.At(n)
			if u.Kind != unit.School {
				continue
			}
			for p, span := range l.Periods {
				for i, item := range l.Items {
					number, reported := fact(n, i, p)
					if reported && !yield(frame.Row{Unit: u.Code, Item: item.Name, Period: span, Value: measure.Of(number)}) {
						return
					}
				}
			}
		}
	}
}
