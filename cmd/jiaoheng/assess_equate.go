package main

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/stats/equate"
	"jiaoheng/stats/table"
)

// assessEquateCommand equates two forms: read counts or scores, equate by each type, print.
type assessEquateCommand struct {
	Data        string   `arg:"" help:"Counts with the columns scale, xcount, ycount; or scores, a row a pupil: of form X alone when OTHER is given. .csv, .csv.gz, .xlsx or -."`
	Other       string   `arg:"" optional:"" help:"Scores of form Y."`
	Score       string   `placeholder:"COLUMN" help:"Column of the scores; without it DATA holds counts."`
	Anchor      string   `placeholder:"COLUMN" help:"Column of the scores on the anchor: the groups may differ."`
	Form        string   `placeholder:"COLUMN" help:"Column that tells two forms in one file apart; the first in byte order is X."`
	Count       string   `placeholder:"COLUMN" help:"Column with how many pupils a row stands for."`
	Scale       string   `placeholder:"LOW:HIGH[:STEP]" help:"Scores of form X and, without --scale-y, of Y; otherwise whole marks from the lowest to the highest seen."`
	ScaleY      string   `placeholder:"LOW:HIGH[:STEP]" help:"Scores of form Y."`
	AnchorScale string   `placeholder:"LOW:HIGH[:STEP]" help:"Scores of the anchor."`
	Type        []string `placeholder:"NAME,…" help:"identity, mean, linear, circle-arc, equipercentile; without it several are shown side by side."`
	Method      string   `placeholder:"NAME" help:"With an anchor: nominal, tucker, levine, levine-true, braun-holland, frequency, chained."`
	Smooth      string   `enum:"none,loglinear" default:"none" help:"Smoothing before equipercentile equating: none or loglinear."`
	Degrees     int      `default:"6" help:"Degree of the smoothing."`
	Crossed     int      `default:"2" help:"With an anchor: degree of the products of score and anchor in the smoothing."`
	Weight      float64  `default:"-1" help:"Weight of group X in the synthetic population, 0 to 1; -1: by size."`
	Shares      bool     `help:"The weight multiplies shares, not counts."`
	External    bool     `help:"The anchor does not count into the score (Levine)."`
	JSON        bool     `name:"json" help:"Print one JSON document."`
}

// equateOut is the document: results by name, with the tables as the published sets have them.
type equateOut struct {
	Results map[string][]equate.Point `json:"results"`
	Fits    map[string]equate.Result  `json:"fits"`
}

// Run equates. Every type is tried; the faults of all are told together.
func (c *assessEquateCommand) Run(e *environment) error {
	forms, err := c.read(e)
	if err != nil {
		return err
	}
	out := equateOut{map[string][]equate.Point{}, map[string]equate.Result{}}
	var faults fault.List
	var order []string
	for _, o := range c.options(min(len(forms.x.Scores), len(forms.y.Scores))) {
		result, err := forms.equate(o)
		if err != nil {
			faults.Add(fault.Of(err)...)
			continue
		}
		name := equatedName(o)
		order = append(order, name)
		out.Results[name] = result.Points
		result.Points = nil
		out.Fits[name] = result
	}
	if faults != nil {
		return faults
	}
	if c.JSON {
		return json.NewEncoder(e.out).Encode(out)
	}
	printEquated(e, out, order)
	return nil
}

// options are one equating for each type asked for; without one, those that the data allow. scores
// is how many the shorter scale has.
func (c *assessEquateCommand) options(scores int) []equate.Options {
	base := equate.Options{Method: equate.Method(c.Method), Weight: c.Weight, Shares: c.Shares, External: c.External, Degree: c.Degrees, Crossed: c.Crossed}
	var out []equate.Options
	add := func(kind equate.Type, method equate.Method, smooth bool) {
		o := base
		o.Type, o.Method, o.Smooth = kind, method, smooth
		out = append(out, o)
	}
	smooth := c.Smooth == "loglinear"
	switch {
	case c.Type != nil:
		for _, kind := range c.Type {
			add(equate.Type(kind), base.Method, smooth && (equate.Type(kind) == equate.Equipercentile || len(c.Type) == 1))
		}
	case c.Anchor == "":
		for _, kind := range []equate.Type{equate.Mean, equate.Linear, equate.Equipercentile} {
			add(kind, base.Method, false)
		}
		if scores > c.Degrees { // a short scale has no room for it
			add(equate.Equipercentile, base.Method, true)
		}
	case base.Method == equate.Frequency:
		add(equate.Equipercentile, base.Method, smooth)
	case c.Method != "":
		add(equate.Linear, base.Method, false)
		if base.Method == equate.Chained {
			add(equate.Equipercentile, base.Method, smooth)
		}
	default:
		for _, method := range []equate.Method{equate.Tucker, equate.Levine, equate.BraunHolland, equate.Chained} {
			add(equate.Linear, method, false)
		}
		add(equate.Equipercentile, equate.Frequency, smooth)
		add(equate.Equipercentile, equate.Chained, smooth)
	}
	return out
}

