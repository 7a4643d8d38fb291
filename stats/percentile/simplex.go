package percentile

import (
	"errors"
	"math"
)

// errStuck is returned where the simplex method did not end; with values told apart it does not happen.
var errStuck = errors.New("percentile: the linear program did not end")

// simplex is a vertex of the linear program: as many entries as terms lie exactly on the fitted surface.
type simplex struct {
	p       *problem
	basis   []int32
	inBasis []bool
	inverse []float64 // terms × terms: columns are the directions in which one entry of the basis leaves the surface
	left    []float64 // residuals of all entries
	slope   []float64 // Σ weight·ψ·x over entries outside the basis
	reach   []float64 // x·direction of each group
	breaks  []crossing
	tau     float64
	pivots  int
	since   int // pivots since the inverse was made anew
}

// crossing is where an entry passes the surface along a direction, and how much steeper the loss is behind it.
type crossing struct {
	at, gain float64
	entry    int32
}

const (
	renewed   = 40 // pivots
	mostSteps = 200_000
	tolerance = 1e-9
)

func newSimplex(p *problem) (*simplex, error) {
	s := &simplex{p: p, inBasis: make([]bool, len(p.raw)), left: make([]float64, len(p.raw)), slope: make([]float64, p.terms),
		reach: make([]float64, len(p.first)-1), inverse: make([]float64, p.terms*p.terms)}
	if !s.firstBasis() {
		return nil, errStuck
	}
	return s, s.renew()
}

// firstBasis takes groups by Gram–Schmidt with the largest rest first, and the middle entry of each.
func (s *simplex) firstBasis() bool {
	groups, q := len(s.p.first)-1, s.p.terms
	rest := append([]float64(nil), s.p.x...)
	for range q {
		best, size := -1, 1e-18
		for g := range groups {
			sum := 0.0
			for _, value := range rest[g*q : g*q+q] {
				sum += value * value
			}
			if sum > size*(1+1e-9) {
				best, size = g, sum
			}
		}
		if best < 0 {
			return false
		}
		unit := append([]float64(nil), rest[best*q:best*q+q]...)
		for g := range groups {
			share := 0.0
			for k, value := range unit {
				share += value * rest[g*q+k]
			}
			for k, value := range unit {
				rest[g*q+k] -= share / size * value
			}
		}
		middle := (s.p.first[best] + s.p.first[best+1] - 1) / 2
		s.basis = append(s.basis, middle)
		s.inBasis[middle] = true
	}
	return true
}

// renew makes the inverse, the residuals and the slope anew from the basis.
func (s *simplex) renew() error {
	q := s.p.terms
	work := make([]float64, q*2*q)
	for k, entry := range s.basis {
		copy(work[k*2*q:], s.p.row(entry))
		work[k*2*q+q+k] = 1
	}
	if !invert(work, q) {
		return errStuck
	}
	for k := range q {
		copy(s.inverse[k*q:k*q+q], work[k*2*q+q:k*2*q+2*q])
	}
	s.residuals(s.p.y, s.left)
	s.since = 0
	s.steepness()
	return nil
}

// invert turns [A | I] into [I | A⁻¹] with row exchanges.
func invert(work []float64, q int) bool {
	row := func(i int) []float64 { return work[i*2*q : (i+1)*2*q] }
	for k := range q {
		best := k
		for i := k + 1; i < q; i++ {
			if math.Abs(row(i)[k]) > math.Abs(row(best)[k]) {
				best = i
			}
		}
		if math.Abs(row(best)[k]) < 1e-14 {
			return false
		}
		if best != k {
			a, b := row(k), row(best)
			for j := range a {
				a[j], b[j] = b[j], a[j]
			}
		}
		pivot := row(k)
		scale := 1 / pivot[k]
		for j := range pivot {
			pivot[j] *= scale
		}
		for i := range q {
			if other := row(i); i != k && other[k] != 0 {
				share := other[k]
				for j := range other {
					other[j] -= share * pivot[j]
				}
			}
		}
	}
	return true
}

// coefficients of the surface through the basis.
func (s *simplex) coefficients(y []float64) []float64 {
	q := s.p.terms
	out := make([]float64, q)
	for a := range out {
		for k, entry := range s.basis {
			out[a] += s.inverse[a*q+k] * y[entry]
		}
	}
	return out
}

func (s *simplex) residuals(y, into []float64) {
	beta := s.coefficients(y)
	for g := range s.reach {
		fitted := dot(s.p.x[g*s.p.terms:(g+1)*s.p.terms], beta)
		for i := s.p.first[g]; i < s.p.first[g+1]; i++ {
			into[i] = y[i] - fitted
		}
	}
	for _, entry := range s.basis {
		into[entry] = 0
	}
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, value := range a {
		sum += value * b[i]
	}
	return sum
}

// steepness sums the slope anew, for a new τ or a new basis.
func (s *simplex) steepness() {
	clear(s.slope)
	for g := range s.reach {
		sum := 0.0
		for i := s.p.first[g]; i < s.p.first[g+1]; i++ {
			switch {
			case s.inBasis[i]:
			case s.left[i] < 0:
				sum += s.p.weight[i] * (s.tau - 1)
			default:
				sum += s.p.weight[i] * s.tau
			}
		}
		s.add(sum, s.p.x[g*s.p.terms:(g+1)*s.p.terms])
	}
}

func (s *simplex) add(times float64, x []float64) {
	for k, value := range x {
		s.slope[k] += times * value
	}
}

