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
	place [][]int32 // of an applicant in the order of the school of each wish; -1: it cannot go there
}

// asking is an applicant with a wish, numbered from 0.
type asking struct{ applicant, wish int }

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
	everybody, wishers := make([]asking, len(r.Applicants)), make([][]asking, len(r.Schools))
	for i, a := range r.table.applicants {
		r.Applicants[i] = Placed{Who: a.who, School: -1, Numbers: make([]int, len(a.wishes))}
		everybody[i] = asking{applicant: i}
		for k, w := range a.wishes {
			wishers[w.school] = append(wishers[w.school], asking{i, k})
		}
	}
	common := r.lottery(seed, "admit lottery", everybody)
	for s, school := range r.Schools {
		numbers := common
		if school.Own {
			numbers = r.lottery(seed, "admit lottery "+school.ID, wishers[s])
		}
		for at, one := range wishers[s] {
			if !school.Own {
				at = one.applicant
			}
			r.Applicants[one.applicant].Numbers[one.wish] = numbers[at]
		}
	}
}

// wish is which wish of applicant i, from 0, the school s is.
func (r *Result) wish(i, s int) int {
	return slices.IndexFunc(r.table.applicants[i].wishes, func(w wish) bool { return w.school == s })
}

// lottery shuffles a list; twins are one. It returns the number of each of the list, from 1.
func (r *Result) lottery(seed draw.Seed, label string, list []asking) []int {
	first, units := map[string]int{}, make([]int, 0, len(list))
	number := make([]int, len(list)) // for now: whose number it is
	for at, one := range list {
		twin := r.table.applicants[one.applicant].twin
		if earlier, known := first[twin]; known && twin != "-" {
			number[at] = earlier
			continue
		}
		first[twin], number[at] = at, at
		units = append(units, at)
	}
	draw.Shuffle(draw.NewGenerator(label, seed), units)
	drawn := make([]int, len(list))
	for place, at := range units {
		drawn[at] = place + 1
	}
	for at, whose := range number {
		number[at] = drawn[whose]
	}
	return number
}

// rank puts the applicants of every school in its order.
func (r *Result) rank() {
	order := make([][]asking, len(r.Schools))
	r.place = make([][]int32, len(r.Applicants))
	for i, a := range r.table.applicants {
		r.place[i] = make([]int32, len(a.wishes))
		for k, w := range a.wishes {
			r.place[i][k] = -1
			if w.group >= 0 {
				order[w.school] = append(order[w.school], asking{i, k})
			}
		}
	}
	for s, list := range order {
		slices.SortFunc(list, func(x, y asking) int {
			_, before := r.compare(s, x, y)
			return cmp.Or(before, cmp.Compare(x.applicant, y.applicant))
		})
		for place, one := range list {
			r.place[one.applicant][one.wish] = int32(place)
		}
	}
}

// compare tells which of two stands before at school s (negative: x), and what decided: "group", a criterion, or "number".
func (r *Result) compare(s int, x, y asking) (decided string, before int) {
	a, b := r.table.applicants[x.applicant].wishes[x.wish], r.table.applicants[y.applicant].wishes[y.wish]
	if a.group != b.group {
		return OfGroup, cmp.Compare(a.group, b.group)
	}
	for n, by := range r.Schools[s].By {
		if a.values[n] != b.values[n] {
			if by == ByDistance {
				return by, cmp.Compare(a.values[n], b.values[n])
			}
			return by, cmp.Compare(b.values[n], a.values[n])
		}
	}
	return OfNumber, cmp.Compare(r.Applicants[x.applicant].Numbers[x.wish], r.Applicants[y.applicant].Numbers[y.wish])
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
				keys[i] = append(keys[i], uint64(r.place[i][k]))
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
