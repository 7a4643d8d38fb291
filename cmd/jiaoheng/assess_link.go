package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/stats/equate"
)

// assessLinkCommand links the scales of two forms by their common items.
type assessLinkCommand struct {
	New     string  `arg:"" name:"a" help:"Item parameters of the new form: a table with columns item, a, b (or b1, b2, …) and perhaps c, model; or the JSON of assess irt. With a column form it holds both forms."`
	Old     string  `arg:"" name:"b" optional:"" help:"Item parameters of the old form, whose scale stays."`
	Common  string  `placeholder:"FILE" help:"Table of the common items: name in the new form, name in the old form. Without it items of the same name are common."`
	Method  string  `default:"all" placeholder:"NAME" help:"mean-mean, mean-sigma, haebara, stocking-lord or all."`
	From    string  `placeholder:"FORM" help:"The new form, when one table holds both."`
	To      string  `placeholder:"FORM" help:"The old form, when one table holds both."`
	Factor  float64 `placeholder:"D" help:"Factor in the exponent that the slopes of tables are meant with; 1.7 unless given, 1 for the JSON of assess irt."`
	Nodes   int     `default:"40" help:"Nodes at which curves are compared."`
	Reach   float64 `default:"4" help:"The nodes go from minus this to this."`
	Weights string  `enum:"equal,normal" default:"equal" help:"Weights of the nodes: equal or normal."`
	JSON    bool    `name:"json" help:"Print one JSON document."`
}

// Limits of the nodes of assess link.
const (
	maxLinkNodes = 10_000
	maxLinkReach = 20.0
)

// linkDocument is what assess link prints as JSON: rows of symmetric and asymmetric are [A, B] of each of methods.
type linkDocument struct {
	Methods     []string            `json:"methods"`
	Symmetric   [][2]float64        `json:"symmetric"`
	Asymmetric  [][2]float64        `json:"asymmetric"`
	Direction   string              `json:"direction"`
	Common      [][2]string         `json:"common"`
	Factor      float64             `json:"factor"`
	Nodes       int                 `json:"nodes"`
	Reach       float64             `json:"reach"`
	Weights     string              `json:"weights"`
	Links       map[string][]linked `json:"links"`
	Transformed []linkedItem        `json:"transformed,omitempty"`
	Certificate linkCertificate     `json:"certificate"`
}

type linked = equate.Link

// linkedItem is an item of the new form on the scale of the old form.
type linkedItem struct {
	Item       string    `json:"item"`
	Slope      float64   `json:"a"`
	Difficulty []float64 `json:"b"`
	Guessing   float64   `json:"c"`
}

type linkCertificate struct {
	Gradient  float64 `json:"maxabs_gradient"`
	Starts    int     `json:"starts"`
	Converged bool    `json:"converged"`
}

// linkLetters are the short names of the methods.
var linkLetters = map[equate.LinkMethod]string{equate.MeanMean: "MM", equate.MeanSigma: "MS", equate.Haebara: "HB", equate.StockingLord: "SL"}

// Run reads the forms, pairs the common items and links by every method asked for.
func (c *assessLinkCommand) Run(e *environment) error {
	methods, err := c.methods()
	if err != nil {
		return err
	}
	forms, err := c.read(e)
	if err != nil {
		return err
	}
	fresh, old, err := forms.pairs(e, c.Common)
	if err != nil {
		return err
	}
	document := &linkDocument{Direction: "theta_old = A * theta_new + B", Factor: forms.factor, Nodes: c.Nodes, Reach: c.Reach, Weights: c.Weights,
		Links: map[string][]linked{}, Certificate: linkCertificate{Converged: true}}
	for i := range fresh {
		document.Common = append(document.Common, [2]string{fresh[i].Name, old[i].Name})
	}
	for _, method := range methods {
		for _, symmetric := range []bool{true, false} {
			link, err := equate.LinkScales(fresh, old, method, c.options(forms.factor, symmetric))
			if err != nil {
				return err
			}
			document.add(link, symmetric)
		}
	}
	if len(methods) == 1 {
		document.transform(forms.fresh)
	}
	if c.JSON {
		return e.sayJSON(document)
	}
	document.print(e)
	return nil
}

