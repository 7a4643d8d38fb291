package admission

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/draw"
	"jiaoheng/optimise/matching"
)

// Placed is what became of one applicant.
type Placed struct {
	Who     string
	School  int   // -1: none
	Wish    int   // which wish it was, from 1; 0: none
	Numbers []int // of the lottery, at each wish
}

// Result is the outcome. Applicants stand in the order of the lines.
type Result struct {
	Policy     Policy
	Schools    []School
	Applicants []Placed
	Within     matching.Report // what the checker found, band by band
	Across     matching.Report // and over all bands together

	table table
	order [][]int         // applicants who named a school and may go there, in its order
	place []map[int]int32 // of an applicant in that order
}

// Draw places the applicants, from the lines alone.
func Draw(a draw.Announcement, lines []string, seed draw.Seed) (Result, error) {
	t, err := read(a.Rules, lines)
	if err != nil {
		return Result{}, err
	}
	r := Result{Policy: t.policy, Schools: t.schools, table: t, Applicants: make([]Placed, len(t.applicants))}
	r.number(seed)
	r.rank()
	return r, r.match()
}

// Lines is the result as lines, for those who verify.
func Lines(a draw.Announcement, lines []string, seed draw.Seed) ([]string, error) {
	r, err := Draw(a, lines, seed)
	if err != nil {
		return nil, err
	}
	return r.Lines(), nil
}

// Lines are the result lines of the proof, one an applicant.
func (r Result) Lines() []string {
	lines := make([]string, len(r.Applicants))
	for i, p := range r.Applicants {
		school := "-"
		if p.School >= 0 {
			school = r.Schools[p.School].ID
		}
		numbers := make([]string, len(p.Numbers))
		for k, n := range p.Numbers {
			numbers[k] = strconv.Itoa(n)
		}
		lines[i] = strings.Join([]string{"place", p.Who, school, strconv.Itoa(p.Wish), strings.Join(numbers, ",")}, ";")
	}
	return lines
}

// number gives the lottery numbers: those common to all, and those of each school that draws its own.
func (r *Result) number(seed draw.Seed) {
	everybody := make([]int, len(r.Applicants))
	for i := range everybody {
		everybody[i] = i
	}
	common := r.lottery(seed, "admit lottery", everybody)
	wishers := make([][]int, len(r.Schools))
	for i, a := range r.table.applicants {
		r.Applicants[i] = Placed{Who: a.who, School: -1, Numbers: make([]int, len(a.wishes))}
		for k, w := range a.wishes {
			wishers[w.school] = append(wishers[w.school], i)
			r.Applicants[i].Numbers[k] = common[i]
		}
	}
	for s, school := range r.Schools {
		if !school.Own {
			continue
		}
		own := r.lottery(seed, "admit lottery "+school.ID, wishers[s])
		for _, i := range wishers[s] {
			r.Applicants[i].Numbers[r.wish(i, s)] = own[i]
		}
	}
}

// wish is which wish of applicant i, from 0, the school s is.
func (r *Result) wish(i, s int) int {
	return slices.IndexFunc(r.table.applicants[i].wishes, func(w wish) bool { return w.school == s })
}

// lottery shuffles the applicants; twins are one. It returns the number of each, from 1.
func (r *Result) lottery(seed draw.Seed, label string, applicants []int) map[int]int {
	first, units := map[string]int{}, make([]int, 0, len(applicants))
	unit := make(map[int]int, len(applicants))
	for _, i := range applicants {
		twin := r.table.applicants[i].twin
		if at, known := first[twin]; known && twin != "-" {
			unit[i] = at
			continue
		}
		first[twin], unit[i] = i, i
		units = append(units, i)
	}
	draw.Shuffle(draw.NewGenerator(label, seed), units)
	number := make(map[int]int, len(units))
	for place, i := range units {
		number[i] = place + 1
	}
	for i, u := range unit {
		unit[i] = number[u]
	}
	return unit
}

// rank puts the applicants of every school in its order.
func (r *Result) rank() {
	r.order, r.place = make([][]int, len(r.Schools)), make([]map[int]int32, len(r.Schools))
	for i, a := range r.table.applicants {
		for _, w := range a.wishes {
			if w.group >= 0 {
				r.order[w.school] = append(r.order[w.school], i)
			}
		}
	}
	for s, list := range r.order {
		which := make(map[int]int, len(list))
		for _, i := range list {
			which[i] = r.wish(i, s)
		}
		slices.SortFunc(list, func(x, y int) int {
			_, before := r.compare(s, x, which[x], y, which[y])
			return cmp.Or(before, cmp.Compare(x, y))
		})
		r.place[s] = make(map[int]int32, len(list))
		for place, i := range list {
			r.place[s][i] = int32(place)
		}
	}
}

// compare tells which of two applicants stands before at school s (negative: x), and what decided: "group", a criterion, or
// "number"; kx and ky are which wishes it is.
func (r *Result) compare(s, x, kx, y, ky int) (decided string, before int) {
	a, b := r.table.applicants[x].wishes[kx], r.table.applicants[y].wishes[ky]
	if a.group != b.group {
		return "group", cmp.Compare(a.group, b.group)
	}
	for n, by := range r.Schools[s].By {
		if a.values[n] != b.values[n] {
			if by == ByDistance {
				return by, cmp.Compare(a.values[n], b.values[n])
			}
			return by, cmp.Compare(b.values[n], a.values[n])
		}
	}
	return "number", cmp.Compare(r.Applicants[x].Numbers[kx], r.Applicants[y].Numbers[ky])
}

// match places everybody. A wish that the school cannot take keeps its place in its band: it stands for a school without places.
func (r *Result) match() error {
	seats := make([]int, len(r.Schools)+MaxWishes)
	for s, school := range r.Schools {
		seats[s] = school.Places
	}
	lists, keys := make([][]int, len(r.Applicants)), make([][]uint64, len(r.Applicants))
	for i, a := range r.table.applicants {
		for k, w := range a.wishes {
			s := w.school
			if w.group < 0 {
				s = len(r.Schools) + k
				keys[i] = append(keys[i], 0)
			} else {
				keys[i] = append(keys[i], uint64(r.place[s][i]))
			}
			lists[i] = append(lists[i], s)
		}
	}
	m, err := matching.New(seats, lists, keys)
	if err != nil {
		return err
	}
	result := matching.Parallel(m, r.Policy.Bands)
	for i, s := range result {
		if s != matching.None {
			r.Applicants[i].School, r.Applicants[i].Wish = s, r.wish(i, s)+1
		}
	}
	r.Within, r.Across = matching.CheckBands(m, r.Policy.Bands, result), matching.Check(m, result)
	return nil
}