// solve goes down from vertex to vertex until no direction leads further down.
func (s *simplex) solve(tau float64) error {
	s.tau = tau
	s.steepness()
	for range mostSteps {
		k, down, fall := s.direction()
		if k < 0 {
			if s.since == 0 {
				return nil
			}
			if err := s.renew(); err != nil { // see whether that holds without the rounding of many pivots
				return err
			}
			continue
		}
		if err := s.step(k, down, fall); err != nil {
			return err
		}
		s.pivots++
		if s.since++; s.since >= renewed {
			if err := s.renew(); err != nil {
				return err
			}
		}
	}
	return errStuck
}

// direction chooses the entry of the basis whose leaving lowers the loss most for its length: k its place, down whether it comes to lie
// below the surface, fall how fast the loss falls. k is -1 at the solution.
func (s *simplex) direction() (k int, down bool, fall float64) {
	q := s.p.terms
	k, best := -1, 0.0
	for c := range q {
		along, size := 0.0, 0.0
		for a := range q {
			value := s.inverse[a*q+c]
			along += s.slope[a] * value
			size += value * value
		}
		weight := s.p.weight[s.basis[c]]
		below, above := along-(1-s.tau)*weight, -along-s.tau*weight
		steep := max(below, above)
		if steep <= tolerance*(weight+math.Abs(along)) {
			continue
		}
		if rate := steep / math.Sqrt(size); rate > best {
			k, best, down, fall = c, rate, below > above, steep
		}
	}
	return k, down, fall
}

// step walks along a direction over all entries until the loss falls no further, and exchanges the entry that lies there.
func (s *simplex) step(k int, down bool, fall float64) error {
	q := s.p.terms
	direction := make([]float64, q)
	for a := range direction {
		direction[a] = s.inverse[a*q+k]
		if !down {
			direction[a] = -direction[a]
		}
	}
	s.breaks = s.breaks[:0]
	for g := range s.reach {
		reach := dot(s.p.x[g*q:g*q+q], direction)
		s.reach[g] = reach
		if math.Abs(reach) < 1e-12 {
			s.reach[g] = 0
			continue
		}
		inverse := 1 / reach
		for i := s.p.first[g]; i < s.p.first[g+1]; i++ {
			if at := s.left[i] * inverse; at > 0 && !s.inBasis[i] {
				s.breaks = append(s.breaks, crossing{at, s.p.weight[i] * math.Abs(reach), i})
			}
		}
	}
	last := passed(s.breaks, fall)
	if last < 0 {
		return errStuck
	}
	s.exchange(k, s.breaks[:last], s.breaks[last], down)
	return nil
}

// passed orders crossings so that those before the returned place are passed and the one there is where the loss stops falling.
func passed(breaks []crossing, fall float64) int {
	low, high := 0, len(breaks)
	for high-low > 0 {
		pivot := middleOf(breaks[low].at, breaks[(low+high)/2].at, breaks[high-1].at)
		// Those below the pivot come first, then those equal to it.
		below, gain := low, 0.0
		for i := low; i < high; i++ {
			if breaks[i].at < pivot {
				gain += breaks[i].gain
				breaks[i], breaks[below] = breaks[below], breaks[i]
				below++
			}
		}
		if gain >= fall {
			high = below
			continue
		}
		fall -= gain
		equal := below
		for i := below; i < high; i++ {
			if breaks[i].at == pivot {
				breaks[i], breaks[equal] = breaks[equal], breaks[i]
				equal++
			}
		}
		for i := below; i < equal; i++ {
			if fall -= breaks[i].gain; fall <= 0 {
				return i
			}
		}
		low = equal
	}
	return -1
}

func middleOf(a, b, c float64) float64 { return max(min(a, b), min(max(a, b), c)) }

// exchange moves the surface: entries that were passed change sides, the one that left the basis lies beside the surface, the one where the
// step ended lies on it.
func (s *simplex) exchange(k int, over []crossing, end crossing, down bool) {
	q, leaving := s.p.terms, s.basis[k]
	for _, c := range append(over, end) {
		times := s.p.weight[c.entry] // from ψ = τ-1 to τ
		if s.left[c.entry] > 0 {
			times = -times
		}
		if c.entry == end.entry { // on the surface it no longer counts
			psi := s.tau
			if s.left[c.entry] < 0 {
				psi = s.tau - 1
			}
			times = -s.p.weight[c.entry] * psi
		}
		s.add(times, s.p.row(c.entry))
	}
	for g, reach := range s.reach {
		if moved := end.at * reach; moved != 0 {
			for i := s.p.first[g]; i < s.p.first[g+1]; i++ {
				s.left[i] -= moved
			}
		}
	}
	for _, entry := range s.basis {
		s.left[entry] = 0
	}
	s.left[end.entry] = 0
	side, psi := end.at, s.tau
	if down {
		side, psi = -end.at, s.tau-1
	}
	s.left[leaving] = side
	s.add(s.p.weight[leaving]*psi, s.p.row(leaving))
	s.inBasis[leaving], s.inBasis[end.entry], s.basis[k] = false, true, end.entry
	entering := s.p.row(end.entry)
	shares := make([]float64, q)
	for a := range q {
		for c := range q {
			shares[c] += entering[a] * s.inverse[a*q+c]
		}
	}
	for a := range q {
		own := s.inverse[a*q+k] / shares[k]
		for c := range q {
			s.inverse[a*q+c] -= shares[c] * own
		}
		s.inverse[a*q+k] = own
	}
}
