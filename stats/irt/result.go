package irt

import "math"

// Certificate tells what shows that the maximum was reached.
type Certificate struct {
	Gradient        float64   `json:"maxabs_gradient"` // of the log-likelihood and prior on all data, over the parameters that are not held
	Starts          int       `json:"starts"`
	StartValues     []float64 `json:"start_values"` // what the climbs from them reached, on all patterns or on the sample they were made on
	Iterations      int       `json:"iterations"`
	Nodes           int       `json:"nodes"`
	Reach           float64   `json:"reach"`
	Boundary        []string  `json:"boundary"`
	Converged       bool      `json:"converged"`
	InformationRows int       `json:"information_patterns"` // patterns that the missing information of the standard errors comes from
	Patterns        int       `json:"patterns"`
}

// Result is a fitted model. Arrays of items have the order of Items; what does not exist is NaN.
type Result struct {
	Model         Model
	Items         []string
	Categories    []int // of each item, two at least
	Persons       float64
	Empty         int // rows without any answer
	Parameters    int
	LogLik        float64
	LogPrior      float64 // of guessing, up to its constant
	Slope         []float64
	Intercepts    [][]float64 // of each item, its steps
	Difficulty    [][]float64
	Guessing      []float64 // nil but for ThreePL; 0 for ordered items
	AbilitySD     float64
	SE            []float64
	SEOrder       string
	EAP, EAPSD    []float64 // of each row of the data
	Dropped       []Dropped
	Collapsed     []Collapsed
	SingularSE    bool // the information is not positive definite: no standard errors
	Certificate   Certificate
	fitted        *fitting
	patternEAP    []float64
	patternSpread []float64
}

// slopeNearZero is below what a common slope, which is the standard deviation of the ability for Rasch, is called 0.
const slopeNearZero = 1e-4

func (f *fitting) result() *Result {
	l, all := f.l, f.end.all
	r := &Result{Model: f.options.Model, Items: f.prepared.items, Persons: f.prepared.persons, Empty: f.prepared.empty, Parameters: l.count,
		LogLik: f.end.logLik, LogPrior: f.end.value - f.end.logLik, AbilitySD: 1, Dropped: f.prepared.dropped, Collapsed: f.prepared.collapsed,
		SEOrder: "step intercepts in item order, then slopes", fitted: f}
	ordered := false
	for item, top := range l.top {
		beta := l.of(item, all)
		slope := beta[top]
		if l.model == Rasch {
			slope, r.AbilitySD = 1, beta[top]
		}
		steps, difficulty := beta[:top:top], make([]float64, top)
		for k, d := range steps {
			difficulty[k] = -d / slope
			if slope == 0 {
				difficulty[k] = math.NaN()
			}
		}
		r.Slope, r.Intercepts, r.Difficulty = append(r.Slope, slope), append(r.Intercepts, steps), append(r.Difficulty, difficulty)
		r.Categories = append(r.Categories, top+1)
		ordered = ordered || top > 1
		if l.model == ThreePL {
			c := 0.0
			if l.kind[item] == Guessed {
				c, _ = logistic(beta[2])
			}
			r.Guessing = append(r.Guessing, c)
		}
	}
	if l.model == TwoPL && ordered {
		r.Model = GPCM
	}
	f.fillErrors(r)
	f.fillAbilities(r)
	f.fillCertificate(r)
	return r
}

// fillErrors fills the standard errors: of log standard deviation for Rasch, of c itself for guessing.
func (f *fitting) fillErrors(r *Result) {
	l := f.l
	r.SingularSE = f.variance == nil
	for place := range l.count {
		se := math.NaN()
		if f.variance != nil {
			se = math.Sqrt(f.variance[place])
		}
		switch {
		case place >= l.guess:
			c, rest := logistic(f.end.all[place])
			se *= c * rest
		case l.model == Rasch && place == l.slopes:
			se /= f.end.all[place]
		}
		r.SE = append(r.SE, se)
	}
	switch {
	case l.model == Rasch:
		r.SEOrder = "step intercepts in item order, then log ability SD"
	case l.model == OnePL:
		r.SEOrder = "step intercepts in item order, then common slope"
	case l.guess < l.count:
		r.SEOrder = "step intercepts in item order, then slopes, then guessing c of the items that have it"
	}
}

func (f *fitting) fillAbilities(r *Result) {
	mean, sd := abilities(f.prepared.rows, f.end.curves, f.l.top, f.nodes)
	for i := range mean {
		mean[i] *= r.AbilitySD
		sd[i] *= r.AbilitySD
	}
	r.patternEAP, r.patternSpread = mean, sd
	r.EAP, r.EAPSD = make([]float64, len(f.prepared.pattern)), make([]float64, len(f.prepared.pattern))
	for row, pattern := range f.prepared.pattern {
		r.EAP[row], r.EAPSD[row] = math.NaN(), math.NaN()
		if pattern >= 0 {
			r.EAP[row], r.EAPSD[row] = mean[pattern], sd[pattern]
		}
	}
}

func (f *fitting) fillCertificate(r *Result) {
	cert, l := f.cert, f.l
	cert.Nodes, cert.Reach = len(f.nodes.node), f.options.Reach
	cert.InformationRows, cert.Patterns = f.infoRows, f.prepared.rows.len()
	cert.Boundary = []string{}
	for place, g := range f.end.gradient {
		if !f.held[place] {
			cert.Gradient = max(cert.Gradient, math.Abs(g))
		}
	}
	for item, top := range l.top {
		name := r.Items[item]
		if !l.common && f.held[l.place[item][top]] {
			cert.Boundary = append(cert.Boundary, "slope "+name)
		}
		if l.kind[item] == Guessed && f.held[l.place[item][2]] {
			cert.Boundary = append(cert.Boundary, "guessing "+name)
		}
	}
	if common := math.Abs(f.end.all[l.slopes]); l.common && (common < slopeNearZero || f.held[l.slopes]) {
		name := "slope"
		if l.model == Rasch {
			name = "ability_sd"
		}
		cert.Boundary = append(cert.Boundary, name)
	}
	if r.SingularSE {
		cert.Boundary = append(cert.Boundary, "information")
	}
	r.Certificate = cert
}
