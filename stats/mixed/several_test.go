package mixed

import (
	"math"
	"strconv"
	"testing"

	"jiaoheng/fault"
	"jiaoheng/stats"
	"jiaoheng/stats/table"
)

// manyPupils have marks in three subjects, some missing, in schools within two counties.
func manyPupils(seed uint64, count int) *table.Table {
	s := stats.NewStream(seed)
	cells := [][]string{{"school", "entry", "one", "two", "three"}}
	effects := make([]float64, 80)
	for i := range effects {
		effects[i] = s.Normal()
	}
	for range count {
		school := s.Below(20)
		entry, common := s.Normal(), s.Normal()
		row := []string{"s" + strconv.Itoa(school), strconv.FormatFloat(math.Round(entry*1e4)/1e4, 'g', -1, 64)}
		for k := range 3 {
			y := 60 + 10*float64(k) + 5*entry + 3*effects[school] + 4*effects[20*k+20+school] + 6*common + 4*s.Normal()
			text := strconv.FormatFloat(math.Round(y*10)/10, 'g', -1, 64)
			if s.Float64() < 0.15 {
				text = ""
			}
			row = append(row, text)
		}
		cells = append(cells, row)
	}
	t, err := table.FromRows(cells, table.Limits{})
	if err != nil {
		panic(err)
	}
	return t
}

