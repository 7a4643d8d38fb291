package item

import (
	"math"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Limits of one analysis.
const (
	MaxItems  = 500
	MaxPupils = 5_000_000
	MaxUnits  = 30_000 // of one item's score
)

// Missing answers, as they stand among the scores.
const (
	Omitted    int16 = -1 // 未作答
	NotReached int16 = -2 // 未答到
	NotGiven   int16 = -3 // the pupil's form did not hold the item
)

// NoGroup marks a pupil that belongs to neither group.
const NoGroup = 255

// Data is the answers of pupils to items.
//
// Shapes: Scores[i][p] of item i and pupil p, in units of which Scale make one point; a missing answer is negative. Full[i] is
// the highest score in points; 0 means the highest that was earned. Group is empty or as long as the pupils: indices of Groups
// or NoGroup. Choices is empty or as long as the items.
type Data struct {
	Names   []string
	Full    []float64
	Scale   int
	Scores  [][]int16
	Group   []uint8
	Groups  []string
	Choices []Choice
}

// Choice is which option each pupil took at an item; Picked[p] is an index of Options, or NoGroup where nothing was marked.
// Options is empty where the item is no choice.
type Choice struct {
	Options []string
	Key     string
	Picked  []uint8
}

// Pack turns scores in points into whole units: the coarsest of 1, 1/2, 1/4, 1/5, 1/10, … 1/100 of a point in which all are
// whole. Not a number means Omitted; -1, -2 and -3 are the missing answers.
//
// Errors: a score that is finer than 1/100, below 0 otherwise, or above the limit is a fault with its column and row (from 1).
func Pack(names []string, columns [][]float64) ([][]int16, int, fault.List) {
	scale, faults := scaleOf(names, columns)
	if len(faults) > 0 {
		return nil, 0, faults
	}
	scores := make([][]int16, len(columns))
	for i, column := range columns {
		scores[i] = make([]int16, len(column))
		for p, x := range column {
			switch {
			case x != x:
				scores[i][p] = Omitted
			case x < 0:
				scores[i][p] = int16(x)
			default:
				scores[i][p] = int16(math.Round(x * float64(scale)))
			}
		}
	}
	return scores, scale, nil
}

var scales = []int{1, 2, 4, 5, 10, 20, 50, 100}

// MaxFaults is how many scores at fault are named one by one.
const MaxFaults = 100

func scaleOf(names []string, columns [][]float64) (int, fault.List) {
	at := 0
	var faults fault.List
	for i, column := range columns {
		for p, x := range column {
			if x != x || x == float64(int(x)) && x >= 0 && x <= MaxUnits/100 {
				continue
			}
			for at < len(scales) && x > 0 && !whole(x*float64(scales[at])) {
				at++
			}
			args := message.Args{"item": names[i], "score": x, "most": MaxUnits / 100}
			place := fault.Place{Column: names[i], Row: p + 2}
			switch {
			case x < 0 && x != -1 && x != -2 && x != -3:
				faults.Add(fault.At(place, "item.score_below", args))
			case x > MaxUnits/100:
				faults.Add(fault.At(place, "item.score_above", args))
			case at == len(scales):
				faults.Add(fault.At(place, "item.score_fine", args))
				at = 0
			}
			if len(faults) == MaxFaults {
				return 0, faults
			}
		}
	}
	return scales[at%len(scales)], faults
}

func whole(x float64) bool { return math.Abs(x-math.Round(x)) < 1e-6 }

// TellNotReached turns the omitted answers behind a pupil's last answer into answers not reached, in the order of the items.
// The first of them stays omitted: the pupil may have seen it.
func TellNotReached(scores [][]int16) {
	if len(scores) == 0 {
		return
	}
	for p := range scores[0] {
		last := len(scores) - 1
		for last >= 0 && scores[last][p] == Omitted {
			last--
		}
		for i := last + 2; i < len(scores) && last >= 0; i++ {
			scores[i][p] = NotReached
		}
	}
}

func (d *Data) check() fault.List {
	var faults fault.List
	switch {
	case len(d.Scores) < 2:
		faults.Add(fault.New("item.few_items", message.Args{"count": len(d.Scores)}))
	case len(d.Scores) > MaxItems:
		faults.Add(fault.New("item.many_items", message.Args{"count": len(d.Scores), "most": MaxItems}))
	case len(d.Scores[0]) > MaxPupils:
		faults.Add(fault.New("item.many_pupils", message.Args{"count": len(d.Scores[0]), "most": MaxPupils}))
	}
	return faults
}
