package mixed

import (
	"math"
	"slices"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Method is what the fit maximises.
type Method string

// REML takes the estimation of the coefficients into account; ML does not, and its likelihoods compare models of different X.
const (
	REML Method = "REML"
	ML   Method = "ML"
)

// Options of a fit; the zero value is REML.
type Options struct {
	Method Method
	// EntryError gives the variance of the measurement error of columns of X, by name: it is taken out of their sum of squares, so
	// that the slope is not flattened by the error. See errors.go.
	EntryError map[string]float64
}

// Result is a fitted model.
//
// Units: coefficients, effects and Sigma in units of the response; VarComp in their squares; Theta relative to Sigma.
type Result struct {
	Method      Method
	Formula     string
	N           int64
	Missing     int64
	Coefficient []Coefficient
	Covariance  [][]float64 // of the coefficients
	VarComp     []VarComp
	Sigma       float64
	Theta       []float64
	LogLik      float64
	AIC, BIC    float64
	Effects     []GroupEffects
	Dropped     []string // columns of X that are combinations of earlier ones
	Certificate Certificate
	Notes       fault.List
}

// Coefficient is one of the fixed part.
type Coefficient struct {
	Name      string
	Value, SE float64
}

// VarComp is a variance (Var2 empty) or covariance of effects; SDCor is the standard deviation or the correlation, NaN never: a
// correlation with an effect of no variance has Known false.
type VarComp struct {
	Group, Var1, Var2 string
	VCov, SDCor       float64
	Known             bool
}

// GroupEffects are the predicted effects of the levels of one grouping factor and their covariance given coefficients and variances
// (its diagonal is the square of the comparative standard deviation).
type GroupEffects struct {
	Group       string
	Levels      []string
	Names       []string
	BLUP        [][]float64   // levels × names
	CondVar     [][][]float64 // levels × names × names; effects of different terms count as unrelated, as in lme4
	Variance    []float64     // of each effect in the model
	Reliability [][]float64   // 1 - CondVar/Variance; 0 where the variance is 0
}

// Certificate says how sure the solution is.
type Certificate struct {
	Gradient    float64  // steepest derivative of the deviance by a free parameter at the solution
	Boundary    []string // variances of zero and correlations of ±1, in words of the model
	Starts      int      // points from which the search began
	Agreed      int      // of these, how many led to the best deviance
	Iterations  int
	Evaluations int
	Converged   bool
	Flat        bool               // some variances or covariances cannot be told apart by these data; looked for where evaluations are cheap
	Centre      map[string]float64 // what was subtracted from the columns before products were summed
}

// Fit fits the model of the sums.
//
// Columns of X that are linear combinations of earlier ones are dropped and named, as lme4 does. Faults: no rows, fewer rows than
// coefficients, groups with one level or as many as rows, more effects of a term than rows, a response that X explains exactly.
func Fit(s *Sums, options Options) (*Result, error) {
	if options.Method == "" {
		options.Method = REML
	}
	if options.Method != REML && options.Method != ML {
		return nil, fault.New("mixed.method", message.Args{"method": string(options.Method)})
	}
	if s.Design.Responses > 1 {
		return nil, fault.New("mixed.several", nil)
	}
	if len(options.EntryError) > 0 {
		var err error
		if s, err = s.withoutError(options.EntryError); err != nil {
			return nil, err
		}
	}
	p, err := newProblem(s)
	if err != nil {
		return nil, err
	}
	e := newEvaluator(p, options.Method == REML)
	best, certificate := e.find(e.objective, nil)
	if best.theta == nil {
		return nil, fault.New("mixed.no_solution", message.Args{"formula": s.Design.Formula.text})
	}
	if slices.ContainsFunc(best.theta, func(x float64) bool { return math.Abs(x) > runaway/100 }) {
		return nil, fault.New("mixed.exact_groups", message.Args{"response": s.Design.Columns[len(s.Design.Columns)-1].Name})
	}
	if e.class != nil || !slices.Equal(e.theta, best.theta) { // else the last evaluation was that of the solution
		e.deviance(best.theta)
		e.solve()
		e.invert()
	}
	r := &Result{Method: options.Method, Formula: s.Design.Formula.text, N: p.rows, Missing: s.Missing, Certificate: certificate, Notes: s.Design.Notes}
	if certificate.Flat {
		r.Notes = append(slices.Clone(r.Notes), fault.New("mixed.note_flat", nil))
	}
	r.Certificate.Centre = map[string]float64{}
	for i, c := range s.Design.Columns {
		r.Certificate.Centre[c.Name] = s.Centre[i]
	}
	last := e.l[len(e.l)-1]
	sigma2 := last * last / e.df
	r.Sigma = p.scale * math.Sqrt(sigma2)
	e.likelihood(r, best.value)
	b := e.coefficients(r)
	e.variances(r)
	e.effects(r, b)
	if p.fixed.dropped != nil {
		for _, j := range p.fixed.dropped {
			r.Dropped = append(r.Dropped, s.Design.Fixed[j].Name)
		}
	}
	return r, nil
}

// likelihood brings the deviance back to the scales of X, y and the weights.
func (e *evaluator) likelihood(r *Result, deviance float64) {
	deviance += 2*e.df*math.Log(e.scale) - e.logs
	if e.reml {
		deviance -= 2 * e.fixed.logDet
	}
	parameters := float64(len(e.fixed.kept) + len(e.theta) + 1)
	r.LogLik = -deviance / 2
	r.AIC = deviance + 2*parameters
	r.BIC = deviance + parameters*math.Log(float64(e.rows))
}

// coefficients returns the internal coefficients and writes those of the design with their covariance.
func (e *evaluator) coefficients(r *Result) []float64 {
	p, nv := e.nv-1, e.nv
	b := make([]float64, p)
	for i := p - 1; i >= 0; i-- {
		b[i] = e.l[p*nv+i]
		for k := i + 1; k < p; k++ {
			b[i] -= float64(e.l[k*nv+i] * b[k])
		}
		b[i] /= e.l[i*nv+i]
	}
	// W = A L'⁻¹: the covariance is sigma² WW'
	w := make([]float64, p*p)
	for i := range p {
		for j := range p {
			v := e.fixed.a[i*p+j]
			for k := range j {
				v -= float64(w[i*p+k] * e.l[j*nv+k])
			}
			w[i*p+j] = v / e.l[j*nv+j]
		}
	}
	for i := range p {
		value := 0.0
		for j := range p {
			value += float64(e.fixed.a[i*p+j] * (e.offset[j] + e.scale*b[j]))
		}
		if i == 0 && e.fixed.constant {
			value += e.sums.Centre[len(e.sums.Centre)-1]
		}
		row := make([]float64, p)
		for j := range p {
			for k := range p {
				row[j] += float64(w[i*p+k] * w[j*p+k])
			}
			row[j] *= r.Sigma * r.Sigma
		}
		r.Covariance = append(r.Covariance, row)
		r.Coefficient = append(r.Coefficient, Coefficient{Name: e.sums.Design.Fixed[e.fixed.kept[i]].Name, Value: value, SE: math.Sqrt(row[i])})
	}
	return b
}
