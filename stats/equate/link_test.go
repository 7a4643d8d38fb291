package equate

import (
	"math"
	"testing"

	"jiaoheng/fault"
)

// linkForm is a form of all kinds of items.
func linkForm() []LinkItem {
	return []LinkItem{
		{Name: "1", Slope: 1.1, Steps: []float64{-1.2}},
		{Name: "2", Slope: 0.7, Steps: []float64{0.3}, Guess: 0.2},
		{Name: "3", Slope: 1.4, Steps: []float64{-0.5, 0.4, 1.6}},
		{Name: "4", Slope: 0.9, Steps: []float64{0.8, 0.1}},
		{Name: "5", Slope: 1.3, Steps: []float64{-1, 0, 0.7, 1.9}, Cumulative: true},
		{Name: "6", Slope: 1.8, Steps: []float64{0.9}},
	}
}

func TestEveryMethodFindsAnExactLink(t *testing.T) {
	fresh, known := linkForm(), Link{Slope: 0.8, Intercept: -0.35}
	var old []LinkItem
	for _, item := range fresh {
		old = append(old, known.Apply(item))
	}
	for _, method := range LinkMethods {
		for _, symmetric := range []bool{true, false} {
			link, err := LinkScales(fresh, old, method, LinkOptions{Symmetric: symmetric})
			if err != nil {
				t.Fatal(err)
			}
			if math.Abs(link.Slope-known.Slope) > 1e-9 || math.Abs(link.Intercept-known.Intercept) > 1e-9 || !link.Converged {
				t.Errorf("%s, symmetric %v: got %+v", method, symmetric, link)
			}
		}
	}
}

// drifted is a form whose common items do not agree.
func drifted() (fresh, old []LinkItem) {
	fresh = linkForm()
	for i, item := range fresh {
		moved := Link{Slope: 1.1, Intercept: 0.2}.Apply(item)
		moved.Slope *= 1 + 0.1*math.Sin(float64(i))
		for k := range moved.Steps {
			moved.Steps[k] += 0.1 * math.Cos(float64(3*i))
		}
		old = append(old, moved)
	}
	return fresh, old
}

func TestCurvesReachAMinimum(t *testing.T) {
	fresh, old := drifted()
	for _, method := range []LinkMethod{Haebara, StockingLord} {
		for _, symmetric := range []bool{true, false} {
			o := LinkOptions{Symmetric: symmetric, Nodes: LinkNodes(), Factor: 1}
			link, err := LinkScales(fresh, old, method, o)
			if err != nil {
				t.Fatal(err)
			}
			c := &curveLink{fresh: fresh, old: old, whole: method == StockingLord, options: o}
			if !link.Converged || *link.Gradient > 1e-10 {
				t.Errorf("%s, symmetric %v: %+v, gradient %g", method, symmetric, link, *link.Gradient)
			}
			for _, move := range [][2]float64{{1e-3, 0}, {-1e-3, 0}, {0, 1e-3}, {0, -1e-3}} {
				if beside := c.at(link.Slope+move[0], link.Intercept+move[1]); beside.value <= *link.Criterion {
					t.Errorf("%s, symmetric %v: %g beside the minimum %g", method, symmetric, beside.value, *link.Criterion)
				}
			}
			const h = 1e-6
			at, up, down := c.at(1.2, 0.1), c.at(1.2+h, 0.1), c.at(1.2-h, 0.1)
			if slope := (up.value - down.value) / (2 * h); math.Abs(slope-2*at.g0) > 1e-7 {
				t.Errorf("%s: derivative %g, difference %g", method, 2*at.g0, slope)
			}
			up, down = c.at(1.2, 0.1+h), c.at(1.2, 0.1-h)
			if slope := (up.value - down.value) / (2 * h); math.Abs(slope-2*at.g1) > 1e-7 {
				t.Errorf("%s: derivative %g, difference %g", method, 2*at.g1, slope)
			}
		}
	}
}

// A symmetric link turned round is the link of the forms exchanged.
func TestSymmetricLinksTurnRound(t *testing.T) {
	fresh, old := drifted()
	for _, method := range []LinkMethod{MeanMean, MeanSigma, Haebara, StockingLord} {
		there, err := LinkScales(fresh, old, method, LinkOptions{Symmetric: true})
		if err != nil {
			t.Fatal(err)
		}
		back, err := LinkScales(old, fresh, method, LinkOptions{Symmetric: true})
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(there.Slope*back.Slope-1) > 1e-8 || math.Abs(there.Slope*back.Intercept+there.Intercept) > 1e-8 {
			t.Errorf("%s: %g, %g there, %g, %g back", method, there.Slope, there.Intercept, back.Slope, back.Intercept)
		}
	}
}

func TestLinksThatCannotBeAreRefused(t *testing.T) {
	one := func(slope float64, steps ...float64) LinkItem { return LinkItem{Name: "x", Slope: slope, Steps: steps} }
	cases := []struct {
		name, code string
		fresh, old []LinkItem
		method     LinkMethod
	}{
		{"one item", "irt.link_few", []LinkItem{one(1, 0)}, []LinkItem{one(1, 0)}, MeanMean},
		{"other steps", "irt.link_differs", []LinkItem{one(1, 0), one(1, 1)}, []LinkItem{one(1, 0), one(1, 1, 2)}, MeanMean},
		{"a negative slope", "irt.link_slope", []LinkItem{one(1, 0), one(-1, 1)}, []LinkItem{one(1, 0), one(1, 1)}, MeanMean},
		{"a difficulty that is no number", "irt.link_difficulty", []LinkItem{one(1, 0), one(1, math.NaN())}, []LinkItem{one(1, 0), one(1, 1)}, MeanMean},
		{"all equally difficult", "irt.link_flat", []LinkItem{one(1, 0), one(1, 0)}, []LinkItem{one(1, 0), one(1, 1)}, MeanSigma},
		{"an unknown method", "irt.link_method", []LinkItem{one(1, 0), one(1, 1)}, []LinkItem{one(1, 0), one(1, 1)}, "tucker"},
	}
	for _, c := range cases {
		_, err := LinkScales(c.fresh, c.old, c.method, LinkOptions{})
		if list := fault.Of(err); len(list) != 1 || list[0].Code != c.code {
			t.Errorf("%s: got %v, want %s", c.name, err, c.code)
		}
	}
}
