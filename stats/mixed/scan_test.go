package mixed

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jiaoheng/fault"
	"jiaoheng/stats"
	"jiaoheng/stats/table"
)

// opener gives a text to Scan.
func opener(text string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
}

func scanText(t *testing.T, text, formula string, options ScanOptions) *Sums {
	t.Helper()
	f, err := Parse(formula)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Scan(opener(text), f, options)
	if err != nil {
		t.Fatalf("%s: %v", formula, err)
	}
	return s
}

// pupils invents rows of y, x, two groups, a factor and a number that is a factor; some values are missing.
func pupils(n int, seed uint64) []string {
	random := stats.NewStream(seed)
	rows := make([]string, n)
	for i := range rows {
		x, sex := 500+80*random.Normal(), []string{"F", "M"}[random.Below(2)]
		cells := []string{fmt.Sprintf("%.2f", 0.5*x+300*random.Float64()), fmt.Sprintf("%.1f", x), fmt.Sprintf("S%d", random.Below(40)),
			fmt.Sprint(random.Below(9)), sex, fmt.Sprint(random.Below(3))}
		if random.Below(20) == 0 {
			cells[random.Below(6)] = []string{"", "NA"}[random.Below(2)]
		}
		rows[i] = strings.Join(cells, ",")
	}
	return rows
}

const pupilTitles = "y,x,school,county,sex,year\n"

// TestScanIsWhatAddingRowsGives compares with the table read into memory and added row by row.
func TestScanIsWhatAddingRowsGives(t *testing.T) {
	text := pupilTitles + strings.Join(pupils(20_000, 1), "\n") + "\n"
	for _, formula := range []string{
		"y ~ x + (1 | school)", "y ~ x + sex + (1 + x | school)", "y ~ x*sex + I(x^2) + log(x) + (1 | county/school)",
		"y ~ factor(year) + year + (1 | school) + (1 | county)", "y ~ sex + (1 | year) + (0 + x | sex)",
	} {
		got := scanText(t, text, formula, ScanOptions{})
		want := addedByRow(t, text, formula, got.Centre)
		if got.Missing != want.Missing || got.Cells() != want.Cells() || got.Rows() != want.Rows() {
			t.Errorf("%s: %d rows, %d missing, %d cells; want %d, %d, %d", formula, got.Rows(), got.Missing, got.Cells(), want.Rows(), want.Missing, want.Cells())
			continue
		}
		moments := map[string][]float64{}
		for cell := range want.Cells() {
			levels, _, _ := want.Cell(cell)
			all := make([]float64, want.size)
			for i := range all {
				all[i] = want.moment(cell, i)
			}
			moments[strings.Join(want.names(levels), "/")] = all
		}
		for cell := range got.Cells() {
			levels, rows, mine := got.Cell(cell)
			theirs := moments[strings.Join(got.names(levels), "/")]
			if theirs == nil || float64(rows) != mine[0] {
				t.Fatalf("%s: cell %v has %d rows, sum of weights %v", formula, got.names(levels), rows, mine[0])
			}
			for i := range mine {
				row := int((math.Sqrt(float64(8*i+1)) - 1) / 2)
				scale := math.Sqrt(theirs[row*(row+3)/2]*theirs[0]) + 1
				if math.Abs(mine[i]-theirs[i]) > 1e-10*(math.Abs(theirs[i])+scale) {
					t.Fatalf("%s: cell %v moment %d is %v, want %v", formula, got.names(levels), i, mine[i], theirs[i])
				}
			}
		}
	}
}

