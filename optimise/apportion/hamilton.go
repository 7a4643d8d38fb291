package apportion

import (
	"cmp"
	"slices"
)

// Share is what a party gets, and why.
type Share struct {
	Claim
	Seats int
	Last  bool // one of the places given in the last step: to the largest fractions, or the last ones one by one
	Tied  bool // the last place was between this party and another; Tie decided
}

// Hamilton gives everybody the whole part of their claim and the places left to the largest fractions; of equal ones the
// smaller Tie stands before. Errors are those of Resolve.
func Hamilton(seats int, parties []Party) ([]Share, error) {
	claims, err := Resolve(seats, parties)
	if err != nil {
		return nil, err
	}
	shares := make([]Share, len(parties))
	left := seats
	for i, c := range claims {
		shares[i] = Share{Claim: c, Seats: c.Whole()}
		left -= c.Whole()
	}
	var fractions []int // parties with one, the largest first; only free claims have any, and those have one denominator
	for i, c := range claims {
		if c.Rest() > 0 {
			fractions = append(fractions, i)
		}
	}
	slices.SortFunc(fractions, func(i, j int) int {
		return cmp.Or(cmp.Compare(claims[j].Rest(), claims[i].Rest()), cmp.Compare(parties[i].Tie, parties[j].Tie))
	})
	for _, i := range fractions[:left] {
		shares[i].Seats++
		shares[i].Last = true
	}
	if left == 0 {
		return shares, nil
	}
	worth := claims[fractions[left-1]].Rest()
	if left == len(fractions) || claims[fractions[left]].Rest() != worth {
		return shares, nil
	}
	for _, i := range fractions {
		shares[i].Tied = claims[i].Rest() == worth
	}
	return shares, nil
}
