package mixed

import (
	"math"
	"slices"
	"strconv"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// SeveralResult is a fitted model of several responses. Coefficients and effects are named response:coefficient, those of the
// intercept by the response alone.
type SeveralResult struct {
	Method      Method
	Formula     string
	Subjects    []string
	Pupils, N   int64 // rows, and values of all responses
	Coefficient []Coefficient
	Covariance  [][]float64 // of the coefficients
	VarComp     []VarComp   // without residuals
	Residual    [][]float64 // covariance of the residuals of a pupil, responses × responses
	LogLik      float64
	Effects     []GroupEffects
	Dropped     []string // columns of X, for every response
	Certificate Certificate
}

// FitSeveral fits cbind(a, b, …) ~ …: every response has coefficients and effects of its own, the effects of a level vary together over
// all responses of a term, and so do, freely, the residuals of a pupil. Responses may be missing; each pupil counts with what is there.
// Missing values are taken to be missing at random given the values that are there.
func FitSeveral(s *SeveralSums, options Options) (*SeveralResult, error) {
	if options.Method == "" {
		options.Method = REML
	}
	if options.Method != REML && options.Method != ML || len(options.EntryError) > 0 {
		return nil, fault.New("mixed.method", message.Args{"method": string(options.Method)})
	}
	reml := options.Method == REML
	p, err := newSeveralProblem(s, reml)
	if err != nil {
		return nil, err
	}
	e := newEvaluator(p.problem, reml)
	e.class = nil
	phi := make([]float64, (p.subjects+2)*(p.subjects-1)/2)
	for at, i := 0, 1; i < p.subjects; i++ {
		for range i {
			phi[at] = 0.5 / float64(p.subjects)
			at++
		}
		at++
	}
	best, certificate := e.find(func(theta []float64) (float64, []float64) { return p.objective(e, theta) }, phi)
	if best.theta == nil {
		return nil, fault.New("mixed.no_solution", message.Args{"formula": s.Design.Formula.text})
	}
	if slices.ContainsFunc(best.theta, func(x float64) bool { return math.Abs(x) > runaway/100 }) {
		return nil, fault.New("mixed.exact_groups", message.Args{"response": s.Design.Formula.response.text()})
	}
	n := len(e.theta)
	value := p.fill(best.theta[n:])
	value += e.deviance(best.theta[:n])
	e.solve()
	e.invert()
	r := &SeveralResult{Method: options.Method, Formula: s.Design.Formula.text, Subjects: s.subjects(), N: p.rows, Certificate: certificate}
	for _, pattern := range s.patterns() {
		r.Pupils += s.sums[pattern].Rows()
	}
	p.report(e, r, value)
	return r, nil
}

// objective is the deviance and its derivatives: by θ exactly, by φ from differences.
func (p *severalProblem) objective(e *evaluator, theta []float64) (float64, []float64) {
	n := len(e.theta)
	phi := append([]float64{}, theta[n:]...)
	slopes := make([]float64, len(phi))
	for i := range phi {
		const h = 1e-4
		at := phi[i]
		value := [4]float64{}
		for k, step := range []float64{-2, -1, 1, 2} {
			phi[i] = at + step*h
			value[k] = p.fill(phi) + e.deviance(theta[:n])
		}
		phi[i] = at
		slopes[i] = (value[0] - 8*value[1] + 8*value[2] - value[3]) / (12 * h)
	}
	value := p.fill(phi) + e.deviance(theta[:n])
	if math.IsInf(value, 0) || math.IsNaN(value) {
		return math.Inf(1), nil
	}
	return value, append(e.gradient(), slopes...)
}

// report brings the solution back to the scales of X and the responses.
func (p *severalProblem) report(e *evaluator, r *SeveralResult, deviance float64) {
	k := p.subjects
	last := e.l[len(e.l)-1]
	sigma2 := last * last / e.df
	for i, n := range p.observed {
		deviance += 2 * n * math.Log(p.scales[i])
		if p.reml {
			deviance -= 2*p.fixed.logDet + 2*float64(p.x)*math.Log(p.scales[i])
		}
	}
	r.LogLik = -deviance / 2
	full := squareLower(p.cOf(p.phi), k)
	for i := range k {
		row := make([]float64, k)
		for j := range k {
			row[j] = sigma2 * full[i*k+j] * p.scales[i] * p.scales[j]
		}
		r.Residual = append(r.Residual, row)
	}
	for _, j := range p.fixed.dropped {
		r.Dropped = append(r.Dropped, p.sums.Design.Fixed[j].Name)
	}
	b := p.coefficients(e, r, sigma2)
	p.variances(e, r, sigma2)
	p.effects(e, r, b, sigma2)
}

// coefficients returns the internal coefficients and writes those of the design, A ⊗ scales times them.
func (p *severalProblem) coefficients(e *evaluator, r *SeveralResult, sigma2 float64) []float64 {
	k, n, nv := p.subjects, e.nv-1, e.nv
	b := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		b[i] = e.l[n*nv+i]
		for j := i + 1; j < n; j++ {
			b[i] -= float64(e.l[j*nv+i] * b[j])
		}
		b[i] /= e.l[i*nv+i]
	}
	w := make([]float64, n*n)
	for i := range p.x {
		for c := range k {
			row := w[(i*k+c)*n : (i*k+c+1)*n]
			value := 0.0
			for j := range p.x {
				row[j*k+c] = p.fixed.a[i*p.x+j] * p.scales[c]
				value += float64(p.fixed.a[i*p.x+j] * (p.offsets[c][j] + p.scales[c]*b[j*k+c]))
			}
			if i == 0 && p.fixed.constant {
				value += p.sums.Centre[len(p.sums.Centre)-k+c]
			}
			for j := range n { // the row times L'⁻¹
				for m := range j {
					row[j] -= float64(row[m] * e.l[j*nv+m])
				}
				row[j] /= e.l[j*nv+j]
			}
			r.Coefficient = append(r.Coefficient, Coefficient{Name: severalName(r.Subjects[c], p.sums.Design.Fixed[p.fixed.kept[i]].Name), Value: value})
		}
	}
	for i := range n {
		row := make([]float64, n)
		for j := range n {
			row[j] = sigma2 * inProduct(w[i*n:(i+1)*n], w[j*n:(j+1)*n])
		}
		r.Covariance = append(r.Covariance, row)
		r.Coefficient[i].SE = math.Sqrt(row[i])
	}
	return b
}

