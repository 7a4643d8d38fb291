package mixed

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"jiaoheng/stats"
	"jiaoheng/stats/table"
)

// dense is a slow oracle: it writes V = I + ZΛΛ'Z' out and computes everything by its definition.
type dense struct {
	x, y *mat.Dense
	v    *mat.Dense
	zs   []*mat.Dense // of each term, rows × (levels · q)
}

// newDense writes X, Z and V out for the columns of the design and given parameters; formulas of it have no missing values and full X.
func newDense(s *Sums, rows []Row, theta map[int][]float64) *dense {
	d := s.Design
	n := len(rows)
	out := &dense{x: mat.NewDense(n, max(1, len(d.Fixed)), nil), y: mat.NewDense(n, 1, nil), v: mat.NewDense(n, n, nil)}
	v := make([]float64, len(d.Columns))
	value := func(e Effect) float64 {
		if e.Column < 0 {
			return 1
		}
		return v[e.Column]
	}
	for i := range n {
		out.v.Set(i, i, 1)
	}
	for k, t := range d.Terms {
		q := len(t.Effects)
		levels := map[string]int{}
		var at []int
		for _, row := range rows {
			name := s.levelName(t.Group, s.codesOf(row))
			if _, known := levels[name]; !known {
				levels[name] = len(levels)
			}
			at = append(at, levels[name])
		}
		z := mat.NewDense(n, len(levels)*q, nil)
		for i, row := range rows {
			d.Row(row, v)
			for j, e := range t.Effects {
				z.Set(i, at[i]*q+j, value(e))
			}
		}
		l := lowerOf(theta[k], q)
		big := mat.NewDense(len(levels)*q, len(levels)*q, nil)
		for level := range len(levels) {
			for i := range q {
				for j := range q {
					big.Set(level*q+i, level*q+j, l[i*q+j])
				}
			}
		}
		var zl, zz mat.Dense
		zl.Mul(z, big)
		zz.Mul(&zl, zl.T())
		out.v.Add(out.v, &zz)
		out.zs = append(out.zs, z)
	}
	for i, row := range rows {
		d.Row(row, v)
		for j, e := range d.Fixed {
			out.x.Set(i, j, value(e))
		}
		out.y.Set(i, 0, v[len(v)-1])
	}
	return out
}

// criterion is -2 log of the (restricted) likelihood at V's parameters, coefficients and scale at their best.
func (o *dense) criterion(reml bool) (criterion, sigma2 float64, b, inverse *mat.Dense) {
	n, p := o.x.Dims()
	var vi mat.Dense
	if err := vi.Inverse(o.v); err != nil {
		panic(err)
	}
	logV, _ := mat.LogDet(o.v)
	var vx, xvx, xvy, r, vr mat.Dense
	vx.Mul(&vi, o.x)
	xvx.Mul(o.x.T(), &vx)
	xvy.Mul(vx.T(), o.y)
	b, inverse = &mat.Dense{}, &mat.Dense{}
	if err := inverse.Inverse(&xvx); err != nil {
		panic(err)
	}
	b.Mul(inverse, &xvy)
	r.Mul(o.x, b)
	r.Sub(o.y, &r)
	vr.Mul(&vi, &r)
	rss := mat.Dot(r.ColView(0), vr.ColView(0))
	df := float64(n)
	if reml {
		df -= float64(p)
		logX, _ := mat.LogDet(&xvx)
		logV += logX
	}
	return logV + df*(1+math.Log(2*math.Pi*rss/df)), rss / df, b, inverse
}

