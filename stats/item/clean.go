package item

// clean is the data with missing answers settled: no negative score, only pupils that count.
type clean struct {
	n      int
	kept   []int32 // rows of the data; nil: all of them
	scores [][]int16
	most   []int16 // highest score earned
	level  []int16 // the single score above 0 of an item with two scores; 0 where there are more
	counts []missing
	out    int
}

type missing struct{ omitted, notReached int }

func settle(d *Data, complete bool) *clean {
	c := &clean{n: len(d.Scores[0]), counts: make([]missing, len(d.Scores))}
	holes := false
	for _, column := range d.Scores {
		holes = holes || anyNegative(column)
	}
	c.scores = d.Scores
	if holes {
		c.keep(d, complete)
	}
	c.most, c.level = make([]int16, len(c.scores)), make([]int16, len(c.scores))
	for i, column := range c.scores {
		c.most[i], c.level[i] = levels(column)
	}
	return c
}

func anyNegative(column []int16) bool {
	var all int16
	for _, v := range column {
		all |= v
	}
	return all < 0
}

func levels(column []int16) (most, level int16) {
	for _, v := range column {
		if v > most {
			most = v
		}
	}
	for _, v := range column {
		if v != 0 && v != most {
			return most, 0
		}
	}
	return most, most
}

func (c *clean) keep(d *Data, complete bool) {
	for p := range c.n {
		answered, out := 0, false
		for _, column := range d.Scores {
			switch v := column[p]; {
			case v >= 0:
				answered++
			case v <= NotGiven, complete:
				out = true
			}
		}
		if !out && answered > 0 {
			c.kept = append(c.kept, int32(p))
		}
	}
	c.out = c.n - len(c.kept)
	c.n = len(c.kept)
	c.scores = make([][]int16, len(d.Scores))
	for i, column := range d.Scores {
		c.scores[i] = make([]int16, c.n)
		for k, p := range c.kept {
			switch v := column[p]; v {
			case Omitted:
				c.counts[i].omitted++
			case NotReached:
				c.counts[i].notReached++
			default:
				c.scores[i][k] = v
			}
		}
	}
}

// row is the row of the data that pupil p of c was.
func (c *clean) row(p int) int {
	if c.kept == nil {
		return p
	}
	return int(c.kept[p])
}
