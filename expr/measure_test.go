package expr_test

import (
	"math"
	"strings"
	"testing"

	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/message"
)

func of(t *testing.T, text string) *measure.Measure {
	t.Helper()
	m, err := measure.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return &m
}

func school(t *testing.T) expr.Items {
	return expr.Items{"pupils": {expr.Numeric, of(t, "学生")}, "teachers": {expr.Numeric, of(t, "人")}, "area": {expr.Numeric, of(t, "m²")}, "sports": {expr.Numeric, of(t, "平方米")},
		"money": {expr.Numeric, of(t, "元")}, "rate": {expr.Numeric, of(t, "%")}, "ready": {expr.Logical, nil}, "loose": {expr.Numeric, nil}}
}

func TestMeasuresOfFormulas(t *testing.T) {
	cases := []struct{ name, formula, declared, fault string }{
		{"teachers per hundred", "100 * teachers / pupils", "人/百名学生", ""},
		{"area per pupil", "(area - sports) / pupils", "㎡/生", ""},
		{"wrong divisor", "100 * teachers / area", "人/百名学生", "公式算出的是 人/m²，指标声明的计量是 人/百名学生"},
		{"forgotten divisor", "teachers", "人/百名学生", "公式算出的是 人"},
		{"people are not pupils", "teachers + pupils", "人", "1:10：计量不一致：一边是 人，一边是 学生"},
		{"share", "100 * teachers / teachers", "%", ""},
		{"ratio of people and pupils is not pure", "pupils / teachers", "%", "公式算出的是 学生/人"},
		{"constant in a comparison", "pupils >= 50", "", ""},
		{"constant in a sum", "pupils + 1", "学生", ""},
		{"constant in a choice", "if(pupils > 50, pupils, 0)", "学生", ""},
		{"constant in greatest", "greatest(100, pupils)", "学生", ""},
		{"constant alone", "2 * 3", "学生", ""},
		{"comparison of unlike", "pupils > teachers", "", "计量不一致"},
		{"choice of unlike", "if(ready, pupils, teachers)", "", "计量不一致"},
		{"max of unlike", "max(pupils, teachers)", "", "计量不一致"},
		{"first of unlike", "first_non_null(pupils, area)", "", "计量不一致"},
		{"remainder", "pupils % 45", "学生", ""},
		{"square", "area^2", "m²·m²", ""},
		{"square, found", "area^2 + area", "", "计量不一致：一边是 m^4，一边是 m²"},
		{"power that is not written", "area^loose", "", "只能乘方到写明的整数次"},
		{"power of a half", "area^0.5", "", "只能乘方到写明的整数次"},
		{"exponent with a measure", "2^pupils", "", "此处应为无量纲的数，计量却是 学生"},
		{"root", "sqrt(area)", "m", ""},
		{"root of people", "sqrt(teachers)", "", "计量 人 不能开平方"},
		{"logarithm", "log(pupils)", "", "此处应为无量纲的数"},
		{"logarithm of a ratio", "log(pupils / prev(pupils))", "1", ""},
		{"variance", "variance(area)", "m²·m²", ""},
		{"deviation", "stddev_pop(area)", "m²", ""},
		{"growth", "growth(money)", "%", ""},
		{"growth is no money", "growth(money)", "元", "公式算出的是 1"},
		{"coefficient", "cv(area / pupils, pupils)", "1", ""},
		{"count", "count(teachers, pupils)", "1", ""},
		{"share of conditions", "share(pupils > 50)", "%", ""},
		{"percentile", "percentile(0.9, area)", "m²", ""},
		{"rounding", "round(area / pupils, 2)", "m²/生", ""},
		{"before", "money - prev(money)", "元", ""},
		{"nothing is known of it", "loose + pupils", "人", ""},
		{"a product with the unknown", "loose * pupils + teachers", "人", ""},
		{"percentages", "rate >= 85 and rate / 100 < 1", "", ""},
		{"both at once", "(teachers + pupils) / (area + money)", "", "计量不一致：一边是 人，一边是 学生|计量不一致：一边是 m²，一边是 元"},
	}
	for _, c := range cases {
		var wanted expr.Wanted
		if c.declared != "" {
			wanted = expr.Wanted{Type: expr.Numeric, Measure: of(t, c.declared)}
		}
		_, faults := expr.Load(fault.Place{}, c.formula, school(t), wanted)
		for _, part := range strings.Split(c.fault, "|") {
			if !strings.Contains(faults.Error(), part) || c.fault == "" && faults != nil {
				t.Errorf("%s: %s: %q, want %q", c.name, c.formula, faults.Error(), part)
			}
		}
		_ = faults.Text(message.English)
	}
}

