package apportion

import "container/heap"

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
	next := &queue{parties: parties, shares: shares}
	for i, p := range parties {
		if p.Weight > 0 && shares[i].Seats < p.Most {
			next.waiting = append(next.waiting, i)
		}
	}
	heap.Init(next)
	last := -1
	for range left {
		last = next.waiting[0]
		shares[last].Seats++
		if shares[last].Seats < parties[last].Most {
			heap.Fix(next, 0)
		} else {
			heap.Pop(next)
		}
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

// queue is who waits for the next place, the one who gets it first.
type queue struct {
	parties []Party
	shares  []Share
	waiting []int
}

// Len is how many wait.
func (q *queue) Len() int { return len(q.waiting) }

// Less tells whether one stands before another for the next place.
func (q *queue) Less(x, y int) bool {
	i, j := q.waiting[x], q.waiting[y]
	a, b := q.parties[i].Weight*(2*q.shares[j].Seats+1), q.parties[j].Weight*(2*q.shares[i].Seats+1)
	return a > b || a == b && q.parties[i].Tie < q.parties[j].Tie
}

// Swap exchanges two who wait.
func (q *queue) Swap(x, y int) { q.waiting[x], q.waiting[y] = q.waiting[y], q.waiting[x] }

// Push is part of the heap.
func (q *queue) Push(party any) { q.waiting = append(q.waiting, party.(int)) }

// Pop is part of the heap.
func (q *queue) Pop() any {
	last := q.waiting[len(q.waiting)-1]
	q.waiting = q.waiting[:len(q.waiting)-1]
	return last
}
