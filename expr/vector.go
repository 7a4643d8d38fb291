package expr

import (
	"strconv"
	"strings"

	"jiaoheng/measure"
)

// reason is why a row has no number: an entry of the table of one run. present means that it has one.
type reason uint32

// The reasons that every table begins with, in the order of fixed.
const (
	present reason = iota
	divisionByZero
	outsideDomain
	tooLarge
	nothingToCount
	smallSample
)

var fixed = []string{"", measure.DivisionByZero, measure.OutsideDomain, measure.TooLarge, measure.NothingToCount, measure.SmallSample}

// reasons is the table of reasons of one run. Rows hold numbers of entries, so that joining two costs no memory.
type reasons struct {
	list   []measure.Reason
	number map[string]reason
	joined map[[2]reason]reason
}

func newReasons() *reasons {
	r := &reasons{list: make([]measure.Reason, 1), number: map[string]reason{}, joined: map[[2]reason]reason{}}
	for _, key := range fixed[1:] {
		r.of(measure.Reason{Kind: measure.Invalid, Names: []string{key}})
	}
	return r
}

// of returns the entry of a reason.
func (r *reasons) of(why measure.Reason) reason {
	key := strconv.Itoa(int(why.Kind)) + "\x00" + strings.Join(why.Names, "\x00")
	if n, known := r.number[key]; known {
		return n
	}
	n := reason(len(r.list))
	r.list = append(r.list, why)
	r.number[key] = n
	return n
}

// join returns the reason of what needs both rows: see measure.Join.
func (r *reasons) join(a, b reason) reason {
	if a == present || a == b {
		return b
	}
	if b == present {
		return a
	}
	pair := [2]reason{a, b}
	if n, known := r.joined[pair]; known {
		return n
	}
	both, _ := measure.Join(r.list[a].Value(), r.list[b].Value())
	n := r.of(both.Reason())
	r.joined[pair] = n
	return n
}

// vector is a block of rows. why is nil when every row has a number; rows without one hold 0.
type vector struct {
	numbers []float64
	why     []reason
}

func (v vector) at(i int) (float64, reason) {
	if v.why == nil {
		return v.numbers[i], present
	}
	return v.numbers[i], v.why[i]
}
