package irt

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"jiaoheng/fault"
	"jiaoheng/stats"
)

// truth is a test with known parameters.
type truth struct {
	kind []Kind
	beta [][]float64 // step intercepts, slope, logit of c
}

func someTruth(items int, tops []int, kind Kind, seed uint64) truth {
	stream := stats.NewStream(seed)
	var t truth
	for item := range items {
		top := tops[item%len(tops)]
		own := kind
		if kind == Guessed && top > 1 {
			own = Adjacent
		}
		middle := stream.Normal()
		var beta []float64
		for k := range top {
			beta = append(beta, middle+float64(top-1)/2-float64(k))
		}
		beta = append(beta, math.Exp(0.3*stream.Normal()))
		if own == Guessed {
			beta = append(beta, -1.4)
		}
		t.kind, t.beta = append(t.kind, own), append(t.beta, beta)
	}
	return t
}

// answers draws the answers of so many persons; each answer is missing with a chance.
func (t truth) answers(persons int, missing float64, seed uint64) Data {
	stream := stats.NewStream(seed)
	d := Data{}
	for item := range t.beta {
		d.Items = append(d.Items, fmt.Sprintf("item%d", item+1))
	}
	points := make([]*point, len(t.beta))
	for item, beta := range t.beta {
		points[item] = newPoint(t.top(item), len(beta))
	}
	for range persons {
		ability := stream.Normal()
		for item, beta := range t.beta {
			points[item].at(t.kind[item], ability, beta)
			left, k := stream.Float64(), 0
			for k < t.top(item) && left > points[item].probability[k] {
				left -= points[item].probability[k]
				k++
			}
			score := byte(k)
			if missing > 0 && stream.Float64() < missing {
				score = Missing
			}
			d.Scores = append(d.Scores, score)
		}
	}
	return d
}

func (t truth) top(item int) int {
	if t.kind[item] == Guessed {
		return 1
	}
	return len(t.beta[item]) - 1
}

