package equate

import "math"

// Bounds of the search for a link by curves.
const (
	linkSteps     = 200
	linkTolerance = 1e-13
)

// linkCurves minimises a criterion of curves by damped Gauss–Newton steps from every start and keeps the lowest end.
func linkCurves(fresh, old []LinkItem, method LinkMethod, options LinkOptions, starts []Link) Link {
	c := &curveLink{fresh: fresh, old: old, whole: method == StockingLord, options: options}
	if c.options.Nodes == nil {
		c.options.Nodes, c.options.Weights = LinkNodes(), nil
	}
	if c.options.Factor == 0 {
		c.options.Factor = 1
	}
	best := Link{}
	for i, start := range starts {
		end := c.descend(start)
		if i == 0 || *end.Criterion < *best.Criterion {
			end.Iterations += best.Iterations
			best = end
		} else {
			best.Iterations += end.Iterations
		}
	}
	best.Method, best.Starts = method, len(starts)
	return best
}

// curveLink is a criterion: the weighted mean over the nodes of squared differences.
type curveLink struct {
	fresh, old []LinkItem
	whole      bool // differences of expected scores of all items instead of answers of each
	options    LinkOptions
}

// fit is the criterion at a link with its derivatives: value, half gradient, and the Gauss–Newton matrix.
type linkFit struct{ value, g0, g1, h00, h01, h11 float64 }

// add takes a difference with its derivatives by slope and intercept.
func (f *linkFit) add(weight, difference, bySlope, byIntercept float64) {
	f.value += weight * difference * difference
	f.g0 += weight * difference * bySlope
	f.g1 += weight * difference * byIntercept
	f.h00 += weight * bySlope * bySlope
	f.h01 += weight * bySlope * byIntercept
	f.h11 += weight * byIntercept * byIntercept
}

// at evaluates the criterion. On the old scale the new item at θ is itself at (θ−B)/A; on the new scale the old item at θ is
// itself at Aθ+B.
func (c *curveLink) at(slope, intercept float64) linkFit {
	var f linkFit
	total := 0.0
	for i := range c.options.Nodes {
		total += c.weight(i)
	}
	for i, node := range c.options.Nodes {
		weight := c.weight(i) / total
		back := (node - intercept) / slope
		c.compare(&f, weight, c.old, c.fresh, node, back, -back/slope, -1/slope)
		if c.options.Symmetric {
			c.compare(&f, weight, c.fresh, c.old, node, slope*node+intercept, node, 1)
		}
	}
	return f
}

func (c *curveLink) weight(node int) float64 {
	if c.options.Weights == nil {
		return 1
	}
	return c.options.Weights[node]
}

// compare adds the differences between items at a node and their counterparts at another place, which moves with the link.
func (c *curveLink) compare(f *linkFit, weight float64, still, moving []LinkItem, node, place, bySlope, byIntercept float64) {
	whole, rise := 0.0, 0.0
	for i := range still {
		fixed, _ := answers(still[i], node, c.options.Factor)
		moved, slopes := answers(moving[i], place, c.options.Factor)
		for k := range fixed {
			difference := fixed[k] - moved[k]
			whole += float64(k) * difference
			rise += float64(k) * slopes[k]
			if !c.whole && (k > 0 || len(fixed) > 2) {
				f.add(weight, difference, -slopes[k]*bySlope, -slopes[k]*byIntercept)
			}
		}
	}
	if c.whole {
		f.add(weight, whole, -rise*bySlope, -rise*byIntercept)
	}
}

// answers returns the probabilities of the answers to an item at an ability, and their derivatives by the ability.
func answers(item LinkItem, ability, factor float64) (probability, slope []float64) {
	top := len(item.Steps)
	probability, slope = make([]float64, top+1), make([]float64, top+1)
	a := factor * item.Slope
	if top == 1 || item.Cumulative {
		above, rise := 1.0, 0.0
		for k := range top + 1 {
			next, nextRise := 0.0, 0.0
			if k < top {
				p := 1 / (1 + math.Exp(-a*(ability-item.Steps[k])))
				next, nextRise = item.Guess+(1-item.Guess)*p, (1-item.Guess)*a*p*(1-p)
			}
			probability[k], slope[k] = above-next, rise-nextRise
			above, rise = next, nextRise
		}
		return probability, slope
	}
	sum, most, mean := 0.0, 0.0, 0.0
	for k := 1; k <= top; k++ {
		slope[k] = slope[k-1] + a*(ability-item.Steps[k-1])
		most = max(most, slope[k])
	}
	for k := range probability {
		probability[k] = math.Exp(slope[k] - most)
		sum += probability[k]
	}
	for k := range probability {
		probability[k] /= sum
		mean += float64(k) * probability[k]
	}
	for k := range probability {
		slope[k] = a * probability[k] * (float64(k) - mean)
	}
	return probability, slope
}

// descend goes from a start to a minimum.
func (c *curveLink) descend(link Link) Link {
	fit, damping := c.at(link.Slope, link.Intercept), 0.0
	for link.Iterations < linkSteps {
		link.Iterations++
		h00, h11 := fit.h00*(1+damping), fit.h11*(1+damping)
		determinant := h00*h11 - fit.h01*fit.h01
		ds := -(h11*fit.g0 - fit.h01*fit.g1) / determinant
		di := -(h00*fit.g1 - fit.h01*fit.g0) / determinant
		if !(determinant > 0) || link.Slope+ds < link.Slope/4 {
			if damping = max(10*damping, 1e-3); damping > 1e12 {
				break
			}
			continue
		}
		next := c.at(link.Slope+ds, link.Intercept+di)
		small := math.Abs(ds)+math.Abs(di) < linkTolerance*(1+link.Slope+math.Abs(link.Intercept))
		if !(next.value <= fit.value*(1+1e-14)) {
			if link.Converged = small; small {
				break
			}
			if damping = max(10*damping, 1e-3); damping > 1e12 {
				break
			}
			continue
		}
		link.Slope, link.Intercept, fit = link.Slope+ds, link.Intercept+di, next
		if damping /= 10; damping < 1e-6 {
			damping = 0
		}
		if link.Converged = small; small {
			break
		}
	}
	gradient := 2 * max(math.Abs(fit.g0), math.Abs(fit.g1))
	link.Criterion, link.Gradient = &fit.value, &gradient
	return link
}