func several(t *testing.T, formula string, data *table.Table, method Method) *SeveralResult {
	t.Helper()
	f, err := Parse(formula)
	if err != nil {
		t.Fatal(err)
	}
	s, err := SeveralFromTable(f, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := FitSeveral(s, Options{Method: method})
	if err != nil {
		t.Fatal(err)
	}
	if !r.Certificate.Converged {
		t.Errorf("not converged: %+v", r.Certificate)
	}
	return r
}

// stacked is -2 log-likelihood by its definition: V of all values written out, schools and residuals as the result says.
func stacked(t *testing.T, data *table.Table, r *SeveralResult, subjects []string) float64 {
	t.Helper()
	type value struct{ row, subject int }
	var values []value
	for i := range data.Rows {
		for k, name := range subjects {
			if c, _ := data.Column(name); !c.IsMissing(i) {
				values = append(values, value{i, k})
			}
		}
	}
	school, _ := data.Column("school")
	entry, _ := data.Column("entry")
	k := len(subjects)
	cov := make([][]float64, k)
	at := k
	for i := range k {
		cov[i] = make([]float64, k)
		cov[i][i] = r.VarComp[i].VCov
	}
	for i := range k {
		for j := i + 1; j < k; j++ {
			cov[i][j], cov[j][i] = r.VarComp[at].VCov, r.VarComp[at].VCov
			at++
		}
	}
	n := len(values)
	v, e := make([]float64, n*n), make([]float64, n)
	for a, x := range values {
		y, _ := data.Column(subjects[x.subject])
		e[a] = y.Numbers[x.row] - r.Coefficient[x.subject].Value - r.Coefficient[k+x.subject].Value*entry.Numbers[x.row]
		for b, z := range values {
			if x.row == z.row {
				v[a*n+b] += r.Residual[x.subject][z.subject]
			}
			if school.Codes[x.row] == school.Codes[z.row] {
				v[a*n+b] += cov[x.subject][z.subject]
			}
		}
	}
	if !choleskyLarge(v, n) {
		t.Fatal("V is not positive definite")
	}
	out := float64(n) * math.Log(2*math.Pi)
	for i := range n {
		out += 2 * math.Log(v[i*n+i])
	}
	solveLower(v, e, n, 1)
	return out + inProduct(e, e)
}

func TestSeveralSubjectsAreWhatTheDefinitionSays(t *testing.T) {
	data := manyPupils(31, 150)
	subjects := []string{"one", "two", "three"}
	r := several(t, "cbind(one, two, three) ~ entry + (1 | school)", data, ML)
	near(t, "logLik", r.LogLik, -stacked(t, data, r, subjects)/2, 1e-6)
	best := stacked(t, data, r, subjects)
	for i := range r.Coefficient {
		moved := *r
		moved.Coefficient = append([]Coefficient{}, r.Coefficient...)
		moved.Coefficient[i].Value += 0.05 * r.Coefficient[i].SE
		if stacked(t, data, &moved, subjects) < best {
			t.Errorf("coefficient %s is not at its best", r.Coefficient[i].Name)
		}
	}
	for i := range 6 {
		for _, by := range []float64{0.99, 1.01} {
			moved := *r
			moved.VarComp = append([]VarComp{}, r.VarComp...)
			moved.VarComp[i].VCov *= by
			if d := stacked(t, data, &moved, subjects) - best; d < -1e-7 {
				t.Errorf("component %d is not at its best: %g", i, d)
			}
		}
	}
}

// One subject that others tell nothing of is the model of that subject alone; and scales of subjects do not matter.
func TestSeveralSubjectsAgreeWithOneAndWithScales(t *testing.T) {
	data := manyPupils(32, 400)
	both := several(t, "cbind(one, two) ~ entry + (1 | school)", data, REML)
	scaled := several(t, "cbind(I(one*100), I(two/100)) ~ entry + (1 | school)", data, REML)
	near(t, "variance", scaled.VarComp[0].VCov, 1e4*both.VarComp[0].VCov, 1e-2*both.VarComp[0].VCov)
	near(t, "covariance", scaled.VarComp[2].VCov, both.VarComp[2].VCov, 1e-5*both.VarComp[0].VCov)
	near(t, "effect", scaled.Effects[0].BLUP[3][0], 100*both.Effects[0].BLUP[3][0], 1e-3)
	near(t, "slope", scaled.Coefficient[3].Value, both.Coefficient[3].Value/100, 1e-7)
	part := several(t, "cbind(two, one) ~ entry + (1 | school)", data, REML)
	near(t, "the order of subjects leaves the likelihood", part.LogLik, both.LogLik, 1e-6)
	near(t, "and the variances", part.VarComp[1].VCov, both.VarComp[0].VCov, 1e-4*both.VarComp[0].VCov)
}

func TestSeveralSumsAdd(t *testing.T) {
	data := manyPupils(33, 300)
	f, _ := Parse("cbind(one, two) ~ entry + (1 | school)")
	whole, err := SeveralFromTable(f, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := newTableRows(f, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	var shards [2]*SeveralSums
	for i := range shards {
		if shards[i], err = NewSeveralSums(whole.Design, whole.Centre); err != nil {
			t.Fatal(err)
		}
	}
	for i := range data.Rows {
		if err := shards[i%2].Add(rows.row(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := shards[1].Merge(shards[0]); err != nil {
		t.Fatal(err)
	}
	a, errA := FitSeveral(whole, Options{})
	b, errB := FitSeveral(shards[1], Options{})
	if errA != nil || errB != nil {
		t.Fatal(errA, errB)
	}
	near(t, "logLik", b.LogLik, a.LogLik, 1e-8)
	if got := whole.Without("school", "s3"); len(got.patterns()) == 0 {
		t.Error("nothing is left without one school")
	} else if r, err := FitSeveral(got, Options{}); err != nil || len(r.Effects[0].Levels) != 19 {
		t.Errorf("without one of 20 schools: %v", err)
	}
}

func TestFaultsOfSeveralSubjects(t *testing.T) {
	data := manyPupils(34, 60)
	one, _ := data.Column("one")
	two, _ := data.Column("two")
	one.Missing, two.Missing = make([]bool, data.Rows), make([]bool, data.Rows)
	for i := range data.Rows {
		one.Missing[i], two.Missing[i] = i%2 == 0, i%2 == 1
	}
	cases := map[string]string{
		"one ~ entry + (1 | school)":             "mixed.several_few",
		"cbind(one, two) ~ entry + (1 | school)": "mixed.several_apart",
	}
	for formula, want := range cases {
		f, _ := Parse(formula)
		s, err := SeveralFromTable(f, data, nil)
		if err == nil {
			_, err = FitSeveral(s, Options{})
		}
		if faults := fault.Of(err); len(faults) == 0 || faults[0].Code != want {
			t.Errorf("%s: got %v, want %s", formula, err, want)
		}
	}
	f, _ := Parse("cbind(one, two) ~ entry + (1 | school)")
	if _, err := FromTable(f, data, nil); fault.Of(err)[0].Code != "mixed.several" {
		t.Errorf("several responses were summed as one: %v", err)
	}
}
