package progress

import (
	"math"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/stats"
)

// evaluateFixed compares fewer schools than MinSchools: what lies between so few cannot be estimated as a variance, so each is compared
// as it stands with all pupils together, at the slope within schools, and nothing is shrunk.
//
// effect = (ȳ_j - ȳ) - b'(x̄_j - x̄), its variance s²(1/n_j - 1/N) + d'Var(b)d with d = x̄_j - x̄.
func (e *Estimate) evaluateFixed(m Moments, spec Spec) error {
	m, e.Dropped = m.independent()
	k := len(m.Columns)
	p, total := k-1, m.total()
	model := &model{k: p, p: p - 1, n: float64(m.Pupils())} // without the ones
	within := make([]float64, p*p)
	means := make([]float64, k)
	for c := range k {
		means[c] = total[at(k, 0, c)] / model.n
		for d := range k {
			if c > 0 && d > 0 {
				within[(c-1)*p+d-1] = total[at(k, c, d)]
				for _, one := range m.Schools {
					within[(c-1)*p+d-1] -= one.sum(k, 0, c) * one.sum(k, 0, d) / float64(one.N)
				}
			}
		}
	}
	freedom := model.n - float64(len(m.Schools)) - float64(p-1)
	if freedom < 3 {
		return fault.New("progress.few_schools", message.Args{"schools": len(m.Schools), "least": 2, "pupils": m.Pupils()})
	}
	fit := model.solve(nil, within, 0)
	if fit.failed {
		return fault.New("progress.no_fit", nil)
	}
	scale := (model.n - float64(p-1)) / freedom // the schools' means were estimated too
	e.Fixed, e.PupilVariance, e.LogLikelihood = append([]float64{means[p]}, fit.fixed...), fit.sigma2*scale, 0
	e.Columns, e.Centres, e.ExitCentre, e.SchoolVariance, e.FixedSchools = m.Columns[:p], m.Centres[:p], m.Centres[p], []float64{0}, true
	for c := range p {
		if c == 0 {
			e.Errors = append(e.Errors, math.Sqrt(e.PupilVariance/model.n))
			continue
		}
		e.Fixed[0] -= fit.fixed[c-1] * means[c]
		e.Errors = append(e.Errors, math.Sqrt(fit.cover[(c-1)*(p-1)+c-1]*scale))
	}
	wide := stats.StudentQuantile(0.5+spec.Level/2, freedom)
	for _, one := range m.Schools {
		n, away := float64(one.N), make([]float64, p-1)
		school := Effect{Unit: one.Unit, N: one.N, Effect: one.sum(k, 0, p)/n - means[p], Reliability: 1}
		variance := e.PupilVariance * (1/n - 1/model.n)
		for c := range away {
			away[c] = one.sum(k, 0, c+1)/n - means[c+1]
			school.Effect -= fit.fixed[c] * away[c]
		}
		for a := range away {
			for b := range away {
				variance += away[a] * away[b] * fit.cover[a*(p-1)+b] * scale
			}
		}
		school.Deviation = math.Sqrt(max(0, variance))
		school.Comparative, school.Low, school.High = school.Deviation, school.Effect-wide*school.Deviation, school.Effect+wide*school.Deviation
		school.Standing = school.stand(spec.Least)
		e.Schools = append(e.Schools, school)
	}
	e.judgeTogether(spec, freedom)
	return nil
}

// stand is how a school stands by its interval.
func (e Effect) stand(least int) Standing {
	switch {
	case e.N < least:
		return Small
	case e.Low > 0:
		return Above
	case e.High < 0:
		return Below
	}
	return None
}