// equatedName is the key of a result: the type, with the method where there is one.
func equatedName(o equate.Options) string {
	name := string(o.Type)
	if o.Smooth {
		name = "equip_loglin"
	}
	if o.Method != "" && o.Method != equate.None {
		name = string(o.Method) + "_" + name
	}
	return name
}

// equateForms are the two forms as they were read.
type equateForms struct {
	x, y           equate.Form
	jointX, jointY equate.Joint
	anchored       bool
}

func (f equateForms) equate(o equate.Options) (equate.Result, error) {
	if f.anchored {
		return equate.Anchored(f.jointX, f.jointY, o)
	}
	return equate.Groups(f.x, f.y, o)
}

// read returns counts as they stand or tallies scores.
func (c *assessEquateCommand) read(e *environment) (equateForms, error) {
	data, err := readData(c.Data, e.in)
	if err != nil {
		return equateForms{}, err
	}
	if c.Score == "" {
		return c.readCounts(data)
	}
	var faults fault.List
	sides := [2]formScores{}
	switch {
	case c.Other != "":
		other, err := readData(c.Other, e.in)
		if err != nil {
			return equateForms{}, err
		}
		sides[0], sides[1] = c.scoresOf(data, c.Data, &faults), c.scoresOf(other, c.Other, &faults)
	case c.Form != "":
		sides = c.split(data, &faults)
	default:
		faults.Add(fault.New("equate.one_form", nil))
	}
	if faults != nil {
		return equateForms{}, faults
	}
	return c.tally(sides)
}

// readCounts reads the columns scale, xcount and ycount.
func (c *assessEquateCommand) readCounts(data *table.Table) (equateForms, error) {
	var faults fault.List
	if c.Anchor != "" || c.Form != "" || c.Other != "" {
		faults.Add(fault.New("equate.no_score", nil))
		return equateForms{}, faults
	}
	scale := numbersOf(data, c.Data, "scale", &faults)
	x, y := numbersOf(data, c.Data, "xcount", &faults), numbersOf(data, c.Data, "ycount", &faults)
	return equateForms{x: equate.Form{Scores: scale, Counts: x}, y: equate.Form{Scores: scale, Counts: y}}, faults.Err()
}

// formScores is the pupils of one form: score, anchor, how many.
type formScores struct{ scores, anchors, counts []float64 }

func (c *assessEquateCommand) scoresOf(data *table.Table, file string, faults *fault.List) formScores {
	out := formScores{scores: numbersOf(data, file, c.Score, faults)}
	if c.Anchor != "" {
		out.anchors = numbersOf(data, file, c.Anchor, faults)
	}
	if c.Count != "" {
		out.counts = numbersOf(data, file, c.Count, faults)
	}
	return out
}

// split takes the two forms of one file apart.
func (c *assessEquateCommand) split(data *table.Table, faults *fault.List) [2]formScores {
	all, forms := c.scoresOf(data, c.Data, faults), factorOf(data, c.Data, c.Form, faults)
	if forms == nil || len(forms.Levels) != 2 {
		if forms != nil {
			faults.Add(fault.New("equate.two_forms", message.Args{"column": c.Form, "count": len(forms.Levels)}))
		}
		return [2]formScores{}
	}
	var out [2]formScores
	for i, code := range forms.Codes {
		if code < 0 {
			continue
		}
		side := &out[code]
		side.scores = append(side.scores, all.scores[i])
		if all.anchors != nil {
			side.anchors = append(side.anchors, all.anchors[i])
		}
		if all.counts != nil {
			side.counts = append(side.counts, all.counts[i])
		}
	}
	return out
}