func fitted(t *testing.T, d Data, o Options) *Result {
	t.Helper()
	r, err := Fit(d, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var allModels = []struct {
	model Model
	kind  Kind
	tops  []int
}{
	{Rasch, Adjacent, []int{1}}, {OnePL, Adjacent, []int{1, 2}}, {TwoPL, Adjacent, []int{1}}, {ThreePL, Guessed, []int{1, 1, 3}},
	{GPCM, Adjacent, []int{1, 3, 2}}, {GRM, Cumulative, []int{3, 1, 4}},
}

// plainLogLik is the marginal log-likelihood written out: every person, every node, every item, from the formulas of the models.
func plainLogLik(d Data, r *Result) float64 {
	nodes, sum := 161, 0.0
	norm := 0.0
	for q := range nodes {
		z := -8 + 0.1*float64(q)
		norm += math.Exp(-z * z / 2)
	}
	for row := range d.Rows() {
		marginal := 0.0
		for q := range nodes {
			z := -8 + 0.1*float64(q)
			product := math.Exp(-z*z/2) / norm
			for item := range d.Items {
				if score := d.Scores[row*len(d.Items)+item]; score != Missing {
					product *= plainProbability(r, item, z*r.AbilitySD, int(score))
				}
			}
			marginal += product
		}
		weight := 1.0
		if d.Weights != nil {
			weight = d.Weights[row]
		}
		sum += weight * math.Log(marginal)
	}
	return sum
}

func plainProbability(r *Result, item int, ability float64, score int) float64 {
	a, d := r.Slope[item], r.Intercepts[item]
	if r.Model == GRM {
		above := func(k int) float64 {
			switch {
			case k == 0:
				return 1
			case k > len(d):
				return 0
			}
			return 1 / (1 + math.Exp(-a*ability-d[k-1]))
		}
		return above(score) - above(score+1)
	}
	sum, own, psi := 1.0, 1.0, 0.0
	for k := 1; k <= len(d); k++ {
		psi += a*ability + d[k-1]
		sum += math.Exp(psi)
		if k == score {
			own = math.Exp(psi)
		}
	}
	p := own / sum
	if r.Guessing != nil && r.Guessing[item] > 0 {
		c := r.Guessing[item]
		if p *= 1 - c; score == 1 {
			p += c
		}
	}
	return p
}

func TestLogLikelihoodIsThatOfTheFormulas(t *testing.T) {
	for _, c := range allModels {
		d := someTruth(9, c.tops, c.kind, 3).answers(300, 0.1, 4)
		r := fitted(t, d, Options{Model: c.model})
		if want := plainLogLik(d, r); math.Abs(r.LogLik-want) > 1e-9 {
			t.Errorf("%s: log-likelihood %.12f, written out %.12f", c.model, r.LogLik, want)
		}
		if !r.Certificate.Converged || r.Certificate.Gradient > 1e-7 {
			t.Errorf("%s: %+v", c.model, r.Certificate)
		}
	}
}

// The gradient and the observed information are the first and second differences of the log-likelihood.
func TestGradientAndInformationAreDifferences(t *testing.T) {
	for _, c := range allModels {
		d := someTruth(6, c.tops, c.kind, 5).answers(150, 0.15, 6)
		p, err := prepare(d)
		if err != nil {
			t.Fatal(err)
		}
		l := newLayout(c.model, p.top)
		fit := &problem{l: l, rows: p.rows, nodes: normalNodes(61, 6), prior: Beta{5, 17}, sampled: p.rows}
		at := fit.visit(starts(l, p.rows)[0])
		_, information := fit.information(at, p.rows)
		const h = 1e-5
		for i := range l.count {
			up, down := append([]float64(nil), at.all...), append([]float64(nil), at.all...)
			up[i], down[i] = up[i]+h, down[i]-h
			above, below := fit.visit(up), fit.visit(down)
			if slope := (above.value - below.value) / (2 * h); math.Abs(slope-at.gradient[i]) > 1e-5*(1+math.Abs(slope)) {
				t.Errorf("%s: gradient %d is %g, difference %g", c.model, i, at.gradient[i], slope)
			}
			for j := range l.count {
				curve := -(above.gradient[j] - below.gradient[j]) / (2 * h)
				if math.Abs(curve-information[i*l.count+j]) > 1e-5*(1+math.Abs(curve)) {
					t.Errorf("%s: information %d,%d is %g, difference %g", c.model, i, j, information[i*l.count+j], curve)
				}
			}
		}
	}
}

func TestParametersAreRecovered(t *testing.T) {
	for _, c := range allModels[2:] {
		known := someTruth(12, c.tops, c.kind, 7)
		r := fitted(t, known.answers(2500, 0, 8), Options{Model: c.model})
		if !r.Certificate.Converged {
			t.Errorf("%s: %+v", c.model, r.Certificate)
		}
		far, n := 0.0, 0.0
		for item, beta := range known.beta {
			if c.kind == Guessed {
				continue // c of easy items is hardly known: the prior decides
			}
			for k, d := range r.Intercepts[item] {
				far, n = far+(d-beta[k])*(d-beta[k]), n+1
			}
			far, n = far+(r.Slope[item]-beta[len(r.Intercepts[item])])*(r.Slope[item]-beta[len(r.Intercepts[item])]), n+1
		}
		if rmse := math.Sqrt(far / n); rmse > 0.15 {
			t.Errorf("%s: parameters are %g from the truth", c.model, rmse)
		}
	}
}

// Standard errors say how far parameters lie from the truth: squared standardised distances have mean 1.
func TestStandardErrorsFit(t *testing.T) {
	sum, n := 0.0, 0.0
	for run := range uint64(10) {
		known := someTruth(10, []int{1, 2}, Adjacent, 20+run)
		r := fitted(t, known.answers(1500, 0.05, 40+run), Options{Model: GPCM})
		place := 0
		for item, beta := range known.beta {
			for k, d := range r.Intercepts[item] {
				sum, n = sum+math.Pow((d-beta[k])/r.SE[place], 2), n+1
				place++
			}
		}
		for item, beta := range known.beta {
			sum, n = sum+math.Pow((r.Slope[item]-beta[len(beta)-1])/r.SE[place], 2), n+1
			place++
		}
	}
	if mean := sum / n; mean < 0.85 || mean > 1.15 {
		t.Errorf("mean squared standardised distance %g over %g parameters, want about 1", mean, n)
	}
}

func TestOrderAndFrequenciesDoNotMatter(t *testing.T) {
	d := someTruth(8, []int{1, 2}, Adjacent, 9).answers(400, 0.1, 10)
	plain := fitted(t, d, Options{Model: GPCM})
	items, rows := len(d.Items), d.Rows()

	turned := Data{Items: d.Items}
	for row := rows - 1; row >= 0; row-- {
		turned.Scores = append(turned.Scores, d.Scores[row*items:(row+1)*items]...)
	}
	other := fitted(t, turned, Options{Model: GPCM})
	for i := range plain.Slope {
		if plain.Slope[i] != other.Slope[i] || plain.SE[i] != other.SE[i] {
			t.Errorf("slope %d: %v, with rows turned round %v", i, plain.Slope[i], other.Slope[i])
		}
	}
	for row := range rows {
		if plain.EAP[row] != other.EAP[rows-1-row] {
			t.Fatalf("ability of row %d: %v, with rows turned round %v", row, plain.EAP[row], other.EAP[rows-1-row])
		}
	}

	split := Data{Items: d.Items, Scores: append(append([]byte(nil), d.Scores...), d.Scores...)}
	for range rows {
		split.Weights = append(split.Weights, 0.25)
	}
	for range rows {
		split.Weights = append(split.Weights, 0.75)
	}
	other = fitted(t, split, Options{Model: GPCM})
	if math.Abs(other.LogLik-plain.LogLik) > 1e-9 || math.Abs(other.Slope[3]-plain.Slope[3]) > 1e-9 {
		t.Errorf("frequencies split: %v, %v, want %v, %v", other.LogLik, other.Slope[3], plain.LogLik, plain.Slope[3])
	}

	mirrored := Data{}
	for item := items - 1; item >= 0; item-- {
		mirrored.Items = append(mirrored.Items, d.Items[item])
	}
	for row := range rows {
		for item := items - 1; item >= 0; item-- {
			mirrored.Scores = append(mirrored.Scores, d.Scores[row*items+item])
		}
	}
	other = fitted(t, mirrored, Options{Model: GPCM})
	if math.Abs(other.LogLik-plain.LogLik) > 1e-9 || math.Abs(other.Slope[0]-plain.Slope[items-1]) > 1e-9 {
		t.Errorf("items turned round: %v, %v, want %v, %v", other.LogLik, other.Slope[0], plain.LogLik, plain.Slope[items-1])
	}
}

// Many patterns take the way by a sample, half the nodes and an information from a sample; the end is the same.
func TestManyPatternsEndWhereFewWouldEnd(t *testing.T) {
	d := someTruth(25, []int{1}, Adjacent, 11).answers(22_000, 0, 12)
	fast := fitted(t, d, Options{Model: TwoPL})
	if fast.Certificate.Nodes != 81 || fast.Certificate.Patterns < manyPatterns {
		t.Fatalf("the fast way was not taken: %+v", fast.Certificate)
	}
	p, err := prepare(d)
	if err != nil {
		t.Fatal(err)
	}
	l := newLayout(TwoPL, p.top)
	all := &problem{l: l, rows: p.rows, nodes: normalNodes(DefaultNodes, DefaultReach), prior: Beta{5, 17}}
	var there []float64
	for _, steps := range fast.Intercepts {
		there = append(there, steps...)
	}
	at := all.visit(append(there, fast.Slope...))
	if math.Abs(at.logLik-fast.LogLik) > 1e-6 {
		t.Errorf("log-likelihood %v with half the nodes, %v with all", fast.LogLik, at.logLik)
	}
	for i, g := range at.gradient {
		if math.Abs(g)*fast.SE[i]*fast.SE[i] > 1e-8 {
			t.Errorf("parameter %d is %g from the maximum with all nodes", i, g*fast.SE[i]*fast.SE[i])
		}
	}
	if fast.Certificate.InformationRows == fast.Certificate.Patterns {
		return
	}
	_, whole := all.information(at, p.rows)
	for i, variance := range variances(whole, l.count, make([]bool, l.count)) {
		if ratio := fast.SE[i] / math.Sqrt(variance); math.Abs(ratio-1) > 0.02 {
			t.Errorf("standard error %d is %g of that from all patterns", i, ratio)
		}
	}
}

func TestTroubleIsNamed(t *testing.T) {
	good := someTruth(6, []int{1}, Adjacent, 13).answers(300, 0, 14)
	change := func(by func(row int, scores []byte)) Data {
		d := Data{Items: good.Items, Scores: append([]byte(nil), good.Scores...)}
		for row := range d.Rows() {
			by(row, d.Scores[row*6:(row+1)*6])
		}
		return d
	}
	r := fitted(t, change(func(_ int, s []byte) { s[1] = 1 }), Options{Model: TwoPL})
	if len(r.Items) != 5 || len(r.Dropped) != 1 || r.Dropped[0].Reason != "all_same" || *r.Dropped[0].Score != 1 || len(r.SE) != 10 {
		t.Errorf("an item that everybody gets right: %+v", r.Dropped)
	}
	r = fitted(t, change(func(_ int, s []byte) { s[2] = Missing }), Options{Model: TwoPL})
	if len(r.Dropped) != 1 || r.Dropped[0].Reason != "no_answer" {
		t.Errorf("an item without answers: %+v", r.Dropped)
	}
	r = fitted(t, change(func(_ int, s []byte) { s[0] = 1 - s[0] }), Options{Model: TwoPL})
	if !(r.Slope[0] < 0) || !(r.Slope[1] > 0) {
		t.Errorf("an item scored the wrong way round: slopes %v", r.Slope)
	}
	r = fitted(t, change(func(_ int, s []byte) { s[3] *= 4 }), Options{Model: TwoPL})
	if len(r.Collapsed) != 1 || fmt.Sprint(r.Collapsed[0].Scores) != "[0 4]" || r.Model != TwoPL {
		t.Errorf("scores with a gap: %+v", r.Collapsed)
	}
	r = fitted(t, change(func(row int, s []byte) {
		if row == 7 {
			for i := range s {
				s[i] = Missing
			}
		}
	}), Options{Model: TwoPL})
	if r.Empty != 1 || !math.IsNaN(r.EAP[7]) || math.IsNaN(r.EAP[8]) || r.Persons != 299 {
		t.Errorf("a row without answers: %d, %v", r.Empty, r.EAP[7])
	}
	steep := change(func(_ int, s []byte) { s[1], s[2] = s[0], s[0] })
	r = fitted(t, steep, Options{Model: TwoPL})
	if len(r.Certificate.Boundary) == 0 || !r.Certificate.Converged {
		t.Errorf("three equal items: slopes %v, %+v", r.Slope, r.Certificate)
	}
	alone := someTruth(6, []int{1}, Adjacent, 15)
	for item := range alone.beta {
		alone.beta[item][1] = 0
	}
	r = fitted(t, alone.answers(300, 0, 17), Options{Model: Rasch})
	if r.AbilitySD < 1e-4 && (len(r.Certificate.Boundary) == 0 || !r.Certificate.Converged) {
		t.Errorf("answers that depend on nothing: SD %v, %+v", r.AbilitySD, r.Certificate)
	}
}

func TestFaults(t *testing.T) {
	three := func(scores ...byte) Data { return Data{Items: []string{"a", "b", "c"}, Scores: scores} }
	weighted := three(0, 1, 1, 1, 0, 0)
	weighted.Weights = []float64{1, math.NaN()}
	cases := []struct {
		name, code string
		data       Data
		options    Options
	}{
		{"two items", "irt.few_items", Data{Items: []string{"a", "b"}, Scores: []byte{0, 1, 1, 0}}, Options{Model: TwoPL}},
		{"two items that vary", "irt.few_items", three(0, 1, 1, 1, 0, 1), Options{Model: TwoPL}},
		{"no rows", "irt.few_items", three(), Options{Model: TwoPL}},
		{"a frequency that is no number", "irt.bad_weight", weighted, Options{Model: TwoPL}},
		{"an even number of nodes", "irt.bad_nodes", three(0, 1, 1), Options{Model: TwoPL, Nodes: 60}},
		{"a prior below 1", "irt.bad_prior", three(0, 1, 1), Options{Model: ThreePL, Guess: Beta{0.5, 1}}},
	}
	for _, c := range cases {
		_, err := Fit(c.data, c.options)
		var list fault.List
		if list = fault.Of(err); len(list) != 1 || list[0].Code != c.code {
			t.Errorf("%s: got %v, want %s", c.name, err, c.code)
		}
	}
	if _, err := ParseModel("4pl"); err == nil || errors.Is(err, nil) {
		t.Error("an unknown model must be refused")
	}
}
