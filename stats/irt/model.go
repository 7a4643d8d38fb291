package irt

import (
	"math"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Model is the model of a whole test.
type Model string

// The models. TwoPL on items of more than two scores is GPCM and is called so in the result.
const (
	Rasch   Model = "Rasch"
	OnePL   Model = "1PL"
	TwoPL   Model = "2PL"
	ThreePL Model = "3PL"
	GPCM    Model = "GPCM"
	GRM     Model = "GRM"
)

// ParseModel reads the name of a model, in any case.
func ParseModel(name string) (Model, error) {
	for _, model := range []Model{Rasch, OnePL, TwoPL, ThreePL, GPCM, GRM} {
		if strings.EqualFold(string(model), name) {
			return model, nil
		}
	}
	return "", fault.New("irt.model_unknown", message.Args{"model": name})
}

// MaxSlope is the steepest slope that is fitted: a fall over less than the distance of two nodes is not resolved.
const MaxSlope = 25

// maxGuess bounds the logit of c: beyond it c is 0 or 1 to five digits.
const maxGuess = 12

// layout says where the parameters of the items stand among all: step intercepts in item order, then slopes or the common
// slope, then logits of c. It is the order of the standard errors.
type layout struct {
	model  Model
	kind   []Kind
	top    []int
	place  [][]int // of each item: the places of its step intercepts, slope, logit of c
	offset []int   // of each item: where its parameters begin when every item has its own
	own    int     // parameters when every item has its own
	count  int     // parameters
	slopes int     // place of the first slope
	guess  int     // place of the first logit of c
	common bool
}

func newLayout(model Model, top []int) *layout {
	l := &layout{model: model, top: top, common: model == Rasch || model == OnePL}
	for _, t := range top {
		kind := Adjacent
		if model == GRM {
			kind = Cumulative
		}
		if model == ThreePL && t == 1 {
			kind = Guessed
		}
		l.kind = append(l.kind, kind)
		var place []int
		for range t {
			place = append(place, l.count)
			l.count++
		}
		l.place = append(l.place, place)
	}
	l.slopes = l.count
	for item := range top {
		l.place[item] = append(l.place[item], l.count)
		if !l.common {
			l.count++
		}
	}
	if l.common {
		l.count++
	}
	l.guess = l.count
	for item := range top {
		if l.kind[item] == Guessed {
			l.place[item] = append(l.place[item], l.count)
			l.count++
		}
		l.offset = append(l.offset, l.own)
		l.own += len(l.place[item])
	}
	return l
}

// of copies the parameters of an item out of all.
func (l *layout) of(item int, all []float64) []float64 {
	beta := make([]float64, len(l.place[item]))
	for i, place := range l.place[item] {
		beta[i] = all[place]
	}
	return beta
}

// gather adds up what stands once for every item's own parameter: a vector.
func (l *layout) gather(own []float64) []float64 {
	all := make([]float64, l.count)
	for item, places := range l.place {
		for i, place := range places {
			all[place] += own[l.offset[item]+i]
		}
	}
	return all
}

// gatherMatrix is gather for a symmetric matrix, of which own has the upper triangle.
func (l *layout) gatherMatrix(own []float64) []float64 {
	to := make([]int, l.own)
	for item, places := range l.place {
		for i, place := range places {
			to[l.offset[item]+i] = place
		}
	}
	all := make([]float64, l.count*l.count)
	for i := range l.own {
		for j := i; j < l.own; j++ {
			value := own[i*l.own+j]
			all[to[i]*l.count+to[j]] += value
			if i != j {
				all[to[j]*l.count+to[i]] += value
			}
		}
	}
	return all
}

// Beta is the prior of guessing: density ∝ c^(A−1) (1−c)^(B−1). A = B = 1 is none.
type Beta struct{ A, B float64 }

// addPrior adds the prior of guessing to a value, its gradient and the information (nil: left alone), and returns the value of
// the prior, which is taken up to its constant.
func (l *layout) addPrior(prior Beta, all, gradient, information []float64) float64 {
	value := 0.0
	for place := l.guess; place < l.count; place++ {
		c, rest := logistic(all[place])
		value += (prior.A-1)*math.Log(c) + (prior.B-1)*math.Log(rest)
		if gradient != nil {
			gradient[place] += (prior.A-1)*rest - (prior.B-1)*c
		}
		if information != nil {
			information[place*l.count+place] += (prior.A + prior.B - 2) * c * rest
		}
	}
	return value
}
