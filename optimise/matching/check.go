package matching

// Report is what Check found. A result without fault has no overfull school, no unwished place and no blocking pair.
type Report struct {
	Placed   int `json:"placed"`
	Overfull int `json:"overfull"` // applicants above the places of their school
	Unwished int `json:"unwished"` // applicants at a school that they did not wish
	Envy     int `json:"envy"`     // pairs: the applicant wishes the school more and stands before somebody there
	Waste    int `json:"waste"`    // pairs: the applicant wishes the school more and it has a place left
	Blocking int `json:"blocking"` // pairs of envy or waste
	// First is a blocking pair, where there is one: an applicant and a school.
	First [2]int `json:"-"`
}

// Check counts what is wrong with a result. It knows nothing of how the result came about: it looks at every wish of every
// applicant that is better than what they got.
func Check(m *Market, result []int) Report {
	report := Report{First: [2]int{None, None}}
	count := make([]int, m.Schools())
	lastKey := make([]uint64, m.Schools())
	lastApplicant := make([]int, m.Schools())
	for a, s := range result {
		if s == None {
			continue
		}
		report.Placed++
		wished := false
		for at := m.start[a]; at < m.start[a+1]; at++ {
			if int(m.wish[at]) != s {
				continue
			}
			wished = true
			if count[s] == 0 || m.key[at] > lastKey[s] || m.key[at] == lastKey[s] && a > lastApplicant[s] {
				lastKey[s], lastApplicant[s] = m.key[at], a
			}
			count[s]++
		}
		if !wished {
			report.Unwished++
		}
	}
	for s, n := range count {
		report.Overfull += max(0, n-int(m.seats[s]))
	}
	for a, got := range result {
		for at := m.start[a]; at < m.start[a+1]; at++ {
			s := int(m.wish[at])
			if s == got {
				break
			}
			switch {
			case count[s] < int(m.seats[s]):
				report.Waste++
			case count[s] > 0 && (m.key[at] < lastKey[s] || m.key[at] == lastKey[s] && a < lastApplicant[s]):
				report.Envy++
			default:
				continue
			}
			if report.Blocking == 0 {
				report.First = [2]int{a, s}
			}
			report.Blocking++
		}
	}
	return report
}
