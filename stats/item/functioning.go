package item

import (
	"math"
	"math/bits"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/stats"
)

// Classes are the limits of the classes of differential functioning on the Δ scale: below Small class A, from Large on and
// significantly above Small class C, else B. Level is the level of significance. The zero value gives no classes.
type Classes struct{ Small, Large, Level float64 }

// Functioning is how items work for two groups of pupils with equal totals (Mantel and Haenszel 1959).
type Functioning struct {
	Groups    []string  `json:"groups"`
	Counts    []int     `json:"n"`
	Reference string    `json:"reference"`
	Purified  []string  `json:"purified,omitempty"` // items left out of the matching total, unless the item itself is looked at
	Passes    int       `json:"passes"`
	Items     []Differs `json:"items"`
}

// Differs is one item. Alpha above 1: among pupils of equal totals the item is easier for the second group. Ordered items have
// Mantel's χ² without correction and the standardised mean difference (second group minus first) in points instead.
type Differs struct {
	Item       string      `json:"item"`
	Strata     int         `json:"strata"`
	Alpha      *float64    `json:"alpha_MH"`
	Corrected  *float64    `json:"chisq_cc"`
	CorrectedP *float64    `json:"p_cc"`
	Chi        *float64    `json:"chisq"`
	Delta      *float64    `json:"delta_MH"`
	Interval   *[2]float64 `json:"ci"`
	DeltaSE    *float64    `json:"se_delta"`
	Class      string      `json:"class,omitempty"`
	Favours    string      `json:"favours,omitempty"`
	Ordered    bool        `json:"ordered,omitempty"`
	P          *float64    `json:"p,omitempty"`
	Difference *float64    `json:"smd,omitempty"`
}

const reference = "first level; matching = total score including the item; strata with an empty margin dropped"

// passesMost bounds the repetition of the matching; flags settle after two or three passes.
const passesMost = 10

func functioningOf(d *Data, c *clean, t *totals, o Options) (*Functioning, fault.List) {
	if len(d.Groups) != 2 {
		return nil, fault.List{fault.New("item.two_groups", message.Args{"count": len(d.Groups)})}
	}
	out := &Functioning{Groups: d.Groups, Counts: make([]int, 2), Reference: reference}
	m := &matching{c: c, scale: float64(d.Scale), group: make([]uint8, c.n), total: t.of, most: len(t.count)}
	for p := range c.n {
		g := d.Group[c.row(p)]
		if g > 1 {
			g = 2
		} else {
			out.Counts[g]++
		}
		m.group[p] = g
	}
	if out.Counts[0] == 0 || out.Counts[1] == 0 {
		return nil, fault.List{fault.New("item.empty_group", message.Args{"first": d.Groups[0], "second": d.Groups[1]})}
	}
	flagged := make([]bool, len(c.scores))
	for out.Passes < passesMost {
		out.Passes++
		out.Items = m.all(d, o.Classes, flagged)
		if !o.Purify {
			break
		}
		next, same := make([]bool, len(flagged)), true
		for i, item := range out.Items {
			next[i] = item.Class == "B" || item.Class == "C"
			same = same && next[i] == flagged[i]
		}
		if same {
			break
		}
		flagged = next
		m.rematch(t.of, flagged)
	}
	for i, f := range flagged {
		if f {
			out.Purified = append(out.Purified, d.Names[i])
		}
	}
	return out, nil
}

// matching is the pupils by group and by the total they are matched on.
type matching struct {
	c     *clean
	scale float64
	group []uint8 // 2: neither
	total []int32
	most  int // totals are below it
	cell  []int32
}

func (m *matching) rematch(all []int32, flagged []bool) {
	m.total = append([]int32(nil), all...)
	for i, f := range flagged {
		if f {
			for p, v := range m.c.scores[i] {
				m.total[p] -= int32(v)
			}
		}
	}
}

func (m *matching) all(d *Data, classes Classes, flagged []bool) []Differs {
	m.cell = make([]int32, m.c.n)
	count := make([]int, m.most*3)
	for p, v := range m.total {
		m.cell[p] = v*3 + int32(m.group[p])
		count[m.cell[p]]++
	}
	out := make([]Differs, len(m.c.scores))
	for i, column := range m.c.scores {
		cells, n := m.cell, count
		if flagged[i] { // the item itself always belongs to the total that it is judged by
			cells, n = m.with(column)
		}
		if level := m.c.level[i]; level > 0 {
			out[i] = dichotomous(strataOf(column, cells, n), classes)
		} else if m.c.most[i] > 0 {
			out[i] = ordered(column, cells, n, m.scale)
		}
		out[i].Item = d.Names[i]
		out[i].Favours = favours(out[i], d.Groups)
	}
	return out
}

