package survey

import (
	"math"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Limits of one sample.
const (
	MaxRows       = 5_000_000
	MaxReplicates = 5_000
	MaxColumns    = 200 // of a regression or a calibration
)

// Spec describes how rows were drawn; every slice has one entry per row or is nil.
type Spec struct {
	Weights    []float64 // nil: 1 each
	Strata     []int32   // codes from 0; nil: one stratum
	Clusters   []int32   // codes from 0, within strata or over all; nil: every row is its own
	Population []float64 // how many clusters the stratum of the row has in the population; nil or 0: so many that it does not matter
	Rows       int       // used when all slices are nil
	Names      []string  // of strata, for faults
}

// Sample is a checked design: rows with weights in clusters in strata.
type Sample struct {
	weights []float64
	cluster []int32 // dense over the sample
	stratum []int32 // of each cluster
	size    []int   // clusters of each stratum
	factor  []float64
	sampled []float64 // share of the clusters of a stratum that were sampled
	aux     [][]float64
	base    []float64 // weights before calibration
}

// New checks a design. Errors (all at once): weights that are negative or not finite, none positive, strata with one cluster that were
// not taken whole, more clusters in a sample than the population has, sizes of one stratum that differ.
func New(spec Spec) (*Sample, error) {
	n := max(spec.Rows, len(spec.Weights), len(spec.Strata), len(spec.Clusters))
	if n == 0 || n > MaxRows {
		return nil, fault.New("survey.rows", message.Args{"count": n, "limit": MaxRows})
	}
	s := &Sample{weights: spec.Weights}
	if s.weights == nil {
		s.weights = make([]float64, n)
		for i := range s.weights {
			s.weights[i] = 1
		}
	}
	var faults fault.List
	bad, sum := 0, 0.0
	for _, w := range s.weights {
		if !(w >= 0) || math.IsInf(w, 0) {
			bad++
			continue
		}
		sum += w
	}
	if bad > 0 || sum == 0 {
		faults.Add(fault.New("survey.weights", message.Args{"count": bad}))
	}
	s.nest(n, spec)
	s.correct(spec, &faults)
	return s, faults.Err()
}

// nest numbers clusters densely within strata.
func (s *Sample) nest(n int, spec Spec) {
	type key struct{ stratum, cluster int32 }
	known := map[key]int32{}
	s.cluster = make([]int32, n)
	for i := range n {
		k := key{0, int32(i)}
		if spec.Strata != nil {
			k.stratum = spec.Strata[i]
		}
		if spec.Clusters != nil {
			k.cluster = spec.Clusters[i]
		}
		at, found := known[k]
		if !found {
			at = int32(len(s.stratum))
			known[k] = at
			s.stratum = append(s.stratum, k.stratum)
			for int(k.stratum) >= len(s.size) {
				s.size = append(s.size, 0)
			}
			s.size[k.stratum]++
		}
		s.cluster[i] = at
	}
}

// correct works out the factor of each stratum, (1-f) m/(m-1) for m clusters of which the share f was sampled.
func (s *Sample) correct(spec Spec, faults *fault.List) {
	population := make([]float64, len(s.size))
	for i, c := range s.cluster {
		if spec.Population == nil {
			break
		}
		h := s.stratum[c]
		if population[h] != 0 && population[h] != spec.Population[i] {
			faults.Add(fault.New("survey.population_differs", message.Args{"stratum": spec.name(h)}))
			return
		}
		population[h] = spec.Population[i]
	}
	s.factor, s.sampled = make([]float64, len(s.size)), make([]float64, len(s.size))
	for h, m := range s.size {
		if population[h] > 0 {
			s.sampled[h] = float64(m) / population[h]
		}
		switch {
		case m == 0:
		case s.sampled[h] > 1 || population[h] < 0 || math.IsNaN(population[h]):
			faults.Add(fault.New("survey.population_small", message.Args{"stratum": spec.name(int32(h)), "sampled": m, "population": population[h]}))
		case s.sampled[h] == 1:
		case m == 1:
			faults.Add(fault.New("survey.one_cluster", message.Args{"stratum": spec.name(int32(h))}))
		default:
			s.factor[h] = (1 - s.sampled[h]) * float64(m) / float64(m-1)
		}
	}
}

func (spec Spec) name(h int32) any {
	if int(h) < len(spec.Names) {
		return spec.Names[h]
	}
	return h
}

// Rows is how many rows the sample has, Clusters and Strata how many of those.
func (s *Sample) Rows() int { return len(s.weights) }

// Clusters is the number of first-stage clusters.
func (s *Sample) Clusters() int { return len(s.stratum) }

// Strata is the number of strata with rows.
func (s *Sample) Strata() int {
	count := 0
	for _, m := range s.size {
		if m > 0 {
			count++
		}
	}
	return count
}

// Freedom is clusters less strata, those taken whole left out: the degrees of freedom of a standard error.
func (s *Sample) Freedom() float64 {
	free := 0
	for h, m := range s.size {
		if s.factor[h] > 0 {
			free += m - 1
		}
	}
	return float64(free)
}

// Weights are those of the rows, calibrated ones after calibration. They must not be changed.
func (s *Sample) Weights() []float64 { return s.weights }

// covariance of estimates from the influences of the rows on them: columns of row influence, unweighted.
func (s *Sample) covariance(influences ...[]float64) [][]float64 {
	q, clusters := len(influences), len(s.stratum)
	sums := make([]float64, clusters*q)
	for k, u := range influences {
		u = s.residuals(u)
		for i, c := range s.cluster {
			sums[int(c)*q+k] += s.weights[i] * u[i]
		}
	}
	means := make([]float64, len(s.size)*q)
	for c, h := range s.stratum {
		for k := range q {
			means[int(h)*q+k] += sums[c*q+k] / float64(s.size[h])
		}
	}
	out := make([][]float64, q)
	for k := range out {
		out[k] = make([]float64, q)
	}
	for c, h := range s.stratum {
		for k := range q {
			for l := range k + 1 {
				out[k][l] += s.factor[h] * (sums[c*q+k] - means[int(h)*q+k]) * (sums[c*q+l] - means[int(h)*q+l])
			}
		}
	}
	for k := range q {
		for l := range k {
			out[l][k] = out[k][l]
		}
	}
	return out
}

// error is the standard error of one estimate.
func (s *Sample) error(influence []float64) float64 {
	return math.Sqrt(max(s.covariance(influence)[0][0], 0))
}
