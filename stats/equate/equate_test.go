package equate

import (
	"math"
	"strings"
	"testing"

	"jiaoheng/fault"
	"jiaoheng/stats"
)

func scaleTo(n int) []float64 {
	out := make([]float64, n+1)
	for i := range out {
		out[i] = float64(i)
	}
	return out
}

// someForm has counts of a bell with noise; every seed another one.
func someForm(top int, middle float64, seed uint64) Form {
	stream := stats.NewStream(seed)
	out := Form{Scores: scaleTo(top), Counts: make([]float64, top+1)}
	for range 2000 {
		score := math.Round(middle + float64(top)/6*stream.Normal())
		out.Counts[int(min(max(score, 0), float64(top)))]++
	}
	return out
}

// someJoint has an anchor that goes with the score.
func someJoint(n, top int, ability float64, seed uint64) Joint {
	stream := stats.NewStream(seed)
	out := Joint{Scores: scaleTo(top), Anchors: scaleTo(12), Counts: make([]float64, (top+1)*13)}
	for range n {
		able := ability + stream.Normal()
		score := math.Round(float64(top)/2 + float64(top)/6*able + 2*stream.Normal())
		anchor := math.Round(6 + 2*able + stream.Normal())
		at := int(min(max(score, 0), float64(top)))*13 + int(min(max(anchor, 0), 12))
		out.Counts[at]++
	}
	return out
}

func TestAFormEquatedToItselfStays(t *testing.T) {
	form := someForm(40, 22, 1)
	joint := someJoint(3000, 30, 0, 2)
	for kind, methods := range methodsOf {
		for _, method := range methods {
			o := Options{Type: kind, Method: method, Weight: -1}
			result, err := Groups(form, form, Options{Type: kind, Weight: -1})
			if kind != Identity {
				result, err = Anchored(joint, joint, o)
			}
			if err != nil {
				t.Fatal(kind, method, err)
			}
			for _, point := range result.Points {
				if math.Abs(point.Equated-point.Scale) > 1e-6 {
					t.Errorf("%s %s: %g becomes %g", kind, method, point.Scale, point.Equated)
					break
				}
			}
		}
	}
}

func TestWhatIsKnownOfSmallForms(t *testing.T) {
	x := Form{Scores: scaleTo(4), Counts: []float64{1, 2, 4, 2, 1}}
	y := Form{Scores: scaleTo(4), Counts: []float64{2, 2, 0, 4, 2}}
	cases := []struct {
		name string
		o    Options
		want []float64
	}{
		{"identity keeps the ends", Options{Type: Identity}, []float64{0, 1, 2, 3, 4}},
		{"mean adds the difference of means, 2.2 - 2", Options{Type: Mean}, []float64{0.2, 1.2, 2.2, 3.2, 4.2}},
		// ranks .05 .2 .5 .8 .95 on Y cut at 0 .2 .4 .4 .8 1: .05 → -.5+.25, .2 → the edge .5, .5 → 2.5+.25, .8 → 3.5, .95 → 3.5+.75
		{"equipercentile by hand", Options{Type: Equipercentile}, []float64{-0.25, 0.5, 2.75, 3.5, 4.25}},
	}
	for _, c := range cases {
		result, err := Groups(x, y, c.o)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range c.want {
			if math.Abs(result.Points[i].Equated-want) > 1e-9 {
				t.Errorf("%s: %g becomes %g, not %g", c.name, result.Points[i].Scale, result.Points[i].Equated, want)
			}
		}
	}
}

// Where nobody reached some scores of Y, the equivalent of a rank that lies in the gap is its middle.
func TestARankInAGapIsItsMiddle(t *testing.T) {
	k := newKernel(Form{Scores: scaleTo(5), Counts: []float64{0, 5, 0, 0, 5, 0}})
	for rank, want := range map[float64]float64{0: -0.5, 0.25: 1, 0.5: 2.5, 0.75: 4, 1: 5.5} {
		if got := k.at(rank); math.Abs(got-want) > 1e-12 {
			t.Errorf("rank %g is at %g, not %g", rank, got, want)
		}
	}
}

