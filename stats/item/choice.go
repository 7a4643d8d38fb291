package item

// Picks is how often each option of an item was taken by pupils with high, middle and low totals.
type Picks struct {
	Item    string   `json:"item"`
	Key     string   `json:"key"`
	Options []Picked `json:"options"`
}

// Picked is one option; the name is empty for answers left blank. Mean is the mean total of those who took it.
type Picked struct {
	Option string   `json:"option"`
	Right  bool     `json:"right"`
	High   int      `json:"high"`
	Middle int      `json:"middle"`
	Low    int      `json:"low"`
	All    int      `json:"all"`
	Share  float64  `json:"share"`
	Mean   *float64 `json:"mean_total"`
}

func picksOf(d *Data, c *clean, t *totals, tail tails) []Picks {
	var out []Picks
	for i, choice := range d.Choices {
		if len(choice.Options) == 0 {
			continue
		}
		picked := make([]Picked, len(choice.Options)+1)
		sums := make([]int64, len(picked))
		for p, total := range t.of {
			at := int(choice.Picked[c.row(p)])
			if at >= len(choice.Options) {
				at = len(choice.Options)
			}
			row := &picked[at]
			row.All++
			sums[at] += int64(total)
			switch { // where the groups overlap a pupil counts as high
			case total >= tail.highFrom:
				row.High++
			case total <= tail.lowTo:
				row.Low++
			default:
				row.Middle++
			}
		}
		for at := range picked {
			row := &picked[at]
			if at < len(choice.Options) {
				row.Option = choice.Options[at]
				row.Right = row.Option == choice.Key
			}
			row.Share = float64(row.All) / float64(c.n)
			if row.All > 0 {
				row.Mean = some(float64(sums[at]) / float64(row.All) / float64(d.Scale))
			}
		}
		if picked[len(picked)-1].All == 0 {
			picked = picked[:len(picked)-1]
		}
		out = append(out, Picks{Item: d.Names[i], Key: choice.Key, Options: picked})
	}
	return out
}
