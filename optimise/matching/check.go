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

// CheckBands counts what is wrong with a result under bands as in Parallel: every band is looked at alone, with the places that
// earlier bands left and those whom they did not place. Placed counts all, First is the first blocking pair of any band.
func CheckBands(m *Market, bands []int, result []int) Report {
	if len(bands) == 0 {
		return Check(m, result)
	}
	all := Check(m, result)
	sum := Report{Placed: all.Placed, Overfull: all.Overfull, Unwished: all.Unwished, First: [2]int{None, None}}
	placedIn := make([]int, len(result)) // 1 + the band, 0: not placed
	longest := m.longest()
	from := []int{0}
	for from[len(from)-1] < longest {
		band := len(from) - 1
		from = append(from, from[band]+bands[min(band, len(bands)-1)])
		for a, s := range result {
			for k := from[band]; k < min(from[band+1], int(m.start[a+1]-m.start[a])); k++ {
				if int(m.wish[int(m.start[a])+k]) == s {
					placedIn[a] = band + 1
				}
			}
		}
	}
	seats := make([]int, m.Schools())
	for s, n := range m.seats {
		seats[s] = int(n)
	}
	for band := range len(from) - 1 {
		part, wishes, keys := make([]int, len(result)), make([][]int, len(result)), make([][]uint64, len(result))
		for a, s := range result {
			part[a] = None
			if placedIn[a] == band+1 {
				part[a] = s
			}
			for k := from[band]; (placedIn[a] == 0 || placedIn[a] > band) && k < min(from[band+1], int(m.start[a+1]-m.start[a])); k++ {
				at := int(m.start[a]) + k
				wishes[a], keys[a] = append(wishes[a], int(m.wish[at])), append(keys[a], m.key[at])
			}
		}
		one := checkPart(seats, wishes, keys, part)
		if sum.Blocking == 0 {
			sum.First = one.First
		}
		sum.Envy, sum.Waste, sum.Blocking = sum.Envy+one.Envy, sum.Waste+one.Waste, sum.Blocking+one.Blocking
		for _, s := range part {
			if s != None {
				seats[s] = max(0, seats[s]-1)
			}
		}
	}
	return sum
}

func checkPart(seats []int, wishes [][]int, keys [][]uint64, part []int) Report {
	market, err := New(seats, wishes, keys)
	if err != nil {
		panic("matching: a part of a market is no market: " + err.Error())
	}
	return Check(market, part)
}