// rowsOf returns the rows of a table as the design wants them, as Add gets them.
func rowsOf(t *testing.T, formula string, data *table.Table) (*Sums, []Row) {
	t.Helper()
	f, err := Parse(formula)
	if err != nil {
		t.Fatal(err)
	}
	s, err := FromTable(f, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := newTableRows(f, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	var rows []Row
	v := make([]float64, len(s.Design.Columns))
	for i := range data.Rows {
		row := r.row(i)
		if s.Design.Row(row, v) == Complete {
			rows = append(rows, Row{Numbers: append([]float64{}, row.Numbers...), Codes: append([]int32{}, row.Codes...)})
		}
	}
	return s, rows
}

// TestFitIsWhatTheDefinitionSays holds likelihood, coefficients, variances and effects to the dense oracle at the solution, and
// makes sure that no nearby parameters have a better likelihood.
func TestFitIsWhatTheDefinitionSays(t *testing.T) {
	data := sample(11, 150, 9, 5, 2)
	for _, shape := range []string{"y ~ x + (1|g)", "y ~ x + (1+x|g)", "y ~ z + (1+x||g)", "y ~ x*a + (1|g) + (1|h)", "y ~ z + (1|g/k)", "y ~ 0 + a + (0+a|g) + (1|h)",
		"y ~ b + x + (1+x|g) + (1+z|h)", "y ~ x + (1|h/k) + (1|g)", "y ~ b + (1|g) + (0+b||h)"} {
		for _, method := range []Method{REML, ML} {
			s, rows := rowsOf(t, shape, data)
			r, err := Fit(s, Options{Method: method})
			if err != nil {
				t.Errorf("%s: %v", shape, err)
				continue
			}
			p, err := newProblem(s)
			if err != nil {
				t.Fatal(err)
			}
			theta, at := map[int][]float64{}, 0
			for _, term := range p.terms {
				n := term.q * (term.q + 1) / 2
				theta[term.design] = r.Theta[at : at+n]
				at += n
			}
			oracle := newDense(s, rows, theta)
			criterion, sigma2, b, inverse := oracle.criterion(method == REML)
			name := shape + " " + string(method)
			near(t, name+" logLik", r.LogLik, -criterion/2, 1e-7)
			near(t, name+" sigma²", r.Sigma*r.Sigma, sigma2, 1e-8*sigma2)
			for i, c := range r.Coefficient {
				near(t, name+" "+c.Name, c.Value, b.At(i, 0), 1e-6*c.SE)
				for j := range r.Coefficient {
					near(t, name+" covariance", r.Covariance[i][j], sigma2*inverse.At(i, j), 1e-7*c.SE*r.Coefficient[j].SE)
				}
			}
			stream := stats.NewStream(4)
			for range 6 {
				moved := map[int][]float64{}
				for k, values := range theta {
					for _, v := range values {
						moved[k] = append(moved[k], v+0.02*stream.Normal()*(0.05+math.Abs(v)))
					}
				}
				if c, _, _, _ := newDense(s, rows, moved).criterion(method == REML); c < criterion-1e-7 {
					t.Errorf("%s: parameters nearby are better by %g", name, criterion-c)
				}
			}
			checkEffects(t, name, p, r, oracle, theta, b)
		}
	}
}

// checkEffects compares effects and their conditional covariances with ΛΛ'Z'V⁻¹(y - Xb) and σ²(ΛΛ' - ΛΛ'Z'V⁻¹ZΛΛ').
func checkEffects(t *testing.T, name string, p *problem, r *Result, o *dense, theta map[int][]float64, b *mat.Dense) {
	var vi, residual, w mat.Dense
	if err := vi.Inverse(o.v); err != nil {
		t.Fatal(err)
	}
	residual.Mul(o.x, b)
	residual.Sub(o.y, &residual)
	w.Mul(&vi, &residual)
	for _, term := range p.terms {
		q := term.q
		l := lowerOf(theta[term.design], q)
		sigma := mat.NewDense(q, q, squareLower(l, q))
		z := o.zs[term.design]
		n, columns := z.Dims()
		got := r.Effects[term.factor]
		sumGot, sumWant, varGot, varWant := make([]float64, q), make([]float64, q), 0.0, 0.0
		for level := range columns / q { // the oracle numbers levels as they come: sums and squares over all levels are compared
			zi := z.Slice(0, n, level*q, level*q+q)
			var zw, effect, vz, zvz, part mat.Dense
			zw.Mul(zi.T(), &w)
			effect.Mul(sigma, &zw)
			vz.Mul(&vi, zi)
			zvz.Mul(zi.T(), &vz)
			part.Mul(sigma, &zvz)
			part.Mul(&part, sigma)
			for i := range q {
				sumWant[i] += effect.At(i, 0) * effect.At(i, 0)
				sumGot[i] += got.BLUP[level][term.at+i] * got.BLUP[level][term.at+i]
				varWant += r.Sigma * r.Sigma * (sigma.At(i, i) - part.At(i, i))
				varGot += got.CondVar[level][term.at+i][term.at+i]
			}
		}
		for i := range q {
			near(t, name+" effects", sumGot[i], sumWant[i], 1e-6*(1e-6+sumWant[i]))
		}
		near(t, name+" conditional variances", varGot, varWant, 1e-6*(1e-6+varWant))
	}
}

func near(t *testing.T, what string, got, want, allowed float64) {
	t.Helper()
	if !(math.Abs(got-want) <= allowed) {
		t.Errorf("%s: got %.12g, want %.12g, allowed %.2g", what, got, want, allowed)
	}
}
