package progress

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// One is the name of the column of ones, the first of all moments; Entry and Exit are those of the two scores.
const (
	One   = "1"
	Entry = "entry"
	Exit  = "exit"
	Mean  = "entry_mean" // of the school
)

// Moments are all that a model needs to know of pupils: of each school how many there are, and the sums of products of every two
// columns about stated centres. They add up: schools, cohorts and counties are put together without a pupil being read again.
type Moments struct {
	Columns []string  `json:"columns"` // One first, Exit last
	Centres []float64 `json:"centres"` // what was taken off each column before the products
	Schools []Moment  `json:"schools"` // in order of their codes
}

// Moment is one school: Sums is the upper triangle of the products, row by row.
type Moment struct {
	Unit string    `json:"unit"`
	N    int       `json:"n"`
	Sums []float64 `json:"sums"`
}

// at is the place of columns i and j in an upper triangle of k columns.
func at(k, i, j int) int {
	if i > j {
		i, j = j, i
	}
	return i*k - i*(i-1)/2 + j - i
}

// sum is the sum of the products of columns i and j.
func (m Moment) sum(k, i, j int) float64 { return m.Sums[at(k, i, j)] }

// Gather sums rows of pupils by school. rows[i] holds one number for each column; units[i] is the school of the pupil. The order of
// the pupils is kept, so that the same rows give the same digits.
func Gather(columns []string, centres []float64, units []string, rows [][]float64) Moments {
	k := len(columns)
	schools := map[string]*Moment{}
	lost := map[string][]float64{} // what rounding took from each sum (Neumaier)
	v := make([]float64, k)
	for i, row := range rows {
		one := schools[units[i]]
		if one == nil {
			one = &Moment{Unit: units[i], Sums: make([]float64, k*(k+1)/2)}
			schools[units[i]], lost[units[i]] = one, make([]float64, k*(k+1)/2)
		}
		one.N++
		for c := range v {
			v[c] = row[c] - centres[c]
		}
		off, place := lost[units[i]], 0
		for a := range k {
			for b := a; b < k; b++ {
				one.Sums[place], off[place] = addKept(one.Sums[place], off[place], v[a]*v[b])
				place++
			}
		}
	}
	all := Moments{Columns: columns, Centres: centres}
	for _, code := range slices.Sorted(maps.Keys(schools)) {
		for place := range schools[code].Sums {
			schools[code].Sums[place] += lost[code][place]
		}
		all.Schools = append(all.Schools, *schools[code])
	}
	return all
}

// addKept adds x to a sum and keeps what rounding loses.
func addKept(sum, lost, x float64) (float64, float64) {
	total := sum + x
	if math.Abs(sum) >= math.Abs(x) {
		return total, lost + (sum - total) + x
	}
	return total, lost + (x - total) + sum
}

// Pupils is how many there are in all schools.
func (m Moments) Pupils() int {
	n := 0
	for _, one := range m.Schools {
		n += one.N
	}
	return n
}

// Without returns the moments without one school.
func (m Moments) Without(unit string) Moments {
	m.Schools = slices.DeleteFunc(slices.Clone(m.Schools), func(one Moment) bool { return one.Unit == unit })
	return m
}

// column is the place of a column, -1 where there is none.
func (m Moments) column(name string) int { return slices.Index(m.Columns, name) }

// total adds the products of all schools.
func (m Moments) total() []float64 {
	k := len(m.Columns)
	sum, lost := make([]float64, k*(k+1)/2), make([]float64, k*(k+1)/2)
	for _, one := range m.Schools {
		for place, x := range one.Sums {
			sum[place], lost[place] = addKept(sum[place], lost[place], x)
		}
	}
	for place := range sum {
		sum[place] += lost[place]
	}
	return sum
}

// mapped returns moments whose columns are combinations of those of m: by says, school by school, how much of each old column goes
// into each new one.
func (m Moments) mapped(columns []string, by func(one Moment) [][]float64) Moments {
	k, wide := len(m.Columns), len(columns)
	out := Moments{Columns: columns, Centres: make([]float64, wide)}
	for _, one := range m.Schools {
		weights := by(one)
		sums := make([]float64, 0, wide*(wide+1)/2)
		for a := range wide {
			for b := a; b < wide; b++ {
				sum := 0.0
				for i, wi := range weights[a] {
					if wi == 0 {
						continue
					}
					for j, wj := range weights[b] {
						if wj != 0 {
							sum += wi * wj * one.sum(k, i, j)
						}
					}
				}
				sums = append(sums, sum)
			}
		}
		out.Schools = append(out.Schools, Moment{Unit: one.Unit, N: one.N, Sums: sums})
	}
	return out
}

// identity is the combination that leaves k columns as they are.
func identity(k int) [][]float64 {
	out := make([][]float64, k)
	for i := range out {
		out[i] = make([]float64, k)
		out[i][i] = 1
	}
	return out
}

// withMean adds the mean entry score of each school as a column before the exit score: what pupils meet in their school
// beside themselves.
func (m Moments) withMean() Moments {
	k, entry := len(m.Columns), m.column(Entry)
	columns := append(slices.Clone(m.Columns[:k-1]), Mean, Exit)
	out := m.mapped(columns, func(one Moment) [][]float64 {
		mean := make([]float64, k)
		mean[0] = one.sum(k, 0, entry) / float64(one.N)
		same := identity(k)
		return append(append(slices.Clone(same[:k-1]), mean), same[k-1])
	})
	out.Centres = append(append(slices.Clone(m.Centres[:k-1]), m.Centres[entry]), m.Centres[k-1])
	return out
}

