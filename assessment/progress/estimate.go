package progress

import (
	"math"
	"slices"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/stats"
)

// Spec says how moments are evaluated.
type Spec struct {
	Slope       bool    `json:"slope"`       // the gain of a point of entry differs between schools
	Composition bool    `json:"composition"` // the mean entry score of the school is taken into account: type B
	Reliability float64 `json:"reliability"` // of the entry score among all pupils; 0: not corrected
	Level       float64 `json:"level"`       // of the intervals, as 0.95
	Least       int     `json:"least"`       // schools with fewer pupils are 样本不足
	Company     int     `json:"company"`     // with fewer schools Composition is not asked for
	Draws       int     `json:"draws"`       // simulated for the rank intervals; 0: none
	Seed        uint64  `json:"seed"`
}

// Standing is where a school stands against the county.
type Standing string

// The standings. A school is above or below only when its interval leaves out zero.
const (
	Above Standing = "above"
	Below Standing = "below"
	None  Standing = "none"  // 与全县无显著差异
	Small Standing = "small" // 样本不足
)

// Effect is what one school adds, in points of the exit score. Deviation is the standard deviation of its error: that of the fixed
// effects and of the variances counted. Comparative is that of the textbooks, with both taken as known.
type Effect struct {
	Unit        string   `json:"unit"`
	N           int      `json:"n"`
	Effect      float64  `json:"effect"`
	Deviation   float64  `json:"deviation"`
	Comparative float64  `json:"comparative"`
	Low         float64  `json:"low"`
	High        float64  `json:"high"`
	Reliability float64  `json:"reliability"`
	RankLow     int      `json:"rank_low"` // 1 is the largest effect; among the schools with enough pupils
	RankHigh    int      `json:"rank_high"`
	Standing    Standing `json:"standing"`
	Firm        bool     `json:"firm"` // also when all schools are judged together (Holm)
	AtLow       float64  `json:"at_low,omitempty"`
	AtHigh      float64  `json:"at_high,omitempty"` // with a slope: for pupils one SD of entry below and above the mean
}

// Estimate is the model of one set of moments.
type Estimate struct {
	Pupils         int         `json:"pupils"`
	Schools        []Effect    `json:"schools"`
	Judged         int         `json:"judged"` // of them, those with enough pupils
	Columns        []string    `json:"columns"`
	Fixed          []float64   `json:"fixed"`
	Errors         []float64   `json:"errors"`  // standard errors of Fixed
	Centres        []float64   `json:"centres"` // of Columns
	ExitCentre     float64     `json:"exit_centre"`
	PupilVariance  float64     `json:"pupil_variance"`
	SchoolVariance []float64   `json:"school_variance"` // intercept; with a slope covariance and slope
	Share          float64     `json:"share"`           // of the variance between schools, at the mean entry score
	ShareLow       float64     `json:"share_low"`
	ShareHigh      float64     `json:"share_high"`
	LogLikelihood  float64     `json:"log_likelihood"` // restricted
	Company        bool        `json:"company"`        // the mean entry score of the school was taken into account
	FixedSchools   bool        `json:"fixed_schools"`  // too few for a variance between them: compared as they stand
	Dropped        []string    `json:"dropped,omitempty"`
	ExitDeviation  float64     `json:"exit_deviation"` // of all pupils: what an effect is divided by to be told in SD
	EntryDeviation float64     `json:"entry_deviation"`
	Certificate    Certificate `json:"certificate"`
	Within         float64     `json:"within_reliability"` // of the entry score within schools, 0 where nothing was corrected
}

// MinSchools is the fewest schools between which a variance is estimated; fewer are compared as they stand (evaluateFixed).
const MinSchools = 5

// Evaluate fits the two-level model of moments and tells the effect of each school with its interval.
//
// Errors: a fault where there are too few schools or pupils, or where the scores do not vary.
func Evaluate(m Moments, spec Spec) (Estimate, error) { return EvaluateCohorts([]Moments{m}, spec) }

