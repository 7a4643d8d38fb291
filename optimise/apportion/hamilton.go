package apportion

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
	var last int
	for range left {
		best := -1
		for i, s := range shares {
			if s.Last || s.Rest() == 0 {
				continue
			}
			// Only free claims have fractions, and those have one denominator.
			if best < 0 || s.Rest() > shares[best].Rest() || s.Rest() == shares[best].Rest() && parties[i].Tie < parties[best].Tie {
				best = i
			}
		}
		shares[best].Seats++
		shares[best].Last = true
		last = best
	}
	if left == 0 {
		return shares, nil
	}
	for i, s := range shares {
		if !s.Last && s.Rest() == shares[last].Rest() {
			shares[i].Tied = true
			for j := range shares {
				shares[j].Tied = shares[j].Tied || shares[j].Last && shares[j].Rest() == s.Rest()
			}
		}
	}
	return shares, nil
}
