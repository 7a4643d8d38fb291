package mixed

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// problem is the model in the form in which it is solved.
//
// Columns are replaced by linear combinations that make X'X and each term's Z'Z multiples of the identity and y uncorrelated with X
// with unit variance. The model stays the same; the numbers lose nothing to scales such as scores of 500 or years of 2026.
type problem struct {
	sums    *Sums
	rows    int64
	logs    float64 // sum of the logarithms of the weights
	total   float64 // sum of the weights
	cells   []int   // cells with rows, in the order of their levels
	ranks   [][]int32
	fixed   basis
	scale   float64   // standard deviation of y about X by least squares
	offset  []float64 // coefficients of the internal X that were taken out of y
	terms   []problemTerm
	factors []problemFactor
	pairs   []pair
	nv      int       // columns of [X y]
	square  []float64 // [X y]'[X y], nv × nv
	order   elimination
}

// problemTerm is a random term: q effects within factor from column at on, parameters of Λ from place theta on.
type problemTerm struct {
	design, factor, at, q, theta int
	basis                        basis
}

// problemFactor is a grouping factor with all effects of its terms.
type problemFactor struct {
	group  int
	levels []string
	n, q   int
	node   int       // of its first level
	cell   []int32   // level of each cell
	zz     []float64 // n × q × q: Z_i'Z_i
	zv     []float64 // n × q × nv: Z_i'[X y]
	into   []float64 // (m+1) × q: its columns of Z from those of the sums
}

// pair couples level i of factor f with level j of factor g, f < g: block is Z_i'Z_j, q_f × q_g.
type pair struct {
	f, g, i, j int
	block      []float64
}

// newProblem lays out the model of the sums; every fault of the data against the formula is told.
func newProblem(s *Sums) (*problem, error) {
	p := &problem{sums: s}
	p.rankLevels()
	total := make([]float64, s.size)
	for _, cell := range p.cells {
		p.rows += s.counts[cell]
		p.logs += s.logs[cell]
		for i := range total {
			total[i] += s.moment(cell, i)
		}
	}
	m := len(s.Design.Columns)
	moments := squareOf(total, m+1)
	p.total = total[0]
	if p.rows == 0 {
		return nil, fault.New("mixed.no_rows", message.Args{"missing": s.Missing})
	}
	var err error
	if p.fixed, err = newBasis(moments, s.Centre, s.Design.Fixed, true); err != nil {
		return nil, err
	}
	if p.rows <= int64(len(p.fixed.kept)) {
		return nil, fault.New("mixed.rows_few", message.Args{"rows": p.rows, "columns": len(p.fixed.kept)})
	}
	into, err := p.takeOut(moments)
	if err != nil {
		return nil, err
	}
	p.nv = len(p.fixed.kept) + 1
	p.square = sandwich(into, moments, into, p.nv, p.nv)
	if err := p.layTerms(moments); err != nil {
		return nil, err
	}
	p.fill(into)
	return p, p.order.lay(p)
}

// squareOf unpacks the moments of a cell into a full matrix.
func squareOf(moments []float64, n int) [][]float64 {
	out := make([][]float64, n)
	for i := range out {
		out[i] = make([]float64, n)
	}
	at := 0
	for i := range n {
		for j := range i + 1 {
			out[i][j], out[j][i] = moments[at], moments[at]
			at++
		}
	}
	return out
}

// rankLevels puts the levels of every key in order and lists the cells in the order of their levels.
func (p *problem) rankLevels() {
	s := p.sums
	for k, v := range s.Design.Keys {
		names := s.Levels[k]
		order := make([]int32, len(names))
		for i := range order {
			order[i] = int32(i)
		}
		variable := s.Design.Variables[v]
		slices.SortStableFunc(order, func(a, b int32) int { return compareLevels(variable, names, a, b) })
		ranks := make([]int32, len(names))
		for rank, code := range order {
			ranks[code] = int32(rank)
		}
		p.ranks = append(p.ranks, ranks)
	}
	for cell := range s.counts {
		if s.counts[cell] > 0 {
			p.cells = append(p.cells, cell)
		}
	}
	slices.SortFunc(p.cells, func(a, b int) int {
		la, _, _ := s.Cell(a)
		lb, _, _ := s.Cell(b)
		for k := range la {
			if c := cmp.Compare(p.ranks[k][la[k]], p.ranks[k][lb[k]]); c != 0 {
				return c
			}
		}
		return 0
	})
}

// compareLevels: levels that were given keep their order, numbers go by their size, words by their bytes.
func compareLevels(v Variable, names []string, a, b int32) int {
	if given := int32(len(v.Levels)); a < given || b < given {
		return cmp.Compare(a, b)
	}
	if !v.Text {
		x, errX := strconv.ParseFloat(names[a], 64)
		y, errY := strconv.ParseFloat(names[b], 64)
		if errX == nil && errY == nil && x != y {
			return cmp.Compare(x, y)
		}
	}
	return cmp.Compare(names[a], names[b])
}

// takeOut returns the columns of the internal [X y] from those of the sums: y less its least-squares fit on X, divided by its scale.
func (p *problem) takeOut(moments [][]float64) ([]float64, error) {
	m, r := len(moments)-1, len(p.fixed.kept)
	into := make([]float64, (m+1)*(r+1))
	for i := range m + 1 {
		copy(into[i*(r+1):], p.fixed.into[i*r:(i+1)*r])
	}
	y := make([]float64, m+1)
	y[m] = 1
	if !p.fixed.constant {
		y[0] = p.sums.Centre[m-1]
	}
	p.offset = make([]float64, r)
	product := make([]float64, m+1)
	for pass := 0; pass < 2; pass++ { // the second pass removes what rounding left
		multiply(moments, y, product)
		for j := range r {
			b := 0.0
			for i := range m + 1 {
				b += float64(p.fixed.into[i*r+j] * product[i])
			}
			b /= p.total
			p.offset[j] += b
			for i := range m + 1 {
				y[i] -= float64(b * p.fixed.into[i*r+j])
			}
		}
	}
	multiply(moments, y, product)
	left := 0.0
	for i := range y {
		left += y[i] * product[i]
	}
	whole := moments[m][m] + p.sums.Centre[m-1]*p.sums.Centre[m-1]*p.total
	if !(left > 1e-14*moments[m][m]) || !(left > 1e-24*whole) {
		return nil, fault.New("mixed.exact_fit", message.Args{"response": p.sums.Design.Columns[m-1].Name})
	}
	p.scale = math.Sqrt(left / p.total)
	for i := range m + 1 {
		into[i*(r+1)+r] = y[i] / p.scale
	}
	return into, nil
}

func multiply(a [][]float64, x, out []float64) {
	for i := range a {
		sum := 0.0
		for j, v := range a[i] {
			sum += float64(v * x[j])
		}
		out[i] = sum
	}
}

// sandwich returns a' M b for a of columns ca and b of columns cb.
func sandwich(a []float64, moments [][]float64, b []float64, ca, cb int) []float64 {
	n := len(moments)
	right := make([]float64, n*cb)
	for i := range n {
		for k := range n {
			if v := moments[i][k]; v != 0 {
				for j := range cb {
					right[i*cb+j] += float64(v * b[k*cb+j])
				}
			}
		}
	}
	out := make([]float64, ca*cb)
	for k := range n {
		for i := range ca {
			if v := a[k*ca+i]; v != 0 {
				for j := range cb {
					out[i*cb+j] += float64(v * right[k*cb+j])
				}
			}
		}
	}
	return out
}
