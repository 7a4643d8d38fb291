package matching

import (
	"errors"
	"fmt"
)

// TopTradingCycles returns the result of top trading cycles for school choice: every applicant points at the best school with a place
// left, every school at the first applicant of order[s] who is still there; who stands on a cycle gets the school pointed at.
// order[s] lists applicants in the order of school s, also those who did not wish it: they may trade their priority. A school that
// listed nobody who is still there leaves. The order is that of the schools; keys of the market are not used.
func TopTradingCycles(m *Market, order [][]int) ([]int, error) {
	if len(order) != m.Schools() {
		return nil, errors.New("every school needs an order")
	}
	for s, list := range order {
		seen := make(map[int]bool, len(list))
		for _, a := range list {
			if a < 0 || a >= m.Applicants() || seen[a] {
				return nil, fmt.Errorf("school %d: applicant %d stands twice or does not exist", s, a)
			}
			seen[a] = true
		}
	}
	t := trade{market: m, order: order, result: make([]int, m.Applicants()), gone: make([]bool, m.Applicants()),
		left: make([]int32, m.Schools()), wish: make([]int32, m.Applicants()), head: make([]int, m.Schools())}
	copy(t.left, m.seats)
	for a := range t.result {
		t.result[a] = None
		t.wish[a] = m.start[a]
	}
	for a := range t.result {
		t.follow(a)
	}
	return t.result, nil
}

// trade is a run of top trading cycles.
type trade struct {
	market *Market
	order  [][]int
	result []int
	gone   []bool
	left   []int32
	wish   []int32 // where each applicant points: a wish
	head   []int   // where each school points: a place of its order
}

// first returns whom school s points at, or None when it has left.
func (t *trade) first(s int) int {
	if t.left[s] == 0 {
		return None
	}
	for ; t.head[s] < len(t.order[s]); t.head[s]++ {
		if a := t.order[s][t.head[s]]; !t.gone[a] {
			return a
		}
	}
	return None
}

// best returns the school at which applicant a points, or None.
func (t *trade) best(a int) int {
	for ; t.wish[a] < t.market.start[a+1]; t.wish[a]++ {
		if s := int(t.market.wish[t.wish[a]]); t.first(s) != None {
			return s
		}
	}
	return None
}

// follow walks from applicant a along who points at whom, settles every cycle it meets, and ends when a is settled.
// The walk is kept between cycles: what lies before a cycle still points the same way.
func (t *trade) follow(a int) {
	var walk, schools []int
	at := map[int]int{} // place of an applicant in the walk
	for !t.gone[a] {
		if len(walk) == 0 {
			walk, schools, at[a] = []int{a}, nil, 0
		}
		last := walk[len(walk)-1]
		s := t.best(last)
		if s == None {
			t.gone[last] = true
			walk = walk[:len(walk)-1]
			schools = schools[:max(len(walk)-1, 0)]
			delete(at, last)
			continue
		}
		next := t.first(s)
		schools = append(schools[:len(walk)-1], s)
		from, cycle := at[next]
		if !cycle {
			at[next] = len(walk)
			walk = append(walk, next)
			continue
		}
		for k := from; k < len(walk); k++ {
			t.result[walk[k]], t.gone[walk[k]] = schools[k], true
			delete(at, walk[k])
		}
		for k := from; k < len(walk); k++ {
			t.left[schools[k]]--
		}
		walk = walk[:from]
		schools = schools[:max(from-1, 0)]
	}
}
