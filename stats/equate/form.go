package equate

import (
	"math"
	"slices"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Limits of one equating.
const (
	MaxScores = 2000 // on one scale
	MaxDegree = 12   // of smoothing
)

// Form is the scores of one form: Counts[i] pupils reached Scores[i]. Scores rise; scores that nobody reached stand there with 0.
type Form struct {
	Scores []float64
	Counts []float64
}

// Joint is the scores of one form together with those of the anchor: Counts[i*len(Anchors)+j] pupils reached Scores[i] and Anchors[j].
type Joint struct {
	Scores  []float64
	Anchors []float64
	Counts  []float64
}

// Tally counts scores on a scale; counts says how many pupils each stands for, nil: one. A score off the scale is a fault.
func Tally(scale, scores, counts []float64) (Form, error) {
	form := Form{Scores: scale, Counts: make([]float64, len(scale))}
	for i, score := range scores {
		at, found := slices.BinarySearch(scale, score)
		if !found {
			return Form{}, fault.New("equate.off_scale", message.Args{"score": score})
		}
		form.Counts[at] += times(counts, i)
	}
	return form, nil
}

func times(counts []float64, i int) float64 {
	if counts == nil {
		return 1
	}
	return counts[i]
}

// TallyJoint counts pairs of score and anchor on two scales.
func TallyJoint(scale, anchorScale, scores, anchors, counts []float64) (Joint, error) {
	joint := Joint{Scores: scale, Anchors: anchorScale, Counts: make([]float64, len(scale)*len(anchorScale))}
	for i, score := range scores {
		at, found := slices.BinarySearch(scale, score)
		beside, both := slices.BinarySearch(anchorScale, anchors[i])
		if !found || !both {
			off := score
			if found {
				off = anchors[i]
			}
			return Joint{}, fault.New("equate.off_scale", message.Args{"score": off})
		}
		joint.Counts[at*len(anchorScale)+beside] += times(counts, i)
	}
	return joint, nil
}

// Score is the margin of the form.
func (j Joint) Score() Form {
	out := Form{Scores: j.Scores, Counts: make([]float64, len(j.Scores))}
	for i, count := range j.Counts {
		out.Counts[i/len(j.Anchors)] += count
	}
	return out
}

// Anchor is the margin of the anchor.
func (j Joint) Anchor() Form {
	out := Form{Scores: j.Anchors, Counts: make([]float64, len(j.Anchors))}
	for i, count := range j.Counts {
		out.Counts[i%len(j.Anchors)] += count
	}
	return out
}

func total(counts []float64) float64 {
	sum := 0.0
	for _, count := range counts {
		sum += count
	}
	return sum
}

func (f Form) mean() float64 { return f.moment(0, 1) }

// moment is the mean power of the distance from a centre.
func (f Form) moment(centre float64, power int) float64 {
	sum := 0.0
	for i, count := range f.Counts {
		distance, term := f.Scores[i]-centre, count
		for range power {
			term *= distance
		}
		sum += term
	}
	return sum / total(f.Counts)
}

// variance divides by n-1.
func (f Form) variance() float64 {
	n := total(f.Counts)
	return f.moment(f.mean(), 2) * n / (n - 1)
}

func (f Form) sd() float64  { return math.Sqrt(f.variance()) }
func (f Form) low() float64 { return f.Scores[0] }
func (f Form) high() float64 {
	return f.Scores[len(f.Scores)-1]
}

// covariance of score and anchor, dividing by n-1.
func (j Joint) covariance() float64 {
	scores, anchors, sum := j.Score().mean(), j.Anchor().mean(), 0.0
	for i, count := range j.Counts {
		sum += count * (j.Scores[i/len(j.Anchors)] - scores) * (j.Anchors[i%len(j.Anchors)] - anchors)
	}
	return sum / (total(j.Counts) - 1)
}

// checkScale adds what is wrong with a scale and its counts; name is that of the form.
func checkScale(faults *fault.List, name string, scores, counts []float64, cells int) {
	if len(scores) < 2 || len(scores) > MaxScores {
		faults.Add(fault.New("equate.scale_length", message.Args{"form": name, "count": len(scores), "limit": MaxScores}))
		return
	}
	for i, score := range scores {
		if math.IsNaN(score) || math.IsInf(score, 0) || i > 0 && score <= scores[i-1] {
			faults.Add(fault.New("equate.scale_order", message.Args{"form": name}))
			break
		}
	}
	if len(counts) != cells {
		panic("equate: counts do not fit the scale")
	}
	for _, count := range counts {
		if math.IsNaN(count) || count < 0 || count > 1e12 {
			faults.Add(fault.New("equate.bad_count", message.Args{"form": name}))
			return
		}
	}
	if total(counts) < 2 {
		faults.Add(fault.New("equate.too_few", message.Args{"form": name}))
	}
}

func checkForms(x, y Form) error {
	var faults fault.List
	checkScale(&faults, "X", x.Scores, x.Counts, len(x.Scores))
	checkScale(&faults, "Y", y.Scores, y.Counts, len(y.Scores))
	return faults.Err()
}

func checkJoints(x, y Joint) error {
	var faults fault.List
	if len(x.Anchors) < 2 || len(x.Anchors) > MaxScores {
		return fault.New("equate.scale_length", message.Args{"form": "V", "count": len(x.Anchors), "limit": MaxScores})
	}
	checkScale(&faults, "X", x.Scores, x.Counts, len(x.Scores)*len(x.Anchors))
	checkScale(&faults, "Y", y.Scores, y.Counts, len(y.Scores)*len(y.Anchors))
	if len(faults) == 0 {
		anchor := x.Anchor()
		checkScale(&faults, "V", anchor.Scores, anchor.Counts, len(anchor.Scores))
	}
	if !slices.Equal(x.Anchors, y.Anchors) {
		faults.Add(fault.New("equate.anchor_scales", nil))
	}
	return faults.Err()
}
