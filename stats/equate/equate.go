package equate

import (
	"slices"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Type is the shape of the equating function.
type Type string

// The types.
const (
	Identity       Type = "identity"       // lowest score to lowest, highest to highest, a line between
	Mean           Type = "mean"           // the slope of identity through the means
	Linear         Type = "linear"         // equal standard scores
	CircleArc      Type = "circle-arc"     // lowest, means, highest, an arc between
	Equipercentile Type = "equipercentile" // equal percentile ranks
)

// Types returns all of them.
func Types() []Type { return []Type{Identity, Mean, Linear, CircleArc, Equipercentile} }

// Method is how groups that differ are made comparable through the anchor.
type Method string

// The methods; None is for groups alike.
const (
	None         Method = "none"
	Nominal      Method = "nominal"
	Tucker       Method = "tucker"
	Levine       Method = "levine"
	LevineTrue   Method = "levine-true"
	BraunHolland Method = "braun-holland"
	Frequency    Method = "frequency"
	Chained      Method = "chained"
)

// methodsOf names the methods that each type of equating knows.
var methodsOf = map[Type][]Method{
	Identity:       {None},
	Mean:           {Nominal, Tucker, Levine, BraunHolland, Chained},
	Linear:         {Nominal, Tucker, Levine, LevineTrue, BraunHolland, Chained},
	CircleArc:      {Nominal, Tucker, Levine, BraunHolland, Chained},
	Equipercentile: {Frequency, Chained},
}

// Options choose an equating.
type Options struct {
	Type     Type
	Method   Method
	Smooth   bool    // log-linear smoothing before equipercentile equating
	Degree   int     // of smoothing; 0: 6 for groups alike, 4 for score and anchor
	Crossed  int     // degree of the products of score and anchor; 0: 2
	Weight   float64 // of the first group in the synthetic population; negative: by size of the groups
	Shares   bool    // the weight multiplies shares, not counts
	External bool    // the anchor does not count into the score (Levine)
}

// Point is one line of the conversion table. SE is nil where no standard error is known.
type Point struct {
	Scale    float64  `json:"scale"`
	Equated  float64  `json:"yx"`
	SE       *float64 `json:"se,omitempty"`
	SENormal *float64 `json:"se_normal,omitempty"` // were scores normal: linear equating with an anchor
}

// Certificate says how a smoothed form was fitted.
type Certificate struct {
	Form     string  `json:"form"`
	Terms    int     `json:"terms"`
	Steps    int     `json:"steps"`
	Gradient float64 `json:"gradient"` // largest miss of an observed moment, as a share of n
}

// Result is one equating of form X to the scale of form Y.
type Result struct {
	Type        Type          `json:"type"`
	Method      Method        `json:"method"`
	Smooth      string        `json:"smooth"`
	Degree      int           `json:"degree,omitempty"`
	NX          float64       `json:"n_x"`
	NY          float64       `json:"n_y"`
	Points      []Point       `json:"points,omitempty"`
	Intercept   *float64      `json:"intercept,omitempty"`
	Slope       *float64      `json:"slope,omitempty"`
	Weight      *float64      `json:"weight,omitempty"`
	Synthetic   *Synthetic    `json:"synthetic,omitempty"`
	Certificate []Certificate `json:"certificate,omitempty"`
}

// Synthetic is the means and standard deviations of both forms in the synthetic population.
type Synthetic struct {
	MeanX float64 `json:"mean_x"`
	SDX   float64 `json:"sd_x"`
	MeanY float64 `json:"mean_y"`
	SDY   float64 `json:"sd_y"`
}

// Groups equates form X to the scale of form Y from two groups that are alike, or from one group that sat both.
// Errors: fault.List with all that is wrong with the forms and the options.
func Groups(x, y Form, o Options) (Result, error) {
	if o.Method == "" {
		o.Method = None
	}
	if err := checkForms(x, y); err != nil {
		return Result{}, err
	}
	if err := checkOptions(o, false); err != nil {
		return Result{}, err
	}
	out := Result{Type: o.Type, Method: None, Smooth: "none", NX: total(x.Counts), NY: total(y.Counts)}
	switch o.Type {
	case Equipercentile:
		return groupsEquipercentile(out, x, y, o)
	case CircleArc:
		out.Points = arc(x, y, x.mean(), y.mean())
		return out, nil
	}
	slope, intercept := line(o.Type, x, y, Synthetic{x.mean(), x.sd(), y.mean(), y.sd()})
	out.Slope, out.Intercept, out.Points = &slope, &intercept, along(x.Scores, slope, intercept)
	switch o.Type {
	case Identity:
		for i := range out.Points {
			out.Points[i].SE = new(float64)
		}
	case Linear:
		linearErrors(out.Points, x, y)
	}
	return out, nil
}

// Anchored equates form X to the scale of form Y from two groups that differ and share an anchor.
func Anchored(x, y Joint, o Options) (Result, error) {
	if err := checkJoints(x, y); err != nil {
		return Result{}, err
	}
	if o.Type == Identity {
		o.Method = None
		return Groups(x.Score(), y.Score(), o)
	}
	if err := checkOptions(o, true); err != nil {
		return Result{}, err
	}
	out := Result{Type: o.Type, Method: o.Method, Smooth: "none", NX: total(x.Counts), NY: total(y.Counts)}
	if o.Type == Equipercentile {
		return anchoredEquipercentile(out, x, y, o)
	}
	return anchoredLine(out, x, y, o)
}

func checkOptions(o Options, anchored bool) error {
	var faults fault.List
	methods, known := methodsOf[o.Type]
	if !known {
		faults.Add(fault.New("equate.type", message.Args{"type": string(o.Type)}))
	}
	if known && anchored && !slices.Contains(methods, o.Method) {
		faults.Add(fault.New("equate.method", message.Args{"method": string(o.Method), "type": string(o.Type), "known": names(methods)}))
	}
	if !anchored && o.Method != None {
		faults.Add(fault.New("equate.no_anchor", message.Args{"method": string(o.Method)}))
	}
	if o.Smooth && o.Type != Equipercentile {
		faults.Add(fault.New("equate.smooth_type", message.Args{"type": string(o.Type)}))
	}
	if o.Weight > 1 {
		faults.Add(fault.New("equate.weight", message.Args{"weight": o.Weight}))
	}
	return faults.Err()
}

func names(methods []Method) string {
	out := ""
	for i, method := range methods {
		if i > 0 {
			out += ", "
		}
		out += string(method)
	}
	return out
}
