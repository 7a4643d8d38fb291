package apportion

// Webster gives everybody their Least and then every further place to the largest weight / (2·places + 1) among those below their
// Most; of equal ones the smaller Tie stands before. Errors are those of Resolve; the claims are shown, they do not decide.
func Webster(seats int, parties []Party) ([]Share, error) {
	claims, err := Resolve(seats, parties)
	if err != nil {
		return nil, err
	}
	shares := make([]Share, len(parties))
	left := seats
	for i, p := range parties {
		shares[i] = Share{Claim: claims[i], Seats: p.Least}
		left -= p.Least
	}
	wins := func(i, j int) int { // > 0: party i stands before party j for the next place
		return parties[i].Weight*(2*shares[j].Seats+1) - parties[j].Weight*(2*shares[i].Seats+1)
	}
	last := -1
	for range left {
		best := -1
		for i, p := range parties {
			if p.Weight == 0 || shares[i].Seats >= p.Most {
				continue
			}
			if best < 0 || wins(i, best) > 0 || wins(i, best) == 0 && p.Tie < parties[best].Tie {
				best = i
			}
		}
		shares[best].Seats++
		last = best
	}
	if last < 0 {
		return shares, nil
	}
	markTies(parties, shares, last)
	return shares, nil
}

// markTies marks the last place, and who else of equal weight / (2·places + 1) could have got it. Those who got a place of
// the same worth are in the tie too.
func markTies(parties []Party, shares []Share, last int) {
	shares[last].Last = true
	worth := func(i, before int) bool { // the place after before places is worth as much as the last one given
		return before >= 0 && parties[i].Weight*(2*shares[last].Seats-1) == parties[last].Weight*(2*before+1)
	}
	tied := false
	for i, p := range parties {
		if p.Weight > 0 && shares[i].Seats < p.Most && worth(i, shares[i].Seats) {
			shares[i].Tied, tied = true, true
		}
	}
	for i, p := range parties {
		if shares[i].Seats > p.Least && worth(i, shares[i].Seats-1) {
			shares[i].Last = true
			shares[i].Tied = shares[i].Tied || tied
		}
	}
}
