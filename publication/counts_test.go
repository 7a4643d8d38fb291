package publication

import (
	"fmt"
	"slices"
	"testing"
)

func TestCountsBecomeATableWithSums(t *testing.T) {
	counts := Counts{Columns: []string{"单位", "整改中", "已销号"}, Total: "合计", Totals: "全县", Names: []string{"甲", "乙"}, Numbers: [][]int{{12, 15}, {3, 20}}}
	table := counts.Table(10, "小数值不显示")
	want := [][]string{{"甲", "*", "*", "27"}, {"乙", "*", "*", "23"}, {"全县", "15", "35", "50"}}
	if !slices.EqualFunc(table.Rows, want, slices.Equal) || table.Note != "小数值不显示" || !slices.Equal(table.Columns, []string{"单位", "整改中", "已销号", "合计"}) {
		t.Errorf("%+v", table)
	}
	if table := counts.Table(3, "小数值不显示"); table.Rows[1][1] != "3" || table.Note != "" {
		t.Errorf("with a limit of three: %+v", table)
	}
}

// Units beyond the most lines are taken together, so that the sums stay those of all.
func TestMoreUnitsThanLinesAreTakenTogether(t *testing.T) {
	counts := Counts{Columns: []string{"单位", "件"}, Other: "其他单位"}
	for n := range MaxRows + 100 {
		counts.Names, counts.Numbers = append(counts.Names, fmt.Sprint("校", n)), append(counts.Numbers, []int{20})
	}
	table := counts.Table(10, "")
	last, other := table.Rows[len(table.Rows)-1], table.Rows[len(table.Rows)-2]
	if len(table.Rows) != MaxRows || last[1] != fmt.Sprint(20*(MaxRows+100)) || other[0] != "其他单位" || other[1] != fmt.Sprint(20*102) {
		t.Errorf("%d rows, %v %v", len(table.Rows), other, last)
	}
}