// methods reads the flags, all faults at once.
func (c *assessLinkCommand) methods() ([]equate.LinkMethod, error) {
	var faults fault.List
	methods := equate.LinkMethods
	if c.Method != "all" {
		method := equate.LinkMethod(c.Method)
		if !slices.Contains(methods, method) {
			faults.Add(fault.New("irt.link_method", message.Args{"method": c.Method}))
		}
		methods = []equate.LinkMethod{method}
	}
	if c.Nodes < 2 || c.Nodes > maxLinkNodes || !(c.Reach > 0 && c.Reach <= maxLinkReach) {
		faults.Add(fault.New("irt.link_nodes", message.Args{"nodes": c.Nodes, "reach": c.Reach, "limit": maxLinkNodes, "far": maxLinkReach}))
	}
	if !(c.Factor >= 0 && c.Factor <= 10) {
		faults.Add(fault.New("irt.link_factor", message.Args{"factor": c.Factor}))
	}
	return methods, faults.Err()
}

func (c *assessLinkCommand) options(factor float64, symmetric bool) equate.LinkOptions {
	o := equate.LinkOptions{Symmetric: symmetric, Factor: factor}
	for i := range c.Nodes {
		node := c.Reach * float64(2*i-(c.Nodes-1)) / float64(c.Nodes-1)
		o.Nodes = append(o.Nodes, node)
		weight := 1.0
		if c.Weights == "normal" {
			weight = math.Exp(-node * node / 2)
		}
		o.Weights = append(o.Weights, weight)
	}
	return o
}

// add takes a link into the document.
func (d *linkDocument) add(link equate.Link, symmetric bool) {
	row := [2]float64{link.Slope, link.Intercept}
	if symmetric {
		d.Methods = append(d.Methods, linkLetters[link.Method])
		d.Symmetric = append(d.Symmetric, row)
		d.Links["symmetric"] = append(d.Links["symmetric"], link)
	} else {
		d.Asymmetric = append(d.Asymmetric, row)
		d.Links["asymmetric"] = append(d.Links["asymmetric"], link)
	}
	d.Certificate.Converged = d.Certificate.Converged && link.Converged
	if link.Gradient != nil {
		d.Certificate.Gradient = max(d.Certificate.Gradient, *link.Gradient)
		d.Certificate.Starts = max(d.Certificate.Starts, link.Starts)
	}
}

// transform puts all items of the new form on the scale of the old form, by the symmetric link.
func (d *linkDocument) transform(items []equate.LinkItem) {
	link := d.Links["symmetric"][0]
	for _, item := range items {
		moved := link.Apply(item)
		d.Transformed = append(d.Transformed, linkedItem{moved.Name, moved.Slope, moved.Steps, moved.Guess})
	}
}

// print writes the links for people.
func (d *linkDocument) print(e *environment) {
	e.say("irt.link_head", message.Args{"count": len(d.Common), "factor": d.Factor, "nodes": d.Nodes, "reach": d.Reach,
		"weights": message.Word("irt.link_weights." + d.Weights)})
	e.say("irt.link_table", nil)
	for i, link := range d.Links["symmetric"] {
		cells := []string{message.Text(e.language, "irt.link."+strings.ReplaceAll(string(link.Method), "-", "_"), nil),
			fixed(d.Symmetric[i][0], 6), fixed(d.Symmetric[i][1], 6), fixed(d.Asymmetric[i][0], 6), fixed(d.Asymmetric[i][1], 6)}
		fmt.Fprintln(e.out, strings.Join(cells, "\t"))
	}
	for _, item := range d.Transformed {
		fmt.Fprintf(e.out, "%s\t%s\t%s\t%s\n", item.Item, fixed(item.Slope, 4), several(item.Difficulty), fixed(item.Guessing, 4))
	}
	if !d.Certificate.Converged {
		e.say("irt.link_open", nil)
	}
}
