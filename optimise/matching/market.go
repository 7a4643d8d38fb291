package matching

import (
	"errors"
	"fmt"
	"slices"
)

// Limits of a market.
const (
	MaxApplicants = 1 << 24
	MaxSchools    = 1 << 20
	MaxWishes     = 1000 // of one applicant
)

// None stands in a result for an applicant without a school.
const None = -1

// Market is what applicants wish and how schools rank them. Applicants and schools are numbered from 0.
type Market struct {
	seats []int32
	start []int32 // wishes of applicant a are [start[a], start[a+1])
	wish  []int32
	key   []uint64 // key of the applicant at the school of the wish: the smaller stands before
}

// Key makes a strict key of a priority (the smaller stands before) and the number that breaks what is left equal.
func Key(priority, number uint32) uint64 { return uint64(priority)<<32 | uint64(number) }

// New returns the market in which school s has seats[s] places and applicant a wishes wishes[a], best first, and stands at
// wishes[a][k] with keys[a][k]: the smaller key stands before, of equal keys the lower applicant.
// It refuses schools that do not exist or are wished twice by one applicant, negative seats, and what is above the limits.
func New(seats []int, wishes [][]int, keys [][]uint64) (*Market, error) {
	switch {
	case len(wishes) != len(keys):
		return nil, fmt.Errorf("%d lists of wishes, %d of keys", len(wishes), len(keys))
	case len(wishes) > MaxApplicants || len(seats) > MaxSchools:
		return nil, fmt.Errorf("at most %d applicants and %d schools", MaxApplicants, MaxSchools)
	}
	m := &Market{seats: make([]int32, len(seats)), start: make([]int32, 1, len(wishes)+1)}
	for s, n := range seats {
		if n < 0 {
			return nil, fmt.Errorf("school %d has %d places", s, n)
		}
		m.seats[s] = int32(min(n, MaxApplicants))
	}
	total := 0
	for _, list := range wishes {
		total += len(list)
	}
	m.wish, m.key = make([]int32, 0, total), make([]uint64, 0, total)
	last := make([]int, len(seats)) // 1 + the applicant who last wished the school
	for a, list := range wishes {
		if len(list) != len(keys[a]) || len(list) > MaxWishes {
			return nil, fmt.Errorf("applicant %d has %d wishes and %d keys; at most %d", a, len(list), len(keys[a]), MaxWishes)
		}
		for k, s := range list {
			if s < 0 || s >= len(seats) || last[s] == a+1 {
				return nil, fmt.Errorf("applicant %d: wish %d for school %d does not exist or stands twice", a, k, s)
			}
			last[s] = a + 1
			m.wish, m.key = append(m.wish, int32(s)), append(m.key, keys[a][k])
		}
		m.start = append(m.start, int32(len(m.wish)))
	}
	return m, nil
}

// Ranked returns the market in which order[s] lists the applicants in the order of school s. A wish for a school that does not
// list the applicant is left out: the school does not take them.
func Ranked(seats []int, wishes, order [][]int) (*Market, error) {
	if len(order) != len(seats) {
		return nil, errors.New("every school needs an order")
	}
	rank := make([]map[int]uint64, len(order))
	for s, list := range order {
		rank[s] = make(map[int]uint64, len(list))
		for place, a := range list {
			if _, double := rank[s][a]; double || a < 0 || a >= len(wishes) {
				return nil, fmt.Errorf("school %d: applicant %d stands twice or does not exist", s, a)
			}
			rank[s][a] = uint64(place)
		}
	}
	kept, keys := make([][]int, len(wishes)), make([][]uint64, len(wishes))
	for a, list := range wishes {
		for _, s := range list {
			if s < 0 || s >= len(seats) {
				return nil, fmt.Errorf("applicant %d: school %d does not exist", a, s)
			}
			if key, listed := rank[s][a]; listed {
				kept[a], keys[a] = append(kept[a], s), append(keys[a], key)
			}
		}
	}
	return New(seats, kept, keys)
}

// Applicants is how many applicants there are.
func (m *Market) Applicants() int { return len(m.start) - 1 }

// Schools is how many schools there are.
func (m *Market) Schools() int { return len(m.seats) }

// Wishes returns the schools that applicant a wishes, best first.
func (m *Market) Wishes(a int) []int32 { return slices.Clone(m.wish[m.start[a]:m.start[a+1]]) }

// longest is the length of the longest list of wishes.
func (m *Market) longest() int {
	most := 0
	for a := range m.Applicants() {
		most = max(most, int(m.start[a+1]-m.start[a]))
	}
	return most
}