// addedByRow sums without anything of Scan but the design's rules.
func addedByRow(t *testing.T, text, formula string, centre []float64) *Sums {
	t.Helper()
	data, err := table.Read(strings.NewReader(text), table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	f, err := Parse(formula)
	if err != nil {
		t.Fatal(err)
	}
	var variables []Variable
	columns := map[string]table.Column{}
	for _, use := range f.Uses() {
		c, _ := data.Column(use.Name)
		v := Variable{Name: use.Name, Text: c.Text}
		factor := c.Factor()
		if c.Text && use.Number || use.Factor {
			v.Levels = factor.Levels
		}
		variables = append(variables, v)
		factor.Numbers = c.Numbers
		columns[use.Name] = factor
	}
	d, err := NewDesign(f, variables)
	if err != nil {
		t.Fatal(err)
	}
	s := NewSums(d, centre)
	row := Row{Numbers: make([]float64, len(d.Variables)), Codes: make([]int32, len(d.Variables))}
	for i := range data.Rows {
		for v := range d.Variables {
			c := columns[d.Variables[v].Name]
			row.Codes[v], row.Numbers[v] = -1, math.NaN()
			if c.IsMissing(i) {
				continue
			}
			row.Codes[v] = c.Codes[i]
			if c.Numbers != nil {
				row.Numbers[v] = c.Numbers[i]
			}
		}
		for k, v := range d.Keys {
			if row.Codes[v] >= 0 {
				c := columns[d.Variables[v].Name]
				row.Codes[v] = s.Level(k, c.Levels[row.Codes[v]])
			}
		}
		if err := s.Add(row); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// TestOrderOfRowsAndProcessorsChangeNoDigit shuffles the rows and changes the number of processors.
func TestOrderOfRowsAndProcessorsChangeNoDigit(t *testing.T) {
	rows := pupils(60_000, 2)
	formula := "y ~ x + sex + I(x^2) + (1 | county/school)"
	first, err := json.Marshal(scanText(t, pupilTitles+strings.Join(rows, "\n"), formula, ScanOptions{}))
	if err != nil {
		t.Fatal(err)
	}
	random := stats.NewStream(3)
	for _, processors := range []int{1, 2, 5} {
		before := runtime.GOMAXPROCS(processors)
		for i := len(rows) - 1; i > 0; i-- {
			j := random.Below(i + 1)
			rows[i], rows[j] = rows[j], rows[i]
		}
		again, err := json.Marshal(scanText(t, pupilTitles+strings.Join(rows, "\n"), formula, ScanOptions{}))
		runtime.GOMAXPROCS(before)
		if err != nil || string(again) != string(first) {
			t.Errorf("with %d processors and another order of rows other digits come out (%v)", processors, err)
		}
	}
}

// TestScanLearnsLate has a level and words that the first block does not show.
func TestScanLearnsLate(t *testing.T) {
	var text strings.Builder
	text.WriteString("y,track,room,school\n")
	for i := range 40_000 {
		fmt.Fprintf(&text, "%d.5,a,%d,s%d\n", i%97, i%11, i%13)
	}
	text.WriteString("1,b,lab,s1\n2,c,5,s99\n")
	s := scanText(t, text.String(), "y ~ track + room + (1 | school)", ScanOptions{})
	if s.Rows() != 40_002 || s.Cells() != 14 {
		t.Errorf("got %d rows, %d cells", s.Rows(), s.Cells())
	}
	if got := fmt.Sprint(s.Design.Variables[1].Levels, s.Design.Variables[2].Levels); got != "[a b c] [0 1 10 2 3 4 5 6 7 8 9 lab]" {
		t.Errorf("levels %s", got)
	}
}

func TestScanReadsWhatOfficesWrite(t *testing.T) {
	chinese, err := simplifiedchinese.GB18030.NewEncoder().String("成绩,入学,学校,性别\n90,80,第一中学,女\n70,60,镕基中学,男\n80,75,第一中学,男\n")
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, text, formula string
		levels              map[string][]string
		want                string // levels of the first key, rows, columns
	}{
		{"GB18030", chinese, "成绩 ~ 入学 + 性别 + (1 | 学校)", nil, "[第一中学 镕基中学] 3 [入学 性别男 成绩]"},
		{"quotes and commas", "\"y\",\"g\"\n1,\"a, b\"\n2,\"c\"\n3,\"say \"\"so\"\"\"\n", "y ~ 1 + (1 | g)", nil, `[a, b c say "so"] 3 [y]`},
		{"numbers name groups", "y,g\n1,10\n2,9\n3,9.0\n4,007\n", "y ~ 1 + (1 | g)", nil, "[007 9 10] 4 [y]"},
		{"levels given", "y,s,g\n1,M,a\n2,F,b\n3,F,a\n", "y ~ s + (1 | g)", map[string][]string{"s": {"M", "F"}}, "[a b] 3 [sF y]"},
		{"levels of numbers", "y,s,g\n1,0,a\n2,1.0,b\n3,1,a\n", "y ~ s + (1 | g)", map[string][]string{"s": {"1", "0"}}, "[a b] 3 [s0 y]"},
		{"a level without complete rows", "y,s,g\n,a,u\n2,b,u\n3,c,v\n4,b,v\n", "y ~ s + (1 | g)", nil, "[u v] 3 [sc y]"},
		{"given levels that nobody has", "y,s,g\n1,a,u\n2,b,u\n3,c,v\n", "y ~ s + (1 | g)", map[string][]string{"s": {"z", "c", "a", "b"}}, "[u v] 3 [sa sb y]"},
		{"a school without complete rows", "y,g\n1,a\n,b\n3,c\n", "y ~ 1 + (1 | g)", nil, "[a c] 2 [y]"},
	}
	for _, c := range cases {
		s := scanText(t, c.text, c.formula, ScanOptions{Levels: c.levels})
		var names []string
		for _, column := range s.Design.Columns {
			names = append(names, column.Name)
		}
		if got := fmt.Sprint(s.Levels[0], s.Rows(), names); got != fmt.Sprint(c.want) {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestScanNamesWhatIsWrong(t *testing.T) {
	cases := []struct {
		name, text, want string
	}{
		{"no rows", "y,x,g\n", "table.no_rows:0"},
		{"no complete rows", "y,x,g\n1,,a\n", "table.no_complete_rows:0"},
		{"ragged", "y,x,g\n1,2,a\n1,2\n1,2,3,4\n", "table.ragged:3 table.ragged:4"},
		{"column", "y,z,g\n1,2,a\n", "mixed.column_unknown:0"},
		{"words as response", "y,x,g\n1,2,a\nabsent,3,b\n", "mixed.response_text:3"},
		{"level not given", "y,x,g\n1,2,a\n1,3,a\n1,4,a\n", "table.level_unknown:4"},
	}
	for _, c := range cases {
		f, err := Parse("y ~ x + (1 | g)")
		if err != nil {
			t.Fatal(err)
		}
		options := ScanOptions{Limits: table.Limits{File: "a.csv"}}
		if c.name == "level not given" {
			options.Levels = map[string][]string{"x": {"2", "3"}}
		}
		_, err = Scan(opener(c.text), f, options)
		var got []string
		for _, one := range fault.Of(err) {
			got = append(got, fmt.Sprintf("%s:%d", one.Code, one.Place.Line))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %v (%v), want %s", c.name, got, err, c.want)
		}
	}
	f, err := Parse("y ~ 1 + (1 | g)")
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("disk")
	if _, err := Scan(func() (io.ReadCloser, error) { return nil, broken }, f, ScanOptions{}); !errors.Is(err, broken) {
		t.Errorf("a source that cannot be opened: %v", err)
	}
}
