package stats

import "math"

// Stream is a sequence of pseudo-random numbers that a seed determines: SplitMix64 (Steele, Lea, Flood 2014), the same on every
// machine. It serves simulation, bootstrap and starting values; draws that families verify have their own generator.
type Stream struct{ state uint64 }

// NewStream begins the sequence of a seed.
func NewStream(seed uint64) *Stream { return &Stream{state: seed} }

// Uint64 is the next number of 64 bits.
func (s *Stream) Uint64() uint64 {
	s.state += 0x9e3779b97f4a7c15
	z := s.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Float64 is the next number between 0 and 1, neither included.
func (s *Stream) Float64() float64 { return (float64(s.Uint64()>>12) + 0.5) / (1 << 52) }

// Normal is the next number of the standard normal distribution.
func (s *Stream) Normal() float64 { return NormalQuantile(s.Float64()) }

// Below is the next whole number from 0 to n-1; n is at least 1.
func (s *Stream) Below(n int) int {
	limit := math.MaxUint64 - math.MaxUint64%uint64(n)
	for {
		if u := s.Uint64(); u < limit {
			return int(u % uint64(n))
		}
	}
}