// tally counts the scores of both sides on their scales. A pupil without score or anchor is left out.
func (c *assessEquateCommand) tally(sides [2]formScores) (equateForms, error) {
	var faults fault.List
	for i := range sides {
		sides[i].dropMissing()
	}
	scaleX := scaleOf(c.Scale, &faults, sides[0].scores)
	scaleY := scaleX
	if c.ScaleY != "" || c.Scale == "" {
		scaleY = scaleOf(c.ScaleY, &faults, sides[1].scores)
	}
	if c.Anchor == "" {
		x := sides[0].form(scaleX, &faults)
		y := sides[1].form(scaleY, &faults)
		return equateForms{x: x, y: y}, faults.Err()
	}
	anchors := scaleOf(c.AnchorScale, &faults, append(slices.Clone(sides[0].anchors), sides[1].anchors...))
	x := sides[0].joint(scaleX, anchors, &faults)
	y := sides[1].joint(scaleY, anchors, &faults)
	return equateForms{jointX: x, jointY: y, anchored: true}, faults.Err()
}

func (s *formScores) dropMissing() {
	kept := formScores{}
	for i, score := range s.scores {
		if math.IsNaN(score) || s.anchors != nil && math.IsNaN(s.anchors[i]) {
			continue
		}
		kept.scores = append(kept.scores, score)
		if s.anchors != nil {
			kept.anchors = append(kept.anchors, s.anchors[i])
		}
		if s.counts != nil {
			kept.counts = append(kept.counts, s.counts[i])
		}
	}
	*s = kept
}

func (s *formScores) form(scale []float64, faults *fault.List) equate.Form {
	out, err := equate.Tally(scale, s.scores, s.counts)
	faults.Add(fault.Of(err)...)
	return out
}

func (s *formScores) joint(scale, anchors []float64, faults *fault.List) equate.Joint {
	out, err := equate.TallyJoint(scale, anchors, s.scores, s.anchors, s.counts)
	faults.Add(fault.Of(err)...)
	return out
}

// scaleOf reads LOW:HIGH[:STEP]; without it the scale is whole marks from the lowest to the highest seen.
func scaleOf(text string, faults *fault.List, seen []float64) []float64 {
	step, low, high := 1.0, math.Inf(1), math.Inf(-1)
	if text == "" {
		for _, score := range seen {
			if score != math.Trunc(score) {
				faults.Add(fault.New("equate.off_scale", message.Args{"score": score}))
				return nil
			}
			low, high = min(low, score), max(high, score)
		}
	} else {
		parts := strings.Split(text, ":")
		numbers := []float64{0, 0, 1}
		for i, part := range parts {
			value, err := strconv.ParseFloat(part, 64)
			if len(parts) < 2 || len(parts) > 3 || err != nil {
				faults.Add(fault.New("equate.bad_scale", message.Args{"text": text}))
				return nil
			}
			numbers[i] = value
		}
		low, high, step = numbers[0], numbers[1], numbers[2]
	}
	if !(step > 0) || !((high-low)/step < equate.MaxScores) || high < low {
		faults.Add(fault.New("equate.bad_scale", message.Args{"text": text}))
		return nil
	}
	var out []float64
	for i := 0; low+float64(i)*step <= high+step*1e-9; i++ {
		out = append(out, low+float64(i)*step)
	}
	return out
}

// printEquated prints the results side by side, standard errors in brackets.
func printEquated(e *environment, out equateOut, order []string) {
	head := []string{message.Text(e.language, "equate.column_scale", nil)}
	for _, name := range order {
		head = append(head, titleOf(e.language, out.Fits[name]))
	}
	fmt.Fprintln(e.out, strings.Join(head, "\t"))
	for i, first := range out.Results[order[0]] {
		line := []string{strconv.FormatFloat(first.Scale, 'f', -1, 64)}
		for _, name := range order {
			point := out.Results[name][i]
			text := fmt.Sprintf("%.4f", point.Equated)
			if point.SE != nil {
				text += fmt.Sprintf(" (%.4f)", *point.SE)
			}
			line = append(line, text)
		}
		fmt.Fprintln(e.out, strings.Join(line, "\t"))
	}
	fmt.Fprintln(e.out, message.Text(e.language, "equate.brackets", nil))
}

// titleOf is the head of a column: the method where there is one, the type, and whether frequencies were smoothed.
func titleOf(language message.Language, fit equate.Result) string {
	title := message.Text(language, "equate.type."+strings.ReplaceAll(string(fit.Type), "-", "_"), nil)
	if fit.Smooth != "none" {
		title = message.Text(language, "equate.smoothed", message.Args{"type": title})
	}
	if fit.Method != equate.None {
		title = message.Text(language, "equate.method."+strings.ReplaceAll(string(fit.Method), "-", "_"), nil) + " " + title
	}
	return title
}