func severalName(subject, effect string) string {
	if effect == "(Intercept)" {
		return subject
	}
	return subject + ":" + effect
}

// into is what brings the effects of a term to the scales of the design: A ⊗ scales.
func (p *severalProblem) into(t problemTerm) []float64 {
	k, q := p.subjects, t.q
	out := make([]float64, q*q)
	for i := range q / k {
		for j := range q / k {
			for c := range k {
				out[(i*k+c)*q+j*k+c] = t.basis.a[i*(q/k)+j] * p.scales[c]
			}
		}
	}
	return out
}

func (p *severalProblem) termNames(t problemTerm, subjects []string) []string {
	var names []string
	for _, effect := range p.sums.Design.Terms[t.design].Effects {
		for _, subject := range subjects {
			names = append(names, severalName(subject, effect.Name))
		}
	}
	return names
}

func (p *severalProblem) variances(e *evaluator, r *SeveralResult, sigma2 float64) {
	groups := make([]string, len(p.terms))
	for i, t := range p.terms {
		groups[i] = p.sums.Design.Groups[p.factors[t.factor].group].Name
	}
	groups = uniqueNames(groups)
	for i, t := range p.terms {
		names := p.termNames(t, r.Subjects)
		s := conjugate(p.into(t), squareLower(lowerOf(e.theta[t.theta:], t.q), t.q), t.q)
		for a := range t.q {
			v := sigma2 * s[a*t.q+a]
			if v == 0 {
				r.Certificate.Boundary = append(r.Certificate.Boundary, "var("+groups[i]+"."+names[a]+") = 0")
			}
			r.VarComp = append(r.VarComp, VarComp{Group: groups[i], Var1: names[a], VCov: v, SDCor: math.Sqrt(v), Known: true})
		}
		for a := range t.q {
			for b := a + 1; b < t.q; b++ {
				c := VarComp{Group: groups[i], Var1: names[a], Var2: names[b], VCov: sigma2 * s[a*t.q+b]}
				if length := math.Sqrt(s[a*t.q+a] * s[b*t.q+b]); length > 0 {
					c.SDCor, c.Known = clamp(s[a*t.q+b]/length, -1, 1), true
				}
				r.VarComp = append(r.VarComp, c)
			}
		}
		if l := lowerOf(e.theta[t.theta:], t.q); rankOf(l, t.q) < t.q {
			r.Certificate.Boundary = append(r.Certificate.Boundary, "rank("+groups[i]+") = "+strconv.Itoa(rankOf(l, t.q))+" < "+strconv.Itoa(t.q))
		}
	}
}

func (p *severalProblem) effects(e *evaluator, r *SeveralResult, b []float64, sigma2 float64) {
	for f := range p.factors {
		x, q := &p.factors[f], p.factors[f].q
		g := GroupEffects{Group: p.sums.Design.Groups[x.group].Name, Levels: x.levels}
		a := make([]float64, q*q)
		for _, t := range p.terms {
			if t.factor != f {
				continue
			}
			g.Names = append(g.Names, p.termNames(t, r.Subjects)...)
			for i, v := range p.into(t) {
				a[(t.at+i/t.q)*q+t.at+i%t.q] = v
			}
		}
		al := make([]float64, q*q)
		addProduct(al, q, a, e.lambda[f], q, q, q)
		for i := range q {
			g.Variance = append(g.Variance, sigma2*inProduct(al[i*q:(i+1)*q], al[i*q:(i+1)*q]))
		}
		u := make([]float64, q)
		for level := range x.n {
			node := x.node + level
			for i := range q {
				row := e.u[e.bAt[node]+i*e.nv : e.bAt[node]+(i+1)*e.nv]
				u[i] = row[e.nv-1] - inProduct(row[:e.nv-1], b)
			}
			e.level(&g, al, u, e.inv[e.dAt[node]:e.dAt[node]+q*q], math.Sqrt(sigma2), f)
		}
		r.Effects = append(r.Effects, g)
	}
}
