package irt

import (
	"math"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// How much work goes where. None of it changes what is reached, only how fast.
const (
	fewPatterns  = 2_000  // up to so many, every start is climbed to the end on all patterns; else on a sample of half as many
	manyPatterns = 20_000 // from so many on, every second node is used when that changes nothing, and a sample comes first
	samplePart   = 10_000 // patterns of that sample
	stepWork     = 4e7    // pairs of answers counted for the information of a step,
	errorWork    = 1e8    // and for that of the standard errors
	nodesTouched = 40     // nodes that carry the posterior of a person, about
)

// Options say how a model is fitted. The zero value but for the model is what the reference values are made with.
type Options struct {
	Model Model
	Nodes int     // of the quadrature, odd; 0 is DefaultNodes
	Reach float64 // the nodes go from −Reach to Reach, in standard deviations; 0 is DefaultReach
	Guess Beta    // prior of c; the zero value is Beta(5, 17)
}

// MaxNodes is the most nodes that may be asked for.
const MaxNodes = 2001

func (o Options) filled() (Options, error) {
	if o.Nodes == 0 {
		o.Nodes = DefaultNodes
	}
	if o.Reach == 0 {
		o.Reach = DefaultReach
	}
	if o.Guess == (Beta{}) {
		o.Guess = Beta{5, 17}
	}
	if o.Nodes < 11 || o.Nodes > MaxNodes || o.Nodes%2 == 0 {
		return o, fault.New("irt.bad_nodes", message.Args{"nodes": o.Nodes, "limit": MaxNodes})
	}
	if !(o.Reach >= 3 && o.Reach <= 20) {
		return o, fault.New("irt.bad_reach", message.Args{"reach": o.Reach})
	}
	if !(o.Guess.A >= 1 && o.Guess.B >= 1) {
		return o, fault.New("irt.bad_prior", message.Args{"a": o.Guess.A, "b": o.Guess.B})
	}
	return o, nil
}

// Fit fits a model to data by marginal maximum likelihood.
//
// Result:  parameters, standard errors by the observed information, the ability of every row, a certificate.
// Missing: answers that are missing are ignored; a row without any answer gets no ability (NaN).
// Errors:  faults only: fewer than MinItems items that vary, no row with an answer, a frequency that is no number ≥ 0, limits.
// A model that finds no maximum is no error: the certificate says so.
func Fit(data Data, options Options) (*Result, error) {
	options, err := options.filled()
	if err != nil {
		return nil, err
	}
	prepared, err := prepare(data)
	if err != nil {
		return nil, err
	}
	l := newLayout(options.Model, prepared.top)
	if l.count > maxParameters {
		return nil, fault.New("irt.many_parameters", message.Args{"count": l.count, "limit": maxParameters})
	}
	f := &fitting{prepared: prepared, options: options, l: l}
	f.run()
	return f.result(), nil
}

// maxParameters bounds the matrix of the information.
const maxParameters = 3000

// fitting is a fit on its way.
type fitting struct {
	prepared *prepared
	options  Options
	l        *layout
	nodes    quadrature
	halved   bool
	end      *state
	held     []bool
	cert     Certificate
	variance []float64 // of the parameters; nil when the information is not positive definite
	infoRows int
}

// problem returns the fit to a set of patterns; the information of its steps comes from a sample when all cost too much.
func (f *fitting) problem(rows *rowSet) *problem {
	return &problem{l: f.l, rows: rows, nodes: f.nodes, prior: f.options.Guess, sampled: rows.sample(f.affordable(stepWork))}
}

// affordable is how many patterns may give their pairs of answers for so much work.
func (f *fitting) affordable(work float64) int {
	items := float64(len(f.l.top))
	return max(1000, int(work/(items*items/8*nodesTouched)))
}

func (f *fitting) run() {
	f.nodes = normalNodes(f.options.Nodes, f.options.Reach)
	if f.prepared.rows.len() >= manyPatterns && f.options.Nodes >= DefaultNodes {
		f.nodes, f.halved = normalNodes(f.options.Nodes/2+1, f.options.Reach), true
	}
	f.climbAll()
	if f.halved && !f.sameWithAllNodes() {
		f.nodes, f.halved = normalNodes(f.options.Nodes, f.options.Reach), false
		p := f.problem(f.prepared.rows)
		if at := p.visit(f.end.all); at != nil {
			f.climbFrom(p, at)
		}
	}
	f.turn()
	f.errors()
}

// climbAll climbs from every start, on a sample first when there are many patterns, and from the best on all of them.
func (f *fitting) climbAll() {
	rows := f.prepared.rows
	first, tolerance := rows.sample(fewPatterns), stepTolerance
	if first != rows {
		first, tolerance = rows.sample(fewPatterns/2), 1e-2
	}
	p := f.problem(first)
	best := math.Inf(-1)
	for _, start := range starts(f.l, first) {
		f.cert.Starts++
		at := p.visit(start)
		if at == nil {
			continue
		}
		end, steps, arrived, held := p.climb(at, tolerance)
		f.cert.Iterations += steps
		f.cert.StartValues = append(f.cert.StartValues, end.value)
		if end.value > best+1e-9*math.Abs(end.value) || f.end == nil {
			best = end.value
			f.end, f.held, f.cert.Converged = end, held, arrived
		}
	}
	if f.end == nil {
		panic("irt: no start is possible")
	}
	if rows.len() >= manyPatterns {
		p = f.problem(rows.sample(samplePart))
		if at := p.visit(f.end.all); at != nil {
			end, steps, _, _ := p.climb(at, 1e-3)
			f.end = end
			f.cert.Iterations += steps
		}
	}
	if first != rows {
		p = f.problem(rows)
		if at := p.visit(f.end.all); at != nil {
			f.climbFrom(p, at)
		}
	}
}

func (f *fitting) climbFrom(p *problem, at *state) {
	end, steps, arrived, held := p.climb(at, stepTolerance)
	f.end, f.held, f.cert.Converged = end, held, arrived
	f.cert.Iterations += steps
}

// sameWithAllNodes tells whether twice the nodes give the same likelihood of a sample of the patterns to ten digits.
func (f *fitting) sameWithAllNodes() bool {
	sample := f.prepared.rows.sample(fewPatterns)
	half := (&problem{l: f.l, rows: sample, nodes: f.nodes, prior: f.options.Guess}).visit(f.end.all)
	full := (&problem{l: f.l, rows: sample, nodes: normalNodes(f.options.Nodes, f.options.Reach), prior: f.options.Guess}).visit(f.end.all)
	if half == nil || full == nil {
		return false
	}
	worst := math.Abs(half.logLik-full.logLik) / math.Abs(full.logLik)
	for i := range half.gradient {
		worst = max(worst, math.Abs(half.gradient[i]-full.gradient[i])/f.prepared.persons)
	}
	return worst < 1e-10
}

// turn makes the sum of the slopes positive: a test with all signs turned round has the same likelihood.
func (f *fitting) turn() {
	sum := 0.0
	for item, top := range f.l.top {
		sum += f.end.all[f.l.place[item][top]]
	}
	if sum >= 0 {
		return
	}
	all := append([]float64(nil), f.end.all...)
	for place := f.l.slopes; place < f.l.guess; place++ {
		all[place] = -all[place]
	}
	if at := f.problem(f.prepared.rows).visit(all); at != nil {
		f.end = at
	}
}

// errors takes the variances of the parameters from the observed information.
func (f *fitting) errors() {
	rows := f.prepared.rows
	sample := rows
	if most := f.affordable(errorWork); rows.len() > max(most, 5000) {
		sample = rows.sample(most)
	}
	f.infoRows = sample.len()
	p := f.problem(rows)
	_, observed := p.information(f.end, sample)
	f.variance = variances(observed, f.l.count, f.held)
}
