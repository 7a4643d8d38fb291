package mixed

import "math"

// wide is a number of twice the precision of a double: high + low with |low| at most half a unit in the last place of high.
type wide struct{ high, low float64 }

// plus adds two wide numbers.
// Source: T. J. Dekker: A floating-point technique for extending the available precision, Numerische Mathematik 18, 1971;
// two-sum after D. E. Knuth, The Art of Computer Programming 2, 4.2.2.
func (a wide) plus(b wide) wide {
	sum, rest := twoSum(a.high, b.high)
	return fastSum(sum, rest+(a.low+b.low))
}

// minus subtracts.
func (a wide) minus(b wide) wide { return a.plus(wide{-b.high, -b.low}) }

// times multiplies by a double.
func (a wide) times(x float64) wide {
	product := a.high * x
	return fastSum(product, math.FMA(a.high, x, -product)+float64(a.low*x))
}

// over divides by a double.
func (a wide) over(x float64) wide {
	first := a.high / x
	rest := a.minus(wide{high: first}.times(x))
	return fastSum(first, (rest.high+rest.low)/x)
}

func (a wide) double() float64 { return a.high + a.low }

func twoSum(a, b float64) (sum, rest float64) {
	sum = a + b
	part := sum - a
	return sum, (a - (sum - part)) + (b - part)
}

func fastSum(a, b float64) wide {
	sum := a + b
	return wide{sum, b - (sum - a)}
}

// chunkWides is how many wide numbers are set aside at a time, 64 kB.
const chunkWides = 1 << 12

// wideCells holds for every cell the sums of products of the columns [1, V], as wide numbers: the lower triangle row by row,
// so that place 0 is the number of rows and places i(i+1)/2 the sums. Products are kept in full too. With a hundred binary
// places, what another order of the rows changes is beyond what a double shows, and no centre is needed beforehand.
type wideCells struct {
	columns int // of [1, V]
	stride  int
	perPart int // cells in a chunk
	parts   [][]wide
	count   int
}

func newWideCells(columns int) *wideCells {
	stride := columns * (columns + 1) / 2
	return &wideCells{columns: columns, stride: stride, perPart: max(1, chunkWides/stride)}
}

// cell returns the sums of a cell.
func (w *wideCells) cell(number int) []wide {
	part := number / w.perPart
	for part >= len(w.parts) {
		w.parts = append(w.parts, make([]wide, w.perPart*w.stride))
	}
	w.count = max(w.count, number+1)
	from := number % w.perPart * w.stride
	return w.parts[part][from : from+w.stride : from+w.stride]
}

// bytes is the memory that is taken.
func (w *wideCells) bytes() int { return len(w.parts) * w.perPart * w.stride * 16 }

// addRow adds the row v = [1, V] to the sums of a cell.
func addRow(cell []wide, v []float64) {
	cell[0].high++
	at := 1
	for i := 1; i < len(v); i++ {
		x := v[i]
		row := cell[at : at+i+1]
		at += i + 1
		if x == 0 {
			continue
		}
		for j := range row {
			y := v[j]
			product := float64(x * y)
			rest := math.FMA(x, y, -product)
			s := &row[j]
			sum := s.high + product
			part := sum - s.high
			s.low += ((s.high - (sum - part)) + (product - part)) + rest
			s.high = sum
		}
	}
}