// EvaluateCohorts is Evaluate over several cohorts, each with its own line, that share the effects of the schools. Effects are told in
// the points of the first.
func EvaluateCohorts(cohorts []Moments, spec Spec) (Estimate, error) {
	var out Estimate
	prepared := make([]Moments, len(cohorts))
	schools := schoolsOf(cohorts)
	out.Company = spec.Composition && schools >= max(spec.Company, MinSchools+3)
	noise := 0.0 // variance of the error of the entry score
	for n, m := range cohorts {
		out.Pupils += m.Pupils()
		if err := m.fits(schools); err != nil {
			return out, err
		}
		whole, _ := m.spread(Exit)
		entry, _ := m.spread(Entry)
		if n == 0 {
			out.ExitDeviation, out.EntryDeviation = math.Sqrt(whole), math.Sqrt(entry)
		}
		if spec.Reliability > 0 && spec.Reliability < 1 {
			within := m.withinReliability(spec.Reliability)
			if within < 0.3 {
				return out, fault.New("progress.unreliable", message.Args{"given": spec.Reliability})
			}
			m = m.calibrated(within)
			if n == 0 {
				out.Within, noise = within, (1-spec.Reliability)*entry
			}
		}
		if out.Company {
			m = m.withMean()
		}
		prepared[n] = m.scaledExit(out.ExitDeviation / math.Sqrt(whole))
	}
	m := together(prepared)
	if schools < MinSchools {
		return out, out.evaluateFixed(m, spec)
	}
	m, out.Dropped = m.independent()
	slope := -1
	if spec.Slope {
		slope = m.column(Entry)
	}
	model := newModel(m, slope)
	best := model.maximum()
	if best.failed || best.sigma2 <= 0 {
		return out, fault.New("progress.no_fit", nil)
	}
	if out.Within > 0 {
		model.extra = extraOf(m, best, noise, out.Within)
	}
	all := model.around(best, spec.Seed)
	out.Certificate = model.certify(best)
	out.describe(m, model, best, all, spec.Level)
	out.schools(m, model, best, all, spec)
	return out, nil
}

// schoolsOf is how many schools cohorts have together.
func schoolsOf(cohorts []Moments) int {
	found := map[string]bool{}
	for _, m := range cohorts {
		for _, one := range m.Schools {
			found[one.Unit] = true
		}
	}
	return len(found)
}

// fits tells whether moments hold enough to estimate anything.
func (m Moments) fits(schools int) error {
	if schools < 2 || m.Pupils() < 3*len(m.Schools) {
		return fault.New("progress.few_schools", message.Args{"schools": schools, "least": 2, "pupils": m.Pupils()})
	}
	for _, name := range []string{Entry, Exit} {
		if whole, within := m.spread(name); whole == 0 || within <= 1e-12*whole {
			return fault.New("progress.no_spread", nil)
		}
	}
	return nil
}

// extraOf is what the error of the entry score adds to the variance of a pupil's share in the mean of the school. The model counts the
// error within schools; in the mean it acts by the slope between schools, and is not told from the true mean.
func extraOf(m Moments, best point, noise, within float64) float64 {
	slope := best.fixed[m.column(Entry)]
	between := slope
	if c := m.column(Mean); c >= 0 {
		between += best.fixed[c]
	}
	return max(0, noise*(between*between-slope*slope*within))
}

