package matching

import (
	"cmp"
	"slices"
)

// Boston returns the result of immediate acceptance: in round k every applicant without a school asks at wish k, each school
// takes the first in its order while it has places, and what is taken is final.
func Boston(m *Market) []int {
	result := make([]int, m.Applicants())
	for a := range result {
		result[a] = None
	}
	left := slices.Clone(m.seats)
	for round := range int32(m.longest()) {
		asking := make([][]held, len(m.seats))
		for a := range result {
			if at := m.start[a] + round; result[a] == None && at < m.start[a+1] {
				asking[m.wish[at]] = append(asking[m.wish[at]], held{m.key[at], int32(a)})
			}
		}
		for s, all := range asking {
			slices.SortFunc(all, func(x, y held) int {
				return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.applicant, y.applicant))
			})
			for _, one := range all[:min(len(all), int(left[s]))] {
				result[one.applicant] = s
				left[s]--
			}
		}
	}
	return result
}
