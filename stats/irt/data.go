package irt

import (
	"math"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Limits of what is taken.
const (
	MaxItems      = 500        // items of a test
	MinItems      = 3          // fewer leave the slopes undetermined
	MaxScore      = 99         // the highest score of an item
	MaxRows       = 20_000_000 // persons, or patterns with frequencies
	MaxCategories = 30         // different scores of an item
	Missing       = 255        // no answer, in Data.Scores
)

// Data are answers: one row a person or a pattern.
//
// Shapes:  len(Scores) == rows × len(Items), row after row; Weights has one frequency a row or is nil, then each counts once.
// Missing: Scores holds Missing where there is no answer; it is ignored (missing at random). Who counts items that were not
// reached as wrong says so before.
type Data struct {
	Items   []string
	Scores  []byte
	Weights []float64
}

// Rows is the number of rows.
func (d Data) Rows() int {
	if len(d.Items) == 0 {
		return 0
	}
	return len(d.Scores) / len(d.Items)
}

// Dropped is an item left out of the model.
type Dropped struct {
	Item   string `json:"item"`
	Reason string `json:"reason"` // all_same or no_answer
	Score  *int   `json:"score,omitempty"`
}

// Collapsed is an item whose scores are not 0, 1, 2 … without gaps: the scores that occur are counted from 0.
type Collapsed struct {
	Item   string `json:"item"`
	Scores []int  `json:"scores"` // what the categories 0, 1, 2 … were in the data
}

// prepared is the data as the fit uses it: items that vary, categories without gaps, each pattern once.
type prepared struct {
	items     []string
	columns   []int // of each item kept: its column in Data
	top       []int // highest category of each item
	hasGap    []bool
	dropped   []Dropped
	collapsed []Collapsed
	persons   float64 // sum of the weights of rows with an answer
	answered  int     // rows with an answer
	empty     int     // rows without
	pattern   []int32 // of each row, −1 without an answer or weight
	rows      *rowSet // the patterns
	weights   []float64
}

// weightOf is how often a row counts.
func (p *prepared) weightOf(row int) float64 {
	if p.weights == nil {
		return 1
	}
	return p.weights[row]
}

// prepare checks data, leaves items out that do not vary, renumbers categories and gathers equal patterns.
func prepare(d Data) (*prepared, error) {
	if err := check(d); err != nil {
		return nil, err
	}
	p := &prepared{weights: d.Weights}
	recode, err := p.categories(d)
	if err != nil {
		return nil, err
	}
	if len(p.items) < MinItems {
		return nil, fault.New("irt.few_items", message.Args{"count": len(p.items), "least": MinItems, "dropped": len(p.dropped)})
	}
	p.gather(d, recode)
	if p.answered == 0 {
		return nil, fault.New("irt.no_rows", nil)
	}
	return p, nil
}

func check(d Data) error {
	var faults fault.List
	if len(d.Items) < MinItems {
		return fault.New("irt.few_items", message.Args{"count": len(d.Items), "least": MinItems, "dropped": 0})
	}
	if len(d.Items) > MaxItems {
		faults.Add(fault.New("irt.many_items", message.Args{"count": len(d.Items), "limit": MaxItems}))
	}
	if len(d.Scores)%len(d.Items) != 0 || d.Weights != nil && len(d.Weights) != d.Rows() {
		panic("irt: scores, items and weights do not fit together")
	}
	if d.Rows() > MaxRows {
		faults.Add(fault.New("irt.many_rows", message.Args{"count": d.Rows(), "limit": MaxRows}))
	}
	for row, weight := range d.Weights {
		if !(weight >= 0) || math.IsInf(weight, 1) {
			faults.Add(fault.At(fault.Place{Row: row + 2}, "irt.bad_weight", message.Args{"weight": weight}))
			break
		}
	}
	return faults.Err()
}

// categories fills items, columns, top and what was dropped or collapsed; the result maps each kept item's score to its category.
func (p *prepared) categories(d Data) ([][256]byte, error) {
	var faults fault.List
	n := len(d.Items)
	seen := make([][256]bool, n)
	for at := 0; at < len(d.Scores); at += n {
		if d.Weights != nil && d.Weights[at/n] == 0 {
			continue
		}
		for column, score := range d.Scores[at : at+n] {
			seen[column][score] = true
		}
	}
	var recode [][256]byte
	for column, name := range d.Items {
		var scores []int
		var to [256]byte
		for score := range Missing {
			to[score] = byte(len(scores))
			if seen[column][score] {
				scores = append(scores, score)
			}
		}
		to[Missing] = Missing
		switch len(scores) {
		case 0:
			p.dropped = append(p.dropped, Dropped{Item: name, Reason: "no_answer"})
			continue
		case 1:
			p.dropped = append(p.dropped, Dropped{Item: name, Reason: "all_same", Score: &scores[0]})
			continue
		}
		if len(scores) > MaxCategories {
			faults.Add(fault.At(fault.Place{Column: name}, "irt.many_scores", message.Args{"count": len(scores), "limit": MaxCategories}))
			continue
		}
		if scores[len(scores)-1] != len(scores)-1 {
			p.collapsed = append(p.collapsed, Collapsed{Item: name, Scores: scores})
		}
		p.items, p.columns = append(p.items, name), append(p.columns, column)
		p.top, p.hasGap = append(p.top, len(scores)-1), append(p.hasGap, seen[column][Missing])
		recode = append(recode, to)
	}
	return recode, faults.Err()
}