// calibrated puts in place of each entry score what is to be expected of the true one, given the score and the mean of the
// school: reliability × score + (1 - reliability) × mean. The slope then is that of the true score, and a school with a strong
// intake is not credited with the error of the test.
func (m Moments) calibrated(reliability float64) Moments {
	k, entry := len(m.Columns), m.column(Entry)
	out := m.mapped(m.Columns, func(one Moment) [][]float64 {
		weights := identity(k)
		weights[entry][entry] = reliability
		mean := one.sum(k, 0, entry) / float64(one.N)
		weights[entry][0] = (1 - reliability) * mean
		for c, name := range m.Columns {
			if base := m.column(strings.TrimPrefix(name, Entry+":")); strings.HasPrefix(name, Entry+":") && base >= 0 {
				weights[c][c], weights[c][base] = reliability, (1-reliability)*mean
			}
		}
		return weights
	})
	out.Centres = m.Centres
	return out
}

// spread returns the variance of a column over all pupils, and that within schools.
func (m Moments) spread(name string) (whole, within float64) {
	k, c := len(m.Columns), m.column(name)
	n, sum, square, between := 0.0, 0.0, 0.0, 0.0
	for _, one := range m.Schools {
		s := one.sum(k, 0, c)
		n, sum, square = n+float64(one.N), sum+s, square+one.sum(k, c, c)
		between += s * s / float64(one.N)
	}
	if freedom := n - float64(len(m.Schools)); freedom > 0 {
		within = max(0, square-between) / freedom
	}
	if n > 1 {
		whole = max(0, square-sum*sum/n) / (n - 1)
	}
	return whole, within
}

// withinReliability turns the reliability of the entry score among all pupils into that among pupils of one school, whose true
// scores differ less. It is 0 where the error alone would be larger than what differs within schools.
func (m Moments) withinReliability(reliability float64) float64 {
	whole, within := m.spread(Entry)
	if within <= 0 {
		return 1
	}
	return max(0, 1-(1-reliability)*whole/within)
}

// independent drops columns that say nothing that columns before them do not say, and names them.
func (m Moments) independent() (Moments, []string) {
	k := len(m.Columns)
	a := m.total()
	lower := make([]float64, k*k)
	var keep []int
	var dropped []string
	for c := range k {
		rest := a[at(k, c, c)]
		row := make([]float64, len(keep))
		for i, before := range keep {
			sum := a[at(k, c, before)]
			for j := range i {
				sum -= row[j] * lower[before*k+j]
			}
			row[i] = sum / lower[before*k+i]
			rest -= row[i] * row[i]
		}
		if c < k-1 && rest <= 1e-9*a[at(k, c, c)] {
			dropped = append(dropped, m.Columns[c])
			continue
		}
		for i, x := range row {
			lower[c*k+i] = x
		}
		lower[c*k+len(keep)] = math.Sqrt(max(rest, 0))
		keep = append(keep, c)
	}
	if len(dropped) == 0 {
		return m, nil
	}
	columns, centres, weights := []string{}, []float64{}, [][]float64{}
	for _, c := range keep {
		columns, centres, weights = append(columns, m.Columns[c]), append(centres, m.Centres[c]), append(weights, identity(k)[c])
	}
	out := m.mapped(columns, func(Moment) [][]float64 { return weights })
	out.Centres = centres
	return out, dropped
}

// scaledExit stretches the exit scores about their centre.
func (m Moments) scaledExit(factor float64) Moments {
	if factor == 1 {
		return m
	}
	weights := identity(len(m.Columns))
	weights[len(weights)-1][len(weights)-1] = factor
	out := m.mapped(m.Columns, func(Moment) [][]float64 { return weights })
	out.Centres = m.Centres
	return out
}

// together puts cohorts side by side: each has columns of its own, so that its line is its own, and the schools are the same. The ones
// of the first cohort are those of all, so that the effect of a school is one.
func together(all []Moments) Moments {
	if len(all) == 1 {
		return all[0]
	}
	first := all[0]
	columns := slices.Clone(first.Columns[:len(first.Columns)-1])
	centres := slices.Clone(first.Centres[:len(first.Centres)-1])
	starts := []int{0}
	for n, m := range all[1:] {
		starts = append(starts, len(columns))
		for c, name := range m.Columns[:len(m.Columns)-1] {
			columns, centres = append(columns, strconv.Itoa(n+2)+"·"+name), append(centres, m.Centres[c])
		}
	}
	columns, centres = append(columns, Exit), append(centres, first.Centres[len(first.Centres)-1])
	schools := map[string]Moment{}
	for n, m := range all {
		k := len(m.Columns)
		wide := m.mapped(columns, func(Moment) [][]float64 {
			weights := make([][]float64, len(columns))
			for c := range weights {
				weights[c] = make([]float64, k)
			}
			for c := range k - 1 {
				weights[starts[n]+c][c] = 1
			}
			weights[0][0], weights[len(columns)-1][k-1] = 1, 1
			return weights
		})
		for _, one := range wide.Schools {
			sum := schools[one.Unit]
			if sum.Sums == nil {
				sum = Moment{Unit: one.Unit, Sums: make([]float64, len(one.Sums))}
			}
			sum.N += one.N
			for place, x := range one.Sums {
				sum.Sums[place] += x
			}
			schools[one.Unit] = sum
		}
	}
	out := Moments{Columns: columns, Centres: centres}
	for _, unit := range slices.Sorted(maps.Keys(schools)) {
		out.Schools = append(out.Schools, schools[unit])
	}
	return out
}
