package percentile

import (
	"math"
	"strings"
	"testing"

	"jiaoheng/fault"
	"jiaoheng/stats"
)

// scores of pupils who grow: outcome and priors are whole numbers, as marks are.
func scores(n, priors int, seed uint64) (outcome []float64, before [][]float64) {
	stream := stats.NewStream(seed)
	before = make([][]float64, priors)
	for range n {
		able := stream.Normal()
		for k := range before {
			before[k] = append(before[k], math.Round(500+80*able+40*stream.Normal()))
		}
		outcome = append(outcome, math.Round(520+70*able+50*stream.Normal()))
	}
	return outcome, before
}

func lossOf(tau float64, raw, weight, fitted []float64) float64 {
	loss := 0.0
	for i, value := range raw {
		left := value - fitted[i]
		loss += weight[i] * max(tau*left, (tau-1)*left)
	}
	return loss
}

// Small problems against all vertices.
func TestSimplexFindsTheBestVertex(t *testing.T) {
	stream := stats.NewStream(1)
	for round := range 200 {
		p := &problem{terms: 2}
		for g := range 3 + stream.Below(5) {
			p.first = append(p.first, int32(len(p.raw)))
			p.x = append(p.x, 1, float64(g)+stream.Float64())
			for range 1 + stream.Below(3) {
				value := float64(stream.Below(6))
				p.raw, p.y = append(p.raw, value), append(p.y, value+1e-8*stream.Float64())
				p.group, p.weight = append(p.group, int32(g)), append(p.weight, float64(1+stream.Below(3)))
			}
		}
		p.first = append(p.first, int32(len(p.raw)))
		s, err := newSimplex(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, tau := range []float64{0.05, 0.3, 0.5, 0.95, 0.9} {
			if err := s.solve(tau); err != nil {
				t.Fatal(err)
			}
			beta := s.coefficients(p.raw)
			got := lossAt(p, tau, beta)
			best := math.Inf(1)
			for i := range p.raw {
				for j := range p.raw {
					a, b := p.row(int32(i)), p.row(int32(j))
					if p.group[i] < p.group[j] {
						slope := (p.raw[j] - p.raw[i]) / (b[1] - a[1])
						best = min(best, lossAt(p, tau, []float64{p.raw[i] - slope*a[1], slope}))
					}
				}
			}
			if got > best+1e-6 {
				t.Fatalf("round %d, tau %g: loss %g, the best vertex has %g", round, tau, got, best)
			}
		}
	}
}

func lossAt(p *problem, tau float64, beta []float64) float64 {
	fitted := make([]float64, len(p.raw))
	for i := range fitted {
		fitted[i] = dot(p.row(int32(i)), beta)
	}
	return lossOf(tau, p.raw, p.weight, fitted)
}

func TestPercentilesOfWholeScores(t *testing.T) {
	for _, c := range []struct {
		name      string
		n, priors int
	}{{"one prior", 3000, 1}, {"two priors", 1500, 2}, {"few pupils", 60, 1}} {
		outcome, before := scores(c.n, c.priors, 2)
		result, err := Fit(outcome, before)
		if err != nil {
			t.Fatal(c.name, err)
		}
		if result.Gap > 1e-9 || c.n > 1000 && math.Abs(result.Mean-50) > 2 || result.Complete != c.n {
			t.Errorf("%s: gap %g, mean %g of %d", c.name, result.Gap, result.Mean, result.Complete)
		}
		// Just as many pupils lie below a fitted quantile as its share says, but for those on the surface.
		for j := 0; j < Quantiles; j += 7 {
			below, on := 0.0, 0.0
			for i, value := range result.problem.raw {
				left := value - result.quantiles[int(result.problem.group[i])*Quantiles+j]
				switch {
				case math.Abs(left) < 1e-7:
					on += result.problem.weight[i]
				case left < 0:
					below += result.problem.weight[i]
				}
			}
			share := Tau(j) * float64(c.n)
			if result.Crossed == 0 && (below > share+1e-6 || below+on < share-1e-6) {
				t.Errorf("%s: %g of %d lie below the quantile %g", c.name, below, c.n, Tau(j))
			}
		}
		// The order of rows changes nothing.
		again, err := Fit(reversed(outcome), [][]float64{reversed(before[0]), reversed(before[c.priors-1])}[:c.priors])
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range result.Percentile {
			if again.Percentile[c.n-1-i] != p {
				t.Fatalf("%s: pupil %d has %d, in another order %d", c.name, i, p, again.Percentile[c.n-1-i])
			}
		}
	}
}

func reversed(values []float64) []float64 {
	out := make([]float64, len(values))
	for i, value := range values {
		out[len(values)-1-i] = value
	}
	return out
}

func TestMissingScoresHaveNoPercentile(t *testing.T) {
	outcome, before := scores(300, 1, 3)
	outcome[4], before[0][9] = math.NaN(), math.Inf(1)
	result, err := Fit(outcome, before)
	if err != nil {
		t.Fatal(err)
	}
	if result.Complete != 298 || result.Percentile[4] != 0 || result.Percentile[9] != 0 || result.Percentile[5] == 0 {
		t.Errorf("%d complete, %v", result.Complete, result.Percentile[:10])
	}
}

// Priors with few values: knots fall together and columns depend on each other.
func TestCoarsePriorsAreFitted(t *testing.T) {
	stream := stats.NewStream(4)
	for values := 2; values < 8; values++ {
		var outcome, prior []float64
		for range 400 {
			prior = append(prior, float64(stream.Below(values)))
			outcome = append(outcome, 10*prior[len(prior)-1]+float64(stream.Below(30)))
		}
		result, err := Fit(outcome, [][]float64{prior})
		if err != nil {
			t.Fatal(values, err)
		}
		if result.problem.terms > values || result.Gap > 1e-9 {
			t.Errorf("%d values: %d terms, gap %g", values, result.problem.terms, result.Gap)
		}
	}
}

func TestSplinesSumToOne(t *testing.T) {
	k := knotsOf([]float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
	if len(k.Knots) != 4 || k.Knots[0] != 3 || k.Boundaries[0] != 0 || k.Boundaries[1] != 12 {
		t.Errorf("%v", k)
	}
	out := make([]float64, 8)
	for _, value := range []float64{0, 0.5, 3, 6.2, 11, 12} {
		k.basis(value, out)
		sum := 0.0
		for _, share := range out {
			sum += share
			if share < 0 {
				t.Errorf("at %g: %v", value, out)
			}
		}
		if math.Abs(sum-1) > 1e-12 {
			t.Errorf("at %g they sum to %g", value, sum)
		}
	}
}

func TestFaultsNameWhatIsWrong(t *testing.T) {
	outcome, before := scores(100, 1, 5)
	same := make([]float64, 100)
	for _, c := range []struct {
		code    string
		outcome []float64
		priors  [][]float64
	}{
		{"percentile.priors", outcome, nil},
		{"percentile.too_few", outcome[:20], [][]float64{before[0][:20]}},
		{"percentile.same_prior", outcome, [][]float64{same}},
		{"percentile.same_outcome", same, before},
		{"percentile.rows", make([]float64, MaxRows+1), [][]float64{make([]float64, MaxRows+1)}},
	} {
		_, err := Fit(c.outcome, c.priors)
		faults := fault.Of(err)
		if len(faults) == 0 || faults[0].Code != c.code || strings.Contains(faults.Text("zh"), "{") {
			t.Errorf("%v, not %s", err, c.code)
		}
	}
}
