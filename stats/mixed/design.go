package mixed

import (
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Variable is a column of the data as a design needs it.
type Variable struct {
	Name   string
	Text   bool     // its values are words
	Factor bool     // its values are numbers, but its plain name stands for a factor
	Levels []string // levels of a factor in their order; the first is the reference. Nil where only a group needs them.
}

// Design says how the rows of the data become the columns V = [columns of X and Z | response] and the groups of a formula.
//
// The constant is no column of V: Sums holds it always. Columns are named as R names coefficients; a factor with levels a, b, c has
// the columns fb, fc (treatment contrasts), or all three where R's model.matrix codes it in full.
type Design struct {
	Formula   *Formula
	Variables []Variable // the variables of the formula in the order of Formula.Uses; rows hold their values in this order
	Columns   []Column   // of V without the constant; the response is the last, or the responses of cbind() are
	Responses int        // 1, or the number of responses of cbind()
	Fixed     []Effect   // columns of X
	Groups    []Group    // distinct grouping factors
	Terms     []Term     // random terms as the formula has them
	Keys      []int      // variables whose values together name a cell
	Notes     fault.List // what the reader should know of how the formula was understood

	symbols []symbol
	find    map[string]int // column of V by its atoms
}

// Column is a product of numbers and indicators of levels.
type Column struct {
	Name  string
	atoms []atom
}

// atom is a symbol of the formula, or the indicator of one level of it.
type atom struct {
	symbol int
	level  int32 // -1: the number itself
}

// symbol is a variable of the formula or an expression over variables.
type symbol struct {
	name     string
	variable int // its variable, -1 for expressions over several
	factor   bool
	value    func(numbers []float64) float64 // nil for a plain variable
	names    []string                        // variables of an expression
}

// Effect is a column of X or Z. Column is -1 for the constant.
type Effect struct {
	Name   string
	Column int
}

// Group is a grouping factor; more than one key means the tuples of their levels, joined by ":".
type Group struct {
	Name string
	Keys []int // positions in Design.Keys
}

// Term is one random term: its effects vary together over the levels of a group.
type Term struct {
	Group   int
	Effects []Effect
}

// NewDesign lays out the columns and groups of a formula over the given variables, of which it may use some.
// Faults: unknown columns, a response that is text, arithmetic on text, factors without or with one level, too many columns.
func NewDesign(f *Formula, variables []Variable) (*Design, error) {
	d := &Design{Formula: f, find: map[string]int{}}
	var faults fault.List
	for _, use := range f.Uses() {
		i := slices.IndexFunc(variables, func(v Variable) bool { return v.Name == use.Name })
		if i < 0 {
			faults.Add(fault.New("mixed.column_unknown", message.Args{"column": use.Name, "known": knownNames(variables)}))
			continue
		}
		d.Variables = append(d.Variables, variables[i])
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	var err error
	if d.Fixed, err = d.effects(f.fixed); err != nil {
		faults.Add(fault.Of(err)...)
	}
	for _, b := range f.bars {
		effects, err := d.effects(b.effects)
		if err != nil {
			faults.Add(fault.Of(err)...)
			continue
		}
		d.Terms = append(d.Terms, Term{Group: d.group(b.group), Effects: effects})
		if d.wasSplit(b) {
			d.Notes.Add(fault.New("mixed.note_factor_block", message.Args{"term": b.text()}))
		}
	}
	if err := d.response(); err != nil {
		faults.Add(fault.Of(err)...)
	}
	if len(d.Columns) > MaxColumns {
		faults.Add(fault.New("mixed.columns_many", message.Args{"limit": MaxColumns}))
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return d, nil
}

func knownNames(variables []Variable) string {
	names := make([]string, 0, len(variables))
	for _, v := range variables {
		names = append(names, v.Name)
	}
	if len(names) > 20 {
		names = append(names[:20], "…")
	}
	return strings.Join(names, ", ")
}

// wasSplit tells a factor that came out of (… || g) as one block of correlated effects.
func (d *Design) wasSplit(b bar) bool {
	n := b.effects
	if n.op != "+" || len(n.args) != 2 || n.args[0].op != "number" || !strings.Contains(d.Formula.text, "||") {
		return false
	}
	for _, name := range n.args[1].names(nil) {
		if v := d.Variables[d.variable(name)]; v.Text || v.Factor {
			return true
		}
	}
	return n.args[1].isFactorCall()
}

func (d *Design) variable(name string) int {
	return slices.IndexFunc(d.Variables, func(v Variable) bool { return v.Name == name })
}

// response adds the responses as the last columns.
func (d *Design) response() error {
	var faults fault.List
	for _, n := range d.Formula.responses() {
		d.Responses++
		if n.op == "name" {
			if v := d.Variables[d.variable(n.name)]; v.Text || v.Factor {
				faults.Add(fault.New("mixed.response_text", message.Args{"column": n.name}))
				continue
			}
		}
		i, err := d.symbol(n)
		if err != nil {
			faults.Add(fault.Of(err)...)
			continue
		}
		for _, c := range d.Columns {
			for _, a := range c.atoms {
				if a.symbol == i {
					return fault.New("mixed.response_right", message.Args{"column": n.text()})
				}
			}
		}
		d.Columns = append(d.Columns, Column{Name: n.text(), atoms: []atom{{i, -1}}})
	}
	return faults.Err()
}

// group returns the number of a grouping factor, which it adds when it is new.
func (d *Design) group(n *node) int {
	name := n.text()
	for n.op == "paren" {
		n = n.args[0]
	}
	var keys []int
	for _, variable := range n.names(nil) {
		at := d.variable(variable)
		key := slices.Index(d.Keys, at)
		if key < 0 {
			key = len(d.Keys)
			d.Keys = append(d.Keys, at)
		}
		keys = append(keys, key)
	}
	if i := slices.IndexFunc(d.Groups, func(g Group) bool { return g.Name == name }); i >= 0 {
		return i
	}
	d.Groups = append(d.Groups, Group{Name: name, Keys: keys})
	return len(d.Groups) - 1
}

// symbol returns the number of a name or expression, which it adds when it is new.
func (d *Design) symbol(n *node) (int, error) {
	name := n.text()
	if i := slices.IndexFunc(d.symbols, func(s symbol) bool { return s.name == name }); i >= 0 {
		return i, nil
	}
	s := symbol{name: name, variable: -1}
	switch {
	case n.isFactorCall():
		s.variable, s.factor = d.variable(n.args[0].name), true
	case n.op == "name":
		s.variable = d.variable(n.name)
		s.factor = d.Variables[s.variable].Text || d.Variables[s.variable].Factor
	default:
		for _, used := range n.names(nil) {
			if v := d.Variables[d.variable(used)]; v.Text || v.Factor {
				return 0, fault.New("mixed.text_arithmetic", message.Args{"column": used, "term": name})
			}
		}
		s.value, s.names = n.compile(d.variable), n.names(nil)
	}
	if s.factor && len(d.Variables[s.variable].Levels) < 2 {
		return 0, fault.New("mixed.factor_levels", message.Args{"column": d.Variables[s.variable].Name, "levels": len(d.Variables[s.variable].Levels)})
	}
	d.symbols = append(d.symbols, s)
	return len(d.symbols) - 1, nil
}
