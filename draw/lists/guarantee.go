package lists

import (
	"cmp"
	"slices"
)

// guarantee tells whether it is certain that every possible draw of objects can be manned.
//
// Let cap(q) be the load of all who fit a seat q, D(c) the most seats with cap ≤ c that one draw can have, m the seats of the object of
// q, L the largest load and κ the most kin that one person has. If D(cap(q)) + (m−1)·(L−1+κ·L) ≤ cap(q) for every seat q, then seats filled
// in the order of rising cap never lack a person: before q at most D−1 of that load is used, the at most m−1 others in the team
// take at most L−1 more each out of reach, and their kin at most κ·L each. The condition is sufficient, not necessary.
func (r *roster) guarantee() bool {
	type one struct{ object, cap, seats int }
	var all []one
	caps := map[fitKey]int{}
	widest := 0
	kin := 0
	for _, i := range r.inspectors {
		widest, kin = max(widest, i.load), max(kin, len(i.kin))
	}
	for o := range r.objects {
		for _, needs := range r.objects[o].seats {
			all = append(all, one{o, r.capacity(o, needs, caps), len(r.objects[o].seats)})
		}
	}
	slices.SortFunc(all, func(a, b one) int { return cmp.Compare(a.cap, b.cap) })
	count := make([]int, len(r.objects)) // seats of each object so far
	histogram, most := make([][]int, len(r.strata)), make([]int, len(r.strata))
	for n, s := range r.strata {
		histogram[n] = make([]int, MaxTeam+1)
		histogram[n][0] = len(s.members)
	}
	demand := 0
	for from := 0; from < len(all); {
		to := from
		for ; to < len(all) && all[to].cap == all[from].cap; to++ {
			o := all[to].object
			n := r.objects[o].stratum
			histogram[n][count[o]]--
			count[o]++
			histogram[n][count[o]]++
			demand -= most[n]
			most[n] = topSeats(r.strata[n].pick, func(into []int) { copy(into, histogram[n]) })
			demand += most[n]
		}
		for _, q := range all[from:to] {
			if r.strata[r.objects[q.object].stratum].pick > 0 && demand+(q.seats-1)*(widest-1+kin*widest) > q.cap {
				return false
			}
		}
		from = to
	}
	return true
}

// capacity is the load of all who fit a seat. What persons without conflicts add up to is computed once.
func (r *roster) capacity(o int, needs string, caps map[fitKey]int) int {
	key := fitKey{nobody, needs}
	total, known := caps[key]
	if !known {
		for n := range r.inspectors {
			if r.inspectors[n].fits(needs) {
				total += r.inspectors[n].load
			}
		}
		caps[key] = total
	}
	for _, n := range r.apart[o] {
		if r.inspectors[n].fits(needs) {
			total -= r.inspectors[n].load
		}
	}
	return total
}
