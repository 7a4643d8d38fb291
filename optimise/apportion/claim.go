package apportion

import (
	"errors"
	"fmt"
)

// Limits: places × weights < 2^53.
const (
	MaxParties = 5_000
	MaxSeats   = 100_000
	MaxWeight  = 10_000_000 // of all parties together
)

// Party wants places.
type Party struct {
	Weight int
	Least  int // places it gets in any case
	Most   int // places it can get at most
	Tie    int // who has the smaller one gets a place that two could get; no two parties have the same
}

// What fixed a share.
const (
	Free  = "free"  // the claim is weight × rate
	Least = "least" // the claim would be below Least
	Most  = "most"  // the claim would be above Most
)

// Claim is the exact claim of a party before rounding: Number / Of places.
type Claim struct {
	Number, Of int
	Fixed      string // Free, Least or Most
}

// Whole is the claim without its fraction.
func (c Claim) Whole() int { return c.Number / c.Of }

// Rest is the numerator of the fraction of the claim; the denominator is Of.
func (c Claim) Rest() int { return c.Number % c.Of }

// ErrLeast and ErrMost tell that the places cannot be divided.
var (
	ErrLeast = errors.New("apportion: the parties' least numbers together are more than the places")
	ErrMost  = errors.New("apportion: the parties cannot take all places")
)

func check(seats int, parties []Party) error {
	if seats < 0 || seats > MaxSeats || len(parties) > MaxParties {
		return fmt.Errorf("apportion: %d places to %d parties; at most %d to %d", seats, len(parties), MaxSeats, MaxParties)
	}
	weight, least, most := 0, 0, 0
	ties := make(map[int]bool, len(parties))
	for i, p := range parties {
		if p.Weight < 0 || p.Weight > MaxWeight || p.Least < 0 || p.Least > p.Most || p.Least > MaxSeats || ties[p.Tie] {
			return fmt.Errorf("apportion: party %d: weight %d, least %d, most %d, tie %d", i, p.Weight, p.Least, p.Most, p.Tie)
		}
		ties[p.Tie] = true
		weight += p.Weight
		least += p.Least
		most += min(p.Most, seats)
		if p.Weight == 0 {
			most -= min(p.Most, seats) - p.Least
		}
	}
	switch {
	case weight > MaxWeight:
		return fmt.Errorf("apportion: weights of %d together; at most %d", weight, MaxWeight)
	case least > seats:
		return ErrLeast
	case most < seats:
		return ErrMost
	}
	return nil
}

// Resolve returns the exact claims: weight × rate, not below Least, not above Most, together the places. A party of weight 0
// claims its Least. It fails with ErrLeast or ErrMost where there is no such rate.
func Resolve(seats int, parties []Party) ([]Claim, error) {
	if err := check(seats, parties); err != nil {
		return nil, err
	}
	claims := make([]Claim, len(parties))
	for i, p := range parties {
		if p.Weight == 0 {
			claims[i] = Claim{p.Least, 1, Least}
		}
	}
	for {
		left, weight := seats, 0
		for i, p := range parties {
			if claims[i].Fixed == "" {
				weight += p.Weight
			} else {
				left -= claims[i].Number
			}
		}
		if weight == 0 {
			return claims, nil
		}
		fix := violated(parties, claims, left, weight)
		for i, p := range parties {
			switch {
			case claims[i].Fixed != "":
			case fix == Free:
				claims[i] = Claim{left * p.Weight, weight, Free}
			case fix == Least && left*p.Weight < p.Least*weight:
				claims[i] = Claim{p.Least, 1, Least}
			case fix == Most && left*p.Weight > p.Most*weight:
				claims[i] = Claim{p.Most, 1, Most}
			}
		}
		if fix == Free {
			return claims, nil
		}
	}
}

// violated tells which bound is to be fixed at the rate left/weight: Free when none is broken.
func violated(parties []Party, claims []Claim, left, weight int) string {
	below, above := 0, 0
	for i, p := range parties {
		if claims[i].Fixed == "" {
			below += max(0, p.Least*weight-left*p.Weight)
			above += max(0, left*p.Weight-min(p.Most, MaxSeats)*weight)
		}
	}
	switch {
	case below == 0 && above == 0:
		return Free
	case below >= above:
		return Least
	default:
		return Most
	}
}
