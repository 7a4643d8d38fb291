package scale

import (
	"math/big"
	"strconv"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// MaxBands is how many bands a scheme may have.
const MaxBands = 50

// Ties says on which side of a cut pupils of one mark come to stand when the cut falls among them.
type Ties string

// The rules of ties.
const (
	Reach   Ties = "reach"   // all go up: the band ends where its share is first reached
	Within  Ties = "within"  // all go down: the band never holds more than its share
	Nearest Ties = "nearest" // the end closest to the share; equally close: up
)

// Single says what a band with one raw mark gets.
type Single string

// The rules of bands with one raw mark.
const (
	Middle Single = "middle" // of the interval
	High   Single = "high"   // its upper end
	Low    Single = "low"    // its lower end
)

// Rounding says how an assigned score becomes whole.
type Rounding string

// The roundings.
const (
	HalfUp   Rounding = "half_up"
	HalfEven Rounding = "half_even"
	Down     Rounding = "down"
	Up       Rounding = "up"
)

// Band is one band of a scheme, the best first: its share of pupils in percent and the scores it spans. High and Low may be equal.
type Band struct {
	Name      string
	Share     float64
	High, Low int
}

// Scheme is a way to assign scores. Zeros and Absent say whether pupils with mark 0 and pupils who were absent count among those
// of whom the bands take their shares; a zero that does not count gets the lowest score of the scheme.
type Scheme struct {
	Bands  []Band
	Ties   Ties
	Single Single
	Round  Rounding
	Zeros  bool
	Absent bool
}

// Row is one raw mark in the table of scores.
type Row struct {
	Raw      float64 `json:"raw"`
	Count    int     `json:"count"`
	CumShare float64 `json:"cum_share"` // of pupils with this mark or a higher one
	Band     string  `json:"band"`
	Exact    float64 `json:"exact"`
	Assigned int     `json:"assigned"`
}

// Check returns what is wrong with a scheme: no bands or too many, shares that are not positive, have more than two decimals or do
// not add up to 100, intervals that overlap or do not fall.
func (s Scheme) Check() *fault.Fault {
	if len(s.Bands) == 0 || len(s.Bands) > MaxBands {
		return fault.New("scale.bands", message.Args{"count": len(s.Bands), "most": MaxBands})
	}
	sum := int64(0)
	for k, b := range s.Bands {
		share, ok := hundredths(b.Share)
		if !ok || share <= 0 {
			return fault.New("scale.share", message.Args{"band": b.Name, "share": b.Share})
		}
		sum += share
		if b.Low > b.High || k > 0 && b.High >= s.Bands[k-1].Low {
			return fault.New("scale.interval", message.Args{"band": b.Name, "low": b.Low, "high": b.High})
		}
	}
	if sum != 10000 {
		return fault.New("scale.sum", message.Args{"sum": float64(sum) / 100})
	}
	return nil
}

func hundredths(share float64) (int64, bool) {
	exact := decimal(share)
	exact.Mul(exact, big.NewRat(100, 1))
	return exact.Num().Int64(), exact.IsInt() && exact.Num().IsInt64()
}

// decimal is the number that is written: 0.1 is a tenth.
func decimal(x float64) *big.Rat {
	value, ok := new(big.Rat).SetString(strconv.FormatFloat(x, 'f', -1, 64))
	if !ok {
		panic("scale: not a number")
	}
	return value
}

// Assign returns the table of scores of a tally, the highest mark first. Absent is the number of pupils without a mark; they
// stand below everybody where the scheme counts them.
//
// Missing: marks are numbers (Tally leaves out others). A band that nobody reaches has no rows. Errors: those of Check.
func (s Scheme) Assign(marks []Mark, absent int) ([]Row, *fault.Fault) {
	if f := s.Check(); f != nil {
		return nil, f
	}
	counted := marks
	if !s.Zeros && len(marks) > 0 && marks[len(marks)-1].Raw == 0 {
		counted = marks[:len(marks)-1]
	}
	n := Pupils(counted)
	if s.Absent {
		n += absent
	}
	ends := s.ends(counted, n)
	var rows []Row
	from, above := 0, 0
	for b, band := range s.Bands {
		members := counted[from:ends[b]]
		from = ends[b]
		for _, m := range members {
			above += m.Count
			exact := s.stretch(band, m.Raw, members)
			value, _ := exact.Float64()
			rows = append(rows, Row{m.Raw, m.Count, float64(above) / float64(n), band.Name, value, s.whole(exact)})
		}
	}
	if len(counted) < len(marks) {
		last, zero := s.Bands[len(s.Bands)-1], marks[len(marks)-1]
		rows = append(rows, Row{0, zero.Count, 1, last.Name, float64(last.Low), last.Low})
	}
	return rows, nil
}

// ends says behind which mark each band ends. Shares and counts are compared as whole numbers: 10000 × pupils against
// hundredths of a percent × all.
func (s Scheme) ends(marks []Mark, n int) []int {
	ends := make([]int, len(s.Bands))
	at, above, target := 0, int64(0), int64(0)
	for b, band := range s.Bands {
		share, _ := hundredths(band.Share)
		target += share
		if b == len(s.Bands)-1 {
			ends[b] = len(marks)
			break
		}
		goal := target * int64(n)
		for at < len(marks) {
			before, after := above*10000, (above+int64(marks[at].Count))*10000
			if after > goal && !s.takes(before, after, goal) {
				break
			}
			above += int64(marks[at].Count)
			at++
		}
		ends[b] = at
	}
	return ends
}

// takes tells whether the pupils whose mark crosses the cut belong to the band above it.
func (s Scheme) takes(before, after, goal int64) bool {
	switch s.Ties {
	case Within:
		return false
	case Nearest:
		return before < goal && after-goal <= goal-before
	}
	return before < goal
}

// stretch is T1 + (Y−Y1)(T2−T1)/(Y2−Y1): Y1 and Y2 are the lowest and the highest mark in the band, T1 and T2 its ends.
func (s Scheme) stretch(band Band, raw float64, members []Mark) *big.Rat {
	low, high := int64(band.Low), int64(band.High)
	top, bottom := decimal(members[0].Raw), decimal(members[len(members)-1].Raw)
	if len(members) == 1 {
		switch s.Single {
		case High:
			return big.NewRat(high, 1)
		case Low:
			return big.NewRat(low, 1)
		}
		return big.NewRat(low+high, 2)
	}
	out := new(big.Rat).Sub(decimal(raw), bottom)
	out.Mul(out, big.NewRat(high-low, 1))
	out.Quo(out, top.Sub(top, bottom))
	return out.Add(out, big.NewRat(low, 1))
}

func (s Scheme) whole(x *big.Rat) int {
	floor := new(big.Int).Div(x.Num(), x.Denom()) // Euclidean: downwards, denominators are positive
	rest := new(big.Rat).Sub(x, new(big.Rat).SetInt(floor))
	half := rest.Cmp(big.NewRat(1, 2))
	up := false
	switch s.Round {
	case Down:
	case Up:
		up = rest.Sign() > 0
	case HalfEven:
		up = half > 0 || half == 0 && floor.Bit(0) == 1
	default:
		up = half >= 0
	}
	if up {
		return int(floor.Int64()) + 1
	}
	return int(floor.Int64())
}
