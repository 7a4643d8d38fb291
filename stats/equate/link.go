package equate

import (
	"math"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// LinkItem is an item of a form with its parameters on the scale of that form.
//
// One step is the model of two or, with Guess, three parameters: P = c + (1−c)/(1+exp(−Da(θ−b))). Several steps are the
// generalised partial credit model, or the graded response model when Cumulative.
type LinkItem struct {
	Name       string
	Slope      float64
	Steps      []float64 // difficulties b
	Guess      float64   // c
	Cumulative bool
}

// LinkMethod is a way to link two scales.
type LinkMethod string

// The methods: moments of the parameters, or curves of the items (Haebara 1980) and of the test (Stocking and Lord 1983).
const (
	MeanMean     LinkMethod = "mean-mean"
	MeanSigma    LinkMethod = "mean-sigma"
	Haebara      LinkMethod = "haebara"
	StockingLord LinkMethod = "stocking-lord"
)

// LinkMethods are all methods in the order in which they are reported.
var LinkMethods = []LinkMethod{MeanMean, MeanSigma, Haebara, StockingLord}

// LinkOptions say how curves are compared. Moments need none of them.
type LinkOptions struct {
	Symmetric bool      // compare on both scales; else on the scale of the old form alone
	Nodes     []float64 // abilities, on the scale at hand; nil: LinkNodes
	Weights   []float64 // of the nodes; nil: all equal
	Factor    float64   // D; 0 is 1
}

// LinkNodes are the abilities at which curves are compared unless told otherwise: 40, equally spaced from −4 to 4.
func LinkNodes() []float64 {
	nodes := make([]float64, 40)
	for i := range nodes {
		nodes[i] = -4 + 8*float64(i)/39
	}
	return nodes
}

// Link puts abilities of the new form on the scale of the old one: θ_old = Slope·θ_new + Intercept; with it a_old = a/Slope and
// b_old = Slope·b + Intercept.
type Link struct {
	Method     LinkMethod `json:"method"`
	Slope      float64    `json:"A"`
	Intercept  float64    `json:"B"`
	Criterion  *float64   `json:"criterion,omitempty"`       // mean over the nodes, of curves
	Gradient   *float64   `json:"maxabs_gradient,omitempty"` // of the criterion
	Starts     int        `json:"starts,omitempty"`
	Iterations int        `json:"iterations,omitempty"`
	Converged  bool       `json:"converged"`
}

// Apply returns an item of the new form on the scale of the old one.
func (l Link) Apply(item LinkItem) LinkItem {
	out := item
	out.Slope = item.Slope / l.Slope
	out.Steps = make([]float64, len(item.Steps))
	for i, b := range item.Steps {
		out.Steps[i] = l.Slope*b + l.Intercept
	}
	return out
}

// LinkScales finds the link from the common items: fresh[i] and old[i] are the same item on the scales of the new and of the old form.
//
// Moments: mean–mean takes Slope = mean a_new / mean a_old, mean–sigma Slope = SD b_old / SD b_new over all steps; both take
// Intercept = mean b_old − Slope · mean b_new. Guessing does not count.
// Curves: Haebara makes the sum over items of squared differences least, of the probability of a right answer, or for ordered
// items of every answer; Stocking–Lord the squared difference of the expected scores on the common items. Nodes are equally
// weighted unless told otherwise.
// Errors: a fault for less than two common items, slopes that are not positive, numbers that are not finite, steps or models that
// differ, difficulties that are all the same.
func LinkScales(fresh, old []LinkItem, method LinkMethod, options LinkOptions) (Link, error) {
	if len(fresh) != len(old) {
		panic("equate: common items must come in pairs")
	}
	if err := checkLink(fresh, old); err != nil {
		return Link{}, err
	}
	newSlope, newMean, newSD := linkMoments(fresh)
	oldSlope, oldMean, oldSD := linkMoments(old)
	link := Link{Method: method, Slope: newSlope / oldSlope, Converged: true}
	switch method {
	case MeanMean:
	case MeanSigma:
		if newSD == 0 || oldSD == 0 {
			return Link{}, fault.New("irt.link_flat", nil)
		}
		link.Slope = oldSD / newSD
	case Haebara, StockingLord:
		starts := []Link{{Slope: link.Slope, Intercept: oldMean - link.Slope*newMean}}
		if newSD > 0 && oldSD > 0 {
			slope := oldSD / newSD
			starts = append(starts, Link{Slope: slope, Intercept: oldMean - slope*newMean})
		}
		return linkCurves(fresh, old, method, options, starts), nil
	default:
		return Link{}, fault.New("irt.link_method", message.Args{"method": string(method)})
	}
	link.Intercept = oldMean - link.Slope*newMean
	return link, nil
}

func checkLink(fresh, old []LinkItem) error {
	if len(fresh) < 2 {
		return fault.New("irt.link_few", message.Args{"count": len(fresh)})
	}
	var faults fault.List
	for i := range fresh {
		name := fresh[i].Name
		if len(fresh[i].Steps) != len(old[i].Steps) || fresh[i].Cumulative != old[i].Cumulative {
			faults.Add(fault.New("irt.link_differs", message.Args{"item": name, "new": len(fresh[i].Steps), "old": len(old[i].Steps)}))
		}
		for _, item := range []LinkItem{fresh[i], old[i]} {
			if !(item.Slope > 0) || math.IsInf(item.Slope, 1) || len(item.Steps) == 0 {
				faults.Add(fault.New("irt.link_slope", message.Args{"item": item.Name, "slope": item.Slope}))
			}
			for step, b := range item.Steps {
				if math.IsNaN(b) || math.IsInf(b, 0) || item.Cumulative && step > 0 && b < item.Steps[step-1] {
					faults.Add(fault.New("irt.link_difficulty", message.Args{"item": item.Name, "step": step + 1}))
				}
			}
			if !(item.Guess >= 0 && item.Guess < 1) || item.Guess > 0 && len(item.Steps) > 1 {
				faults.Add(fault.New("irt.link_guess", message.Args{"item": item.Name, "guess": item.Guess}))
			}
		}
	}
	return faults.Err()
}

// linkMoments returns the mean of the slopes, and mean and standard deviation (divisor n) of all difficulties.
func linkMoments(items []LinkItem) (slope, mean, sd float64) {
	n := 0.0
	for _, item := range items {
		slope += item.Slope / float64(len(items))
		for _, b := range item.Steps {
			mean += b
			n++
		}
	}
	mean /= n
	for _, item := range items {
		for _, b := range item.Steps {
			sd += (b - mean) * (b - mean)
		}
	}
	return slope, mean, math.Sqrt(sd / n)
}
