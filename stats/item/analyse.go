package item

import (
	"math"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Kelley is the share of the high and of the low group that makes the difference of their difficulties most reliable
// (Kelley 1939), used where no other share is asked for.
const Kelley = 0.27

// Options of an analysis. The zero value asks for tails of 27 % and missing answers counted 0, and gives no classes of
// differential functioning.
type Options struct {
	Complete bool    // leave out pupils with a missing answer instead of counting it 0
	Tail     float64 // share of the high and of the low group; 0 means Kelley
	Classes  Classes // limits of the classes of differential functioning
	Purify   bool    // repeat the matching without the items that were flagged
}

// Result is a test, its items, and what goes with them.
type Result struct {
	Test         Test         `json:"ctt"`
	Functioning  *Functioning `json:"dif_MH,omitempty"`
	Distribution []Scored     `json:"distribution"`
	Choices      []Picks      `json:"options,omitempty"`
}

// Test is a test as a whole and item by item. A figure that does not exist, such as a correlation with a constant, is nil.
type Test struct {
	N         int      `json:"n"`
	LeftOut   int      `json:"left_out"`
	Items     int      `json:"items"`
	Full      float64  `json:"full"`
	Mean      float64  `json:"mean"`
	SD1       float64  `json:"sd_n1"`
	SD        float64  `json:"sd_n"`
	Alpha     *float64 `json:"alpha"`
	AlphaRaw  *float64 `json:"alpha_psych"` // the same figure under the name that published tables give it
	SplitHalf *float64 `json:"split_half_odd_even"`
	Doubled   *float64 `json:"spearman_brown"`
	Error     *float64 `json:"sem"`
	Lambda6   *float64 `json:"guttman_lambda6"`
	Skew      *float64 `json:"skew_psych"`
	Kurtosis  *float64 `json:"kurtosis_psych"`
	Item      []Item   `json:"item"`
	High      int      `json:"n_high"`
	Low       int      `json:"n_low"`
	GroupRule string   `json:"group_rule"`
}

// Item is one item. Difficulty is the mean over the highest score: high means easy.
type Item struct {
	Name         string   `json:"item"`
	Full         float64  `json:"max"`
	Difficulty   float64  `json:"difficulty_P"`
	SD           float64  `json:"sd"`
	TotalR       *float64 `json:"item_total_r"`
	RestR        *float64 `json:"item_rest_r"`
	AlphaWithout *float64 `json:"alpha_if_deleted"`
	High         float64  `json:"P_high"`
	Low          float64  `json:"P_low"`
	D            float64  `json:"D27"`
	Row          string   `json:"_row"` // the name again, as published tables of this kind hold it
	Omitted      int      `json:"omitted"`
	NotReached   int      `json:"not_reached"`
	Reached      *float64 `json:"difficulty_reached"` // among those who reached the item
}

// Scored is how many pupils have one total.
type Scored struct {
	Score float64 `json:"score"`
	Count int     `json:"count"`
}

// Analyse computes everything in one pass over the scores and a few over their bits.
//
// Errors: a fault where there are fewer than two items or two pupils with answers, or a limit is passed.
func Analyse(d Data, o Options) (Result, fault.List) {
	if faults := d.check(); len(faults) > 0 {
		return Result{}, faults
	}
	if o.Tail == 0 {
		o.Tail = Kelley
	}
	c := settle(&d, o.Complete)
	if c.n < 2 {
		return Result{}, fault.List{fault.New("item.few_pupils", message.Args{"count": c.n})}
	}
	g := gridOf(c)
	t := totalsOf(c)
	tail := t.tails(c.n, o.Tail)
	m := momentsOf(g, c.n, d.Scale)
	result := Result{Test: m.test(&d, c, t), Distribution: t.distribution(float64(d.Scale))}
	result.Test.High, result.Test.Low, result.Test.GroupRule = tail.high, tail.low, ruleText(o.Tail)
	for i := range d.Scores {
		m.item(&result.Test.Item[i], i, g, tail)
	}
	result.Choices = picksOf(&d, c, t, tail)
	if len(d.Group) > 0 {
		functioning, faults := functioningOf(&d, c, t, o)
		if len(faults) > 0 {
			return Result{}, faults
		}
		result.Functioning = functioning
	}
	return result, nil
}

func (m *moments) test(d *Data, c *clean, t *totals) Test {
	k := len(m.sums)
	var trace, all, cross, odd, even float64
	for i, row := range m.cov {
		trace += row[i]
		for j, v := range row {
			all += v
			switch {
			case i%2 != j%2:
				cross += v / 2
			case i%2 == 0:
				odd += v
			default:
				even += v
			}
		}
	}
	out := Test{N: c.n, LeftOut: c.out, Items: k, Mean: float64(m.total) / float64(m.n) / m.scale, SD1: math.Sqrt(all)}
	out.SD = out.SD1 * math.Sqrt(float64(m.n-1)/float64(m.n))
	alpha := float64(k) / float64(k-1) * (1 - trace/all)
	half := cross / math.Sqrt(odd*even)
	out.Alpha, out.AlphaRaw, out.SplitHalf = some(alpha), some(alpha), some(half)
	out.Doubled, out.Error = some(2*half/(1+half)), some(out.SD1*math.Sqrt(1-alpha))
	out.Lambda6 = m.lambda6()
	out.Skew, out.Kurtosis = t.shape(float64(m.total)/float64(m.n), out.SD1*m.scale, m.n)
	for i, name := range d.Names {
		full := 0.0
		if len(d.Full) > 0 {
			full = d.Full[i]
		}
		if full == 0 {
			full = float64(c.most[i]) / m.scale
		}
		out.Full += full
		item := Item{Name: name, Row: name, Full: full, SD: math.Sqrt(m.cov[i][i]), Omitted: c.counts[i].omitted, NotReached: c.counts[i].notReached}
		if full > 0 {
			item.Difficulty = float64(m.sums[i]) / (float64(m.n) * m.scale * full)
			item.Reached = some(float64(m.sums[i]) / (float64(m.n-item.NotReached) * m.scale * full))
		}
		rest := all + m.cov[i][i]
		with := 0.0
		for _, v := range m.cov[i] {
			with += v
		}
		rest -= 2 * with
		item.TotalR = some(with / math.Sqrt(m.cov[i][i]*all))
		item.RestR = some((with - m.cov[i][i]) / math.Sqrt(m.cov[i][i]*rest))
		if k > 2 {
			item.AlphaWithout = some(float64(k-1) / float64(k-2) * (1 - (trace-m.cov[i][i])/rest))
		}
		out.Item = append(out.Item, item)
	}
	return out
}

func (m *moments) item(out *Item, i int, g *grid, tail tails) {
	if out.Full == 0 {
		return
	}
	out.High = float64(g.sum(i, tail.highMask)) / (float64(tail.high) * m.scale * out.Full)
	out.Low = float64(g.sum(i, tail.lowMask)) / (float64(tail.low) * m.scale * out.Full)
	out.D = out.High - out.Low
}

// some returns x, or nil where x is not a number.
func some(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}
