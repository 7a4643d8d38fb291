package lists

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// million is 100 % of a rate.
const million = 1_000_000

// Wanted says how many objects are drawn: a number over all strata, shared out by their sizes, or a rate in each stratum, with
// other rates or numbers for the strata that special names.
type Wanted struct {
	Pick    int
	Rate    *Quantity
	Special []Special
}

// Special is another rate or number for the strata one of whose values, or all of them joined by "/", is the key.
type Special struct {
	Key string
	Quantity
}

// Quantity is a number, or a share in millionths.
type Quantity struct {
	Count, Share int
	ByShare      bool
}

// ReadQuantity reads "30%", "12.5%" or "3".
func ReadQuantity(text string) (Quantity, bool) {
	percent, share := strings.CutSuffix(strings.ReplaceAll(text, "％", "%"), "%")
	if !share {
		n, err := strconv.Atoi(text)
		return Quantity{Count: n}, err == nil && n >= 0
	}
	whole, fraction, point := strings.Cut(percent, ".")
	digits := strings.Trim(whole+fraction, "0123456789") == ""
	n, err := strconv.Atoi(whole + (fraction + "0000")[:4])
	return Quantity{Share: n, ByShare: true}, err == nil && digits && whole != "" && len(fraction) <= 4 && (!point || fraction != "") && n <= million
}

// of is how many of n a quantity is, a share rounded up.
func (q Quantity) of(n int) int {
	if q.ByShare {
		return (n*q.Share + million - 1) / million
	}
	return q.Count
}

// strata numbers the strata in the order of their values and finds how many are picked in each.
func (f *freezing) strata() {
	f.number = map[string]int{}
	sizes := map[string]int{}
	for _, o := range f.in.Objects {
		key := stratumTitle(o.Stratum)
		if sizes[key]++; sizes[key] == 1 {
			f.order = append(f.order, o.Stratum)
		}
	}
	if len(f.order) > MaxStrata {
		f.faults.Add(fault.New("lists.strata", message.Args{"count": len(f.order), "limit": MaxStrata}))
		return
	}
	slices.SortFunc(f.order, slices.Compare)
	all := make([]int, len(f.order))
	for n, values := range f.order {
		key := stratumTitle(values)
		f.number[key], all[n] = n+1, sizes[key]
	}
	f.picks = f.in.Wanted.picks(f.order, all, &f.faults)
	total := 0
	for n, pick := range f.picks {
		if total += pick; pick > all[n] {
			f.faults.Add(fault.New("lists.pick_above", message.Args{"stratum": called(stratumTitle(f.order[n])), "pick": pick, "count": all[n]}))
		}
	}
	if total == 0 && len(f.faults) == 0 {
		f.faults.Add(fault.New("lists.pick_nothing", nil))
	}
}

// stratumTitle is how a stratum is called in lines.
func stratumTitle(values []string) string {
	return oneField(strings.Join(values, "/"))
}

// called is how a fault calls a stratum; without columns of strata all objects are one.
func called(title string) any {
	if title == "" {
		return message.Word("lists.word.all")
	}
	return title
}

// picks are the numbers of the strata.
func (w Wanted) picks(strata [][]string, sizes []int, faults *fault.List) []int {
	picks := make([]int, len(strata))
	if (w.Pick > 0) == (w.Rate != nil || len(w.Special) > 0) {
		faults.Add(fault.New("lists.pick_or_rate", nil))
		return picks
	}
	if w.Pick > 0 {
		return shareOut(w.Pick, sizes)
	}
	used := make([]bool, len(w.Special))
	for n, values := range strata {
		if w.Rate != nil {
			picks[n] = w.Rate.of(sizes[n])
		}
		for s, special := range w.Special {
			if special.Key == stratumTitle(values) || slices.Contains(values, special.Key) {
				picks[n], used[s] = special.of(sizes[n]), true
			}
		}
	}
	for s, special := range w.Special {
		if !used[s] {
			faults.Add(fault.New("lists.rate_unused", message.Args{"key": special.Key}))
		}
	}
	return picks
}

// shareOut shares a number out by sizes: whole parts first, then one each by the largest remainders, of equal ones the larger
// stratum and then the earlier.
func shareOut(total int, sizes []int) []int {
	sum := 0
	for _, size := range sizes {
		sum += size
	}
	parts, order := make([]int, len(sizes)), make([]int, len(sizes))
	left := total
	for n, size := range sizes {
		parts[n], order[n] = total*size/sum, n
		left -= parts[n]
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(total*sizes[b]%sum, total*sizes[a]%sum), cmp.Compare(sizes[b], sizes[a]))
	})
	for _, n := range order[:left] {
		parts[n]++
	}
	return parts
}
