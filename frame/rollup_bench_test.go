package frame_test

import (
	"fmt"
	"testing"

	"jiaoheng/frame"
	"jiaoheng/unit"
)

// province returns a tree of one province, 15 cities, 120 counties, 1200 townships and leaves up to n units.
func province(n int) *unit.Tree {
	units := []unit.Unit{{Code: "p", Kind: unit.Province}}
	add := func(prefix, above string, count, over int, kind unit.Kind) {
		for i := range count {
			parent := above
			if over > 0 {
				parent = fmt.Sprintf("%s%05d", above, i%over)
			}
			units = append(units, unit.Unit{Code: fmt.Sprintf("%s%05d", prefix, i), Kind: kind, Parent: parent})
		}
	}
	add("c", "p", 15, 0, unit.City)
	add("d", "c", 120, 15, unit.County)
	add("t", "d", 1200, 120, unit.Township)
	add("s", "t", n-len(units), 1200, unit.School)
	tree, err := unit.Build(units)
	if err != nil {
		panic(err)
	}
	return tree
}

func BenchmarkRollupOfAThousandColumns(b *testing.B) {
	tree := province(20_000)
	rollup := frame.NewRollup(tree)
	columns, totals := make([]*frame.Column, 1000), make([]frame.Totals, 1000)
	for i := range columns {
		columns[i], totals[i] = frame.NewColumn(tree.Len()), rollup.NewTotals()
		for j := range columns[i].Numbers {
			columns[i].Numbers[j] = float64(i * j % 97)
			columns[i].Present.Set(j)
		}
	}
	for b.Loop() {
		rollup.Columns(columns, totals)
	}
}
