package mixed

import (
	"strconv"
	"testing"

	"jiaoheng/stats"
)

// schools makes the sums of many schools without rows: each row is drawn and added.
func schools(formula string, rows, count int) *Sums {
	f, err := Parse(formula)
	if err != nil {
		panic(err)
	}
	d, err := NewDesign(f, []Variable{{Name: "exit"}, {Name: "entry"}, {Name: "x1"}, {Name: "x2"}, {Name: "x3"}, {Name: "x4"}, {Name: "school", Text: true}})
	if err != nil {
		panic(err)
	}
	s := NewSums(d, nil)
	stream := stats.NewStream(3)
	codes := make([]int32, count)
	effects, slopes := make([]float64, count), make([]float64, count)
	for i := range codes {
		codes[i] = s.Level(0, "s"+strconv.Itoa(i))
		effects[i], slopes[i] = 0.35*stream.Normal(), 0.1*stream.Normal()
	}
	row := Row{Numbers: make([]float64, len(d.Variables)), Codes: make([]int32, len(d.Variables))}
	for range rows {
		u := stream.Float64()
		k := int(u * u * float64(count))
		for i := range row.Numbers {
			row.Numbers[i] = stream.Normal()
		}
		row.Numbers[0] = 0.5*row.Numbers[1] + effects[k] + slopes[k]*row.Numbers[1] + 0.8*stream.Normal()
		row.Codes[d.variable("school")] = codes[k]
		if err := s.Add(row); err != nil {
			panic(err)
		}
	}
	return s
}

func benchmarkFit(b *testing.B, s *Sums) {
	b.ResetTimer()
	for range b.N {
		r, err := Fit(s, Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(r.Certificate.Evaluations), "evaluations")
	}
}

func BenchmarkIntercepts66667(b *testing.B) {
	benchmarkFit(b, schools("exit ~ entry + x1 + x2 + x3 + x4 + (1 | school)", 700_000, 66_667))
}

func BenchmarkSlopes66667(b *testing.B) {
	benchmarkFit(b, schools("exit ~ entry + x1 + x2 + x3 + x4 + (1 + entry | school)", 700_000, 66_667))
}

// crossed has the shape of InstEval: many raters, many rated, few departments.
func crossed(formula string) *Sums {
	f, err := Parse(formula)
	if err != nil {
		panic(err)
	}
	d, err := NewDesign(f, []Variable{{Name: "y"}, {Name: "service", Text: true, Levels: []string{"0", "1"}}, {Name: "s", Text: true}, {Name: "d", Text: true}, {Name: "dept", Text: true}})
	if err != nil {
		panic(err)
	}
	s := NewSums(d, nil)
	stream := stats.NewStream(5)
	effects := make([]float64, 6000)
	for i := range effects {
		effects[i] = stream.Normal()
	}
	row := Row{Numbers: make([]float64, len(d.Variables)), Codes: make([]int32, len(d.Variables))}
	for i := range 73_421 {
		student, teacher := i%2972, stream.Below(1128)
		dept := teacher % 28
		row.Numbers[0] = 3 + 0.33*effects[student] + 0.5*effects[3000+teacher] + 0.1*effects[5000+dept] + 1.2*stream.Normal()
		row.Codes[d.variable("service")] = int32(stream.Below(2))
		for key, v := range d.Keys {
			switch d.Variables[v].Name {
			case "s":
				row.Codes[v] = s.Level(key, strconv.Itoa(student))
			case "d":
				row.Codes[v] = s.Level(key, strconv.Itoa(teacher))
			case "dept":
				row.Codes[v] = s.Level(key, strconv.Itoa(dept))
			}
		}
		if err := s.Add(row); err != nil {
			panic(err)
		}
	}
	return s
}

func BenchmarkCrossed(b *testing.B) { benchmarkFit(b, crossed("y ~ service + (1|s) + (1|d)")) }

func BenchmarkCrossedThree(b *testing.B) {
	benchmarkFit(b, crossed("y ~ service + (1|s) + (1|d) + (1|dept)"))
}
