package measure_test

import (
	"math"
	"testing"

	"jiaoheng/fault"
	"jiaoheng/measure"
	"jiaoheng/message"
)

func parse(t *testing.T, text string) measure.Measure {
	t.Helper()
	m, err := measure.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return m
}

func TestMeasuresWithTheSameDimension(t *testing.T) {
	cases := []struct {
		name, a, b string
		same       bool
		ratio      float64 // scale of a over scale of b, when they are the same
	}{
		{"per hundred pupils", "人/百名学生", "人/生", true, 0.01},
		{"teachers are people", "名教师/学生", "人/名学生", true, 1},
		{"square metres", "㎡/生", "平方米/学生", true, 1},
		{"exponent", "m^2", "m²", true, 1},
		{"money", "万元/生·年", "元/(生·年)", true, 1e4},
		{"money, two strokes", "元/生/年", "元/生·年", true, 1},
		{"percent is pure", "%", "", true, 0.01},
		{"full width", "％", "1", true, 0.01},
		{"hours in five years", "学时/5年", "学时/年", true, 0.2},
		{"rooms", "间/百名学生", "间/生", true, 0.01},
		{"kilometre", "千米", "米", true, 1000},
		{"hectare", "公顷", "平方米", true, 1e4},
		{"ten thousand people", "万人", "人", true, 1e4},
		{"classes", "个班级", "班", true, 1},
		{"a counter alone", "个", "百个", true, 0.01},
		{"an own word", "直饮水点", "直饮水点", true, 1},
		{"pupils are not staff", "人", "学生", false, 0},
		{"a rate of staff per pupil is not pure", "人/学生", "", false, 0},
		{"area is not length", "m²", "m", false, 0},
		{"year", "元/生·年", "元/生", false, 0},
		{"reciprocal", "学生/人", "人/学生", false, 0},
	}
	for _, c := range cases {
		a, b := parse(t, c.a), parse(t, c.b)
		if got := a.SameDimension(b); got != c.same {
			t.Errorf("%s: %s and %s: same %v", c.name, c.a, c.b, got)
		}
		if ratio := a.Scale() / b.Scale(); c.same && math.Abs(ratio-c.ratio) > 1e-12*c.ratio {
			t.Errorf("%s: ratio %v, want %v", c.name, ratio, c.ratio)
		}
	}
}

func TestMeasureAlgebra(t *testing.T) {
	people, pupils, area := parse(t, "人"), parse(t, "生"), parse(t, "m²")
	cases := []struct {
		name string
		got  measure.Measure
		want string // text of a measure with the same dimension
		text string
	}{
		{"quotient", people.Div(pupils), "人/学生", "人/学生"},
		{"quotient cancels", people.Div(people), "", "无量纲"},
		{"product", people.Mul(pupils), "人·学生", "人·学生"},
		{"product cancels", people.Div(pupils).Mul(pupils), "人", "人"},
		{"power", area.Pow(2), "m2·m2", "m^4"},
		{"power 0", area.Pow(0), "", "无量纲"},
		{"reciprocal", area.Pow(-1), "1/m²", "1/m²"},
		{"as written", parse(t, "人/百名学生"), "人/生", "人/百名学生"},
	}
	for _, c := range cases {
		if !c.got.SameDimension(parse(t, c.want)) || c.got.Text(message.Chinese) != c.text {
			t.Errorf("%s: %s", c.name, c.got.Text(message.Chinese))
		}
	}
	if got := parse(t, "万元").Pow(2).Scale(); got != 1e8 {
		t.Errorf("scale of a power: %v", got)
	}
}

func TestUnreadableMeasuresAreFaults(t *testing.T) {
	for _, text := range []string{"/", "人/", "/生", "人//生", "persons", "人-生", "人·", "0人", "1..5人", "(人", "人/(生",
		"一个非常非常非常长的计量名称", "人/人/人/人/人/人/人/人/人/人/人/人/人/人/人/人/人/人/人/人/人/人"} {
		if _, err := measure.Parse(text); len(fault.Of(err)) != 1 {
			t.Errorf("%q: %v", text, err)
		}
	}
}