func (m *matching) with(column []int16) ([]int32, []int) {
	cells, count := make([]int32, len(column)), make([]int, m.most*3)
	for p, v := range column {
		cells[p] = m.cell[p] + int32(v)*3
		count[cells[p]]++
	}
	return cells, count
}

func favours(d Differs, groups []string) string {
	if d.Class != "B" && d.Class != "C" || d.Delta == nil {
		return ""
	}
	if *d.Delta < 0 {
		return groups[1]
	}
	return groups[0]
}

// stratum is the pupils of one total: right and wrong in the first and in the second group.
type stratum struct{ right1, wrong1, right2, wrong2 float64 }

func strataOf(column []int16, cells []int32, count []int) []stratum {
	right := make([]int, len(count))
	for from := 0; from < len(column); from += 64 {
		block := column[from:min(from+64, len(column))]
		var word uint64
		for k, v := range block {
			word |= uint64(uint16(-v)) >> 15 << k
		}
		for ; word != 0; word &= word - 1 {
			right[cells[from+bits.TrailingZeros64(word)]]++
		}
	}
	var out []stratum
	for at := 0; at < len(count); at += 3 {
		r1, r2, n1, n2 := right[at], right[at+1], count[at], count[at+1]
		if n1 > 0 && n2 > 0 && r1+r2 > 0 && r1+r2 < n1+n2 {
			out = append(out, stratum{float64(r1), float64(n1 - r1), float64(r2), float64(n2 - r2)})
		}
	}
	return out
}

// dichotomous is the common odds ratio of Mantel and Haenszel with the variance of Robins, Breslow and Greenland (1986).
// The correction of ½ is left out where the sums differ by less.
func dichotomous(strata []stratum, classes Classes) Differs {
	out := Differs{Strata: len(strata)}
	var up, down, pr, mix, qs, gap, variance float64
	for _, s := range strata {
		n1, n2, right, wrong := s.right1+s.wrong1, s.right2+s.wrong2, s.right1+s.right2, s.wrong1+s.wrong2
		n := n1 + n2
		r, q := s.wrong1*s.right2/n, s.right1*s.wrong2/n
		p := (s.wrong1 + s.right2) / n
		up, down = up+r, down+q
		pr, mix, qs = pr+p*r, mix+p*q+(1-p)*r, qs+(1-p)*q
		gap += s.wrong1 - n1*wrong/n
		variance += n1 * n2 * right * wrong / (n * n * (n - 1))
	}
	gap = math.Abs(gap)
	correction := 0.5
	if gap < 0.5 {
		correction = 0
	}
	chi := (gap - correction) * (gap - correction) / variance
	out.Corrected, out.Chi = some(chi), some(gap*gap/variance)
	if out.Corrected != nil {
		out.CorrectedP = some(stats.ChiSquaredAbove(chi, 1))
	}
	alpha := up / down
	if out.Alpha = some(alpha); out.Alpha == nil || alpha == 0 {
		return out
	}
	delta := -2.35 * math.Log(alpha)
	error := math.Sqrt(pr/(2*up*up) + mix/(2*up*down) + qs/(2*down*down))
	out.Delta, out.DeltaSE = some(delta), some(2.35*error)
	width := stats.NormalQuantile(0.975) * error
	out.Interval = &[2]float64{alpha * math.Exp(-width), alpha * math.Exp(width)}
	out.Class = classes.of(delta, 2.35*error, out.CorrectedP)
	return out
}

// of is the class that the testing service of Princeton gives: C where |Δ| is Large or more and significantly above Small,
// A where it is below Small or not significantly different from 0, else B.
func (c Classes) of(delta, error float64, p *float64) string {
	if c.Large == 0 || p == nil {
		return ""
	}
	size := math.Abs(delta)
	switch {
	case size < c.Small || *p >= c.Level:
		return "A"
	case size >= c.Large && (size-c.Small)/error > stats.NormalQuantile(1-c.Level):
		return "C"
	}
	return "B"
}