// describe fills what the model says of the county.
func (e *Estimate) describe(m Moments, model *model, best point, all []weighted, level float64) {
	p := model.p
	e.Columns, e.Centres, e.ExitCentre = m.Columns[:p], m.Centres[:p], m.Centres[p]
	e.Fixed, e.PupilVariance, e.LogLikelihood = best.fixed, best.sigma2, -best.deviance/2
	for i := range p {
		e.Errors = append(e.Errors, math.Sqrt(best.cover[i*p+i]))
	}
	first := best.theta[0] * best.theta[0]
	e.SchoolVariance, e.Share = []float64{first * best.sigma2}, first/(1+first)
	if model.q == 2 {
		e.SchoolVariance = append(e.SchoolVariance, best.theta[0]*best.theta[1]*best.sigma2, (best.theta[1]*best.theta[1]+best.theta[2]*best.theta[2])*best.sigma2)
	}
	shares := make([]weighted, len(all))
	copy(shares, all)
	slices.SortStableFunc(shares, func(a, b weighted) int { return compare(a.theta[0], b.theta[0]) })
	sum := 0.0
	for _, one := range shares {
		share := one.theta[0] * one.theta[0] / (1 + one.theta[0]*one.theta[0])
		if before := sum; before < (1-level)/2 {
			e.ShareLow = share
		}
		if sum += one.weight; sum <= (1+level)/2 {
			e.ShareHigh = share
		}
	}
	if best.theta[0] < 1e-4 {
		e.ShareLow = 0
	}
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// schools fills what the model says of each school.
func (e *Estimate) schools(m Moments, model *model, best point, all []weighted, spec Spec) {
	beliefs := model.beliefs(best, all, 0)
	wide := stats.StudentQuantile(0.5+spec.Level/2, freedomOf(model))
	e.Schools = make([]Effect, len(m.Schools))
	for j, one := range m.Schools {
		b := beliefs[j]
		school := Effect{Unit: one.Unit, N: one.N, Effect: b.value, Deviation: b.deviation, Comparative: b.conditional, Low: b.value - wide*b.deviation, High: b.value + wide*b.deviation}
		if between := e.SchoolVariance[0]; between > 0 {
			school.Reliability = max(0, 1-b.conditional*b.conditional/between)
		}
		school.Standing = school.stand(spec.Least)
		e.Schools[j] = school
	}
	if model.q == 2 {
		low, high := model.effects(best, -e.EntryDeviation), model.effects(best, e.EntryDeviation)
		for j := range e.Schools {
			e.Schools[j].AtLow, e.Schools[j].AtHigh = low[j].value, high[j].value
		}
	}
	e.judgeTogether(spec, freedomOf(model))
	if spec.Draws > 0 {
		e.rank(model, all, spec)
	}
}

// freedomOf is how many pupils there are beyond what was estimated: intervals go by Student's quantiles, for the pupils are many but
// not without number.
func freedomOf(m *model) float64 { return max(1, m.n-float64(m.p)) }

// judgeTogether marks the schools whose difference also holds when all schools are judged at once, by Holm's steps.
func (e *Estimate) judgeTogether(spec Spec, freedom float64) {
	var order []int
	for j, one := range e.Schools {
		if one.Standing != Small && one.Deviation > 0 {
			order = append(order, j)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return compare(-math.Abs(e.Schools[a].Effect)/e.Schools[a].Deviation, -math.Abs(e.Schools[b].Effect)/e.Schools[b].Deviation)
	})
	e.Judged = e.Count().Judged()
	for n, j := range order {
		alone := 1 - (1-spec.Level)/float64(len(order)-n)
		if math.Abs(e.Schools[j].Effect) < stats.StudentQuantile(0.5+alone/2, freedom)*e.Schools[j].Deviation {
			return
		}
		e.Schools[j].Firm = true
	}
}

// rank fills the rank intervals: effects are drawn of what is believed, ranked, and the middle share of the ranks is told.
func (e *Estimate) rank(model *model, all []weighted, spec Spec) {
	stream := stats.NewStream(spec.Seed ^ 0x9e3779b97f4a7c15)
	var many []int
	for j, one := range e.Schools {
		if one.Standing != Small {
			many = append(many, j)
		}
	}
	counts := make([][]int32, len(many)) // of each school, how often at each place
	for i := range counts {
		counts[i] = make([]int32, len(many))
	}
	parts := make([][]effect, len(all))
	order, drawn := make([]int, len(many)), make([]float64, len(many))
	for range spec.Draws {
		u, at := stream.Float64(), 0
		for ; at < len(all)-1 && u > all[at].weight; at++ {
			u -= all[at].weight
		}
		if parts[at] == nil {
			parts[at] = model.effects(all[at].point, 0)
		}
		for i, j := range many {
			drawn[i], order[i] = parts[at][j].value+math.Sqrt(parts[at][j].variance)*stream.Normal(), i
		}
		slices.SortFunc(order, func(a, b int) int { return compare(drawn[b], drawn[a]) })
		for place, i := range order {
			counts[i][place]++
		}
	}
	tail := (1 - spec.Level) / 2 * float64(spec.Draws)
	for i, j := range many {
		sum := 0.0
		for place, times := range counts[i] {
			if sum <= tail {
				e.Schools[j].RankLow = place + 1
			}
			if sum < float64(spec.Draws)-tail {
				e.Schools[j].RankHigh = place + 1
			}
			sum += float64(times)
		}
	}
}