// Moments and lines of the common-item example of Kolen and Brennan (2004), table 4.3: X in group 1 and Y in group 2, all weight on group 1.
func TestLinesOfThePublishedExample(t *testing.T) {
	var m moments
	for i, value := range []float64{15.8205, 5.1063, 6.5278 * 6.5278, 13.4088, 2.3760 * 2.3760, 18.6728, 5.8626, 6.8784 * 6.8784, 14.7603, 2.4515 * 2.4515} {
		m[i] = variable(value, i)
	}
	joint := Joint{Scores: scaleTo(36), Anchors: scaleTo(12), Counts: make([]float64, 37*13)}
	cases := []struct {
		method           Method
		slope, intercept float64
	}{{Tucker, 1.0289, 0.5370}, {Levine, 1.0112, 0.2514}}
	for _, c := range cases {
		slope, intercept, _ := lineOf(joint, joint, m, Options{Type: Linear, Method: c.method}, 1)
		if math.Abs(slope.value-c.slope) > 1e-4 || math.Abs(intercept.value-c.intercept) > 2e-3 {
			t.Errorf("%s: %g + %g x", c.method, intercept.value, slope.value)
		}
	}
}

func TestGradientsAreThoseOfDifferences(t *testing.T) {
	x, y := someJoint(900, 30, 0, 3), someJoint(800, 30, 0.3, 4)
	for _, method := range []Method{Tucker, Levine, Chained, LevineTrue} {
		for _, external := range []bool{false, true} {
			o := Options{Type: Linear, Method: method, External: external}
			m := momentsOf(x, y, true)
			slope, intercept, _ := lineOf(x, y, m, o, 0.4)
			at := slope.along(20, intercept)
			for k := range m {
				reach := func(step float64) float64 {
					moved := m
					moved[k] = variable(m[k].value+step, k)
					a, b, _ := lineOf(x, y, moved, o, 0.4)
					return a.along(20, b).value
				}
				step := 1e-5 * (1 + math.Abs(m[k].value))
				if want := (reach(step) - reach(-step)) / (2 * step); math.Abs(want-at.slope[k]) > 1e-6*(1+math.Abs(want)) {
					t.Errorf("%s, external %v: derivative by moment %d is %g, differences say %g", method, external, k, at.slope[k], want)
				}
			}
		}
	}
}

// Standard errors against samples drawn with replacement.
func TestStandardErrorsAreThoseOfRepeatedSamples(t *testing.T) {
	x, y := someJoint(1500, 30, 0, 5), someJoint(1500, 30, 0.2, 6)
	for _, method := range []Method{Tucker, Levine, Chained} {
		o := Options{Type: Linear, Method: method, Weight: 0.5}
		result, err := Anchored(x, y, o)
		if err != nil {
			t.Fatal(err)
		}
		stream := stats.NewStream(7)
		const repeats = 300
		sum, squares := 0.0, 0.0
		for range repeats {
			again, err := Anchored(drawn(x, stream), drawn(y, stream), o)
			if err != nil {
				t.Fatal(err)
			}
			sum += again.Points[22].Equated
			squares += again.Points[22].Equated * again.Points[22].Equated
		}
		mean := sum / repeats
		seen := math.Sqrt(squares/repeats - mean*mean)
		if told := *result.Points[22].SE; math.Abs(seen/told-1) > 0.2 {
			t.Errorf("%s: standard error %g, samples say %g", method, told, seen)
		}
	}
}

func drawn(j Joint, stream *stats.Stream) Joint {
	out := Joint{Scores: j.Scores, Anchors: j.Anchors, Counts: make([]float64, len(j.Counts))}
	var pupils []int
	for cell, count := range j.Counts {
		for range int(count) {
			pupils = append(pupils, cell)
		}
	}
	for range pupils {
		out.Counts[pupils[stream.Below(len(pupils))]]++
	}
	return out
}

func TestSmoothingKeepsMoments(t *testing.T) {
	form := someForm(60, 35, 8)
	for degree := 1; degree <= MaxDegree; degree++ {
		smooth, err := Smooth(form, degree)
		if err != nil {
			t.Fatal(degree, err)
		}
		for power := 1; power <= min(degree, 4); power++ {
			if a, b := form.moment(30, power), smooth.moment(30, power); math.Abs(a-b) > 1e-5*(1+math.Abs(a)) {
				t.Errorf("degree %d: moment %d is %g, was %g", degree, power, b, a)
			}
		}
	}
	joint := someJoint(3000, 30, 0, 9)
	fit, err := smoothJoint(joint, 4, 2)
	if err != nil {
		t.Fatal(err)
	}
	smooth := Joint{Scores: joint.Scores, Anchors: joint.Anchors, Counts: fit.fitted}
	if a, b := joint.covariance(), smooth.covariance(); math.Abs(a-b) > 1e-5*a {
		t.Errorf("covariance %g, was %g", b, a)
	}
}