func TestWantedTypes(t *testing.T) {
	cases := []struct {
		name, formula string
		wanted        expr.Type
		fits          bool
	}{
		{"number", "pupils", expr.Numeric, true},
		{"condition where a number is declared", "pupils > 1", expr.Numeric, false},
		{"number where a condition is declared", "pupils", expr.Logical, false},
		{"condition", "ready", expr.Logical, true},
	}
	for _, c := range cases {
		if _, faults := expr.Load(fault.Place{}, c.formula, school(t), expr.Wanted{Type: c.wanted}); (faults == nil) != c.fits {
			t.Errorf("%s: %v", c.name, faults)
		}
	}
}

// county is a county of five schools: the county stands before its schools, an office after them.
func county(columns map[string][]float64) *facts {
	f := &facts{columns: map[expr.Reference]*frame.Column{}, shape: expr.Shape{End: []int{7, 2, 3, 4, 5, 6, 7}, Leaf: frame.NewBitmap(7)}}
	for leaf := 1; leaf <= 5; leaf++ {
		f.shape.Leaf.Set(leaf)
	}
	f.items = expr.Items{}
	for name, numbers := range columns {
		c := frame.NewColumn(7)
		for i, x := range numbers {
			c.Set(i+1, measure.Of(x))
		}
		f.columns[expr.Reference{Name: name}] = c
		f.items[name] = expr.Item{Type: expr.Numeric}
	}
	return f
}

func rowOf(t *testing.T, f *facts, text string, row int) measure.Value {
	t.Helper()
	formula, faults := expr.Load(fault.Place{}, text, f.items, expr.Wanted{})
	if faults != nil {
		t.Fatal(faults)
	}
	out := frame.NewColumn(len(f.shape.End))
	formula.Run(f, f.shape, 0, len(f.shape.End), out)
	if err := compare(f, text, 0, len(f.shape.End)); err != nil {
		t.Error(err)
	}
	return out.Get(row, "?")
}

// The published case of five schools, books per pupil: weighted 0.5153, and its variants under their own names.
func TestPublishedDifferenceCoefficient(t *testing.T) {
	f := county(map[string][]float64{"pupils": {45, 37, 89, 76, 55}, "books": {279, 137, 935, 160, 402}})
	cases := []struct {
		formula string
		want    float64
	}{
		{"cv(books / pupils, pupils)", 0.5152566},
		{"cv_unweighted(books / pupils)", 0.4887707},
		{"cv_sample(books / pupils)", 0.5464622},
		{"sum(books) / sum(pupils)", 6.3344371},
		{"median(books / pupils)", 6.2},
		{"count(books)", 5},
		{"share(books / pupils >= 6)", 0.6},
		{"max(pupils) - min(pupils)", 52},
	}
	for _, c := range cases {
		if got, known := rowOf(t, f, c.formula, 0).Number(); !known || math.Abs(got-c.want) > 5e-8*max(1, c.want) {
			t.Errorf("%s = %v, want %v", c.formula, got, c.want)
		}
	}
}

func TestStatisticsOverLeaves(t *testing.T) {
	f := county(map[string][]float64{"pupils": {45, 37, 89, 76, 55}, "books": {279, 137, 935, 160}, "none": {0, 0, 0, 0, 0}})
	cases := []struct {
		name, formula string
		row           int
		want          measure.Value
	}{
		{"a silent school", "sum(books)", 0, measure.MissingFor("books")},
		{"a silent school under both names", "sum(books) + sum(other)", 0, measure.MissingFor("books", "other")},
		{"how many reported", "count(books)", 0, measure.Of(4)},
		{"a school alone", "sum(pupils)", 2, measure.Of(37)},
		{"an office has no leaves", "sum(pupils)", 6, measure.InvalidBecause(measure.NothingToCount)},
		{"an office counts none", "count(pupils)", 6, measure.Of(0)},
		{"a school alone does not vary", "cv(books, pupils)", 1, measure.Of(0)},
		{"a school alone is no sample", "stddev_samp(books)", 1, measure.InvalidBecause(measure.SmallSample)},
		{"no pupils at all", "cv(pupils, none)", 0, measure.InvalidBecause(measure.DivisionByZero)},
		{"a mean of zero", "cv(none, pupils)", 0, measure.InvalidBecause(measure.DivisionByZero)},
		{"a statistic of a statistic", "sum(pupils / sum(pupils))", 0, measure.Of(5)},
		{"missing may be counted as none", "sum(first_non_null(books, 0))", 0, measure.Of(1511)},
	}
	f.items["other"] = expr.Item{Type: expr.Numeric}
	for _, c := range cases {
		if got := rowOf(t, f, c.formula, c.row); !agrees(got, c.want) {
			t.Errorf("%s: %s = %s, want %s", c.name, c.formula, got.Text(message.Chinese), c.want.Text(message.Chinese))
		}
	}
}
