package equate

import "math"

// equipercentile takes every rank to the score of Y with that rank. Where X reaches beyond the end of Y with everybody below, a score
// stays what it is.
func equipercentile(xScores, xRanks []float64, y Form) []Point {
	k := newKernel(y)
	end := k.edges[len(k.edges)-1]
	out := make([]Point, len(xRanks))
	for i, rank := range xRanks {
		out[i] = Point{Scale: xScores[i], Equated: k.at(rank)}
		if rank >= 1 && xScores[i] > end {
			out[i].Equated = xScores[i]
		}
	}
	return out
}

// lordErrors sets the standard errors of equipercentile equating of groups alike (Lord 1982; Kolen and Brennan, formula 7.12):
// with p the rank, G and G' the shares of Y below and at the end of the kernel that holds it, and g = G'-G,
// Var = (p(1-p)(1/nx+1/ny) - (G'-p)(p-G)/(ny g)) / g², times the squared width of the kernel.
func lordErrors(points []Point, xRanks []float64, y Form, nx, ny float64) {
	k := newKernel(y)
	for i, p := range xRanks {
		se := 0.0
		if p > 0 && p < 1 {
			u := k.interval(p)
			below, end := k.below[u], k.below[u+1]
			g := end - below
			variance := (p*(1-p)*(1/nx+1/ny) - (end-p)*(p-below)/(ny*g)) / (g * g)
			se = math.Sqrt(max(variance, 0)) * (k.edges[u+1] - k.edges[u])
		}
		points[i].SE = &se
	}
}

func groupsEquipercentile(out Result, x, y Form, o Options) (Result, error) {
	if o.Smooth {
		if o.Degree == 0 {
			o.Degree = 6
		}
		out.Smooth, out.Degree = "loglinear", o.Degree
		for _, form := range []struct {
			name string
			form *Form
		}{{"X", &x}, {"Y", &y}} {
			fit, err := smoothForm(*form.form, o.Degree)
			if err != nil {
				return Result{}, err
			}
			form.form.Counts = fit.fitted
			out.Certificate = append(out.Certificate, Certificate{form.name, len(fit.basis), fit.steps, fit.gradient})
		}
	}
	share := ranks(x)
	out.Points = equipercentile(x.Scores, share, y)
	lordErrors(out.Points, share, y, out.NX, out.NY)
	return out, nil
}

func anchoredEquipercentile(out Result, x, y Joint, o Options) (Result, error) {
	if o.Smooth {
		if o.Degree == 0 {
			o.Degree = 4
		}
		if o.Crossed == 0 {
			o.Crossed = 2
		}
		out.Smooth, out.Degree = "loglinear", o.Degree
		for _, form := range []struct {
			name  string
			joint *Joint
		}{{"X", &x}, {"Y", &y}} {
			fit, err := smoothJoint(*form.joint, o.Degree, o.Crossed)
			if err != nil {
				return Result{}, err
			}
			form.joint.Counts = fit.fitted
			out.Certificate = append(out.Certificate, Certificate{form.name, len(fit.basis), fit.steps, fit.gradient})
		}
	}
	if o.Method == Chained {
		onAnchor := equipercentile(x.Scores, ranks(x.Score()), x.Anchor())
		share := make([]float64, len(onAnchor))
		for i, point := range onAnchor {
			share[i] = rankAt(y.Anchor(), point.Equated)
		}
		out.Points = equipercentile(x.Scores, share, y.Score())
		return out, nil
	}
	weight := o.weight(x, y)
	out.Weight = &weight
	sx, sy := synthetic(x, y, weight, o.Shares)
	out.Points = equipercentile(sx.Scores, ranks(sx), sy)
	return out, nil
}

// weight of the first group: as given, or its share of both.
func (o Options) weight(x, y Joint) float64 {
	if o.Weight < 0 {
		return total(x.Counts) / (total(x.Counts) + total(y.Counts))
	}
	return o.Weight
}

// synthetic are the distributions of both forms in the synthetic population (frequency estimation): given the anchor score, each form is
// taken to be distributed alike in both groups.
func synthetic(x, y Joint, weight float64, shares bool) (Form, Form) {
	anchorX, anchorY := x.Anchor().Counts, y.Anchor().Counts
	unitX, unitY := 1.0, 1.0
	if shares {
		unitX, unitY = total(x.Counts), total(y.Counts)
	}
	mix := func(j Joint, own, other []float64, ownWeight, ownUnit, otherUnit float64) Form {
		out := Form{Scores: j.Scores, Counts: make([]float64, len(j.Scores))}
		for cell, count := range j.Counts {
			if v := cell % len(j.Anchors); count > 0 {
				out.Counts[cell/len(j.Anchors)] += ownWeight*count/ownUnit + (1-ownWeight)*count/own[v]*other[v]/otherUnit
			}
		}
		return out
	}
	sx := mix(x, anchorX, anchorY, weight, unitX, unitY)
	sy := mix(y, anchorY, anchorX, 1-weight, unitY, unitX)
	return sx, sy
}