// Whatever the counts are, equipercentile equivalents rise and stay within half a step of the scale.
func TestEquipercentileEquivalentsRise(t *testing.T) {
	stream := stats.NewStream(10)
	for round := range 300 {
		forms := [2]Form{}
		for i := range forms {
			forms[i] = Form{Scores: scaleTo(2 + stream.Below(20))}
			for range forms[i].Scores {
				forms[i].Counts = append(forms[i].Counts, float64(max(stream.Below(9)-4, 0)))
			}
			forms[i].Counts[stream.Below(len(forms[i].Counts))] += 2
		}
		result, err := Groups(forms[0], forms[1], Options{Type: Equipercentile})
		if err != nil {
			t.Fatal(err)
		}
		last := forms[1].high() + 0.5
		for i, point := range result.Points {
			if i > 0 && point.Equated < result.Points[i-1].Equated-1e-9 || point.Equated < -0.5 || point.Equated > max(last, point.Scale) || *point.SE < 0 {
				t.Fatalf("round %d: %v → %v", round, forms, result.Points)
			}
		}
	}
}

func TestFaultsNameWhatIsWrong(t *testing.T) {
	good := someForm(10, 5, 11)
	joint := someJoint(100, 10, 0, 12)
	flat := Joint{Scores: joint.Scores, Anchors: joint.Anchors, Counts: make([]float64, len(joint.Counts))}
	flat.Counts[3*13+4] = 50
	other := Joint{Scores: joint.Scores, Anchors: scaleTo(5), Counts: make([]float64, 11*6)}
	other.Counts[0], other.Counts[7] = 5, 5
	cases := []struct {
		name, code string
		run        func() error
	}{
		{"no scores", "equate.scale_length", func() error { _, err := Groups(Form{}, good, Options{Type: Linear}); return err }},
		{"falling scores", "equate.scale_order", func() error {
			_, err := Groups(Form{Scores: []float64{1, 0}, Counts: []float64{2, 2}}, good, Options{Type: Linear})
			return err
		}},
		{"negative counts", "equate.bad_count", func() error {
			_, err := Groups(Form{Scores: []float64{0, 1}, Counts: []float64{2, -2}}, good, Options{Type: Linear})
			return err
		}},
		{"nobody", "equate.too_few", func() error {
			_, err := Groups(Form{Scores: []float64{0, 1}, Counts: []float64{0, 0}}, good, Options{Type: Linear})
			return err
		}},
		{"unknown type", "equate.type", func() error { _, err := Groups(good, good, Options{Type: "cubic"}); return err }},
		{"method without anchor", "equate.no_anchor", func() error { _, err := Groups(good, good, Options{Type: Linear, Method: Tucker}); return err }},
		{"method that does not fit", "equate.method", func() error { _, err := Anchored(joint, joint, Options{Type: Linear, Method: Frequency}); return err }},
		{"smoothing of a line", "equate.smooth_type", func() error { _, err := Groups(good, good, Options{Type: Linear, Smooth: true}); return err }},
		{"degree", "equate.degree", func() error {
			_, err := Groups(good, good, Options{Type: Equipercentile, Smooth: true, Degree: 99})
			return err
		}},
		{"weight", "equate.weight", func() error {
			_, err := Anchored(joint, joint, Options{Type: Linear, Method: Tucker, Weight: 2})
			return err
		}},
		{"anchors differ", "equate.anchor_scales", func() error { _, err := Anchored(joint, other, Options{Type: Linear, Method: Tucker}); return err }},
		{"no spread", "equate.no_spread", func() error { _, err := Anchored(flat, flat, Options{Type: Linear, Method: Tucker}); return err }},
		{"off the scale", "equate.off_scale", func() error { _, err := Tally(scaleTo(3), []float64{1.5}, nil); return err }},
	}
	for _, c := range cases {
		err := c.run()
		faults := fault.Of(err)
		if len(faults) == 0 || faults[0].Code != c.code {
			t.Errorf("%s: %v, not %s", c.name, err, c.code)
			continue
		}
		if text := faults.Text("zh"); strings.Contains(text, "{") {
			t.Errorf("%s: %s", c.name, text)
		}
	}
}
