package mixed

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// effects lays out the columns of one side of a formula as R's model.matrix does.
//
// Within a term a factor is coded by contrasts when the term without it is part of an earlier term (or empty), otherwise by the
// indicators of all its levels; without an intercept the first factor of the first term that has one is coded in full. The first
// factor of an interaction runs fastest.
// Source: J. M. Chambers, T. J. Hastie: Statistical Models in S, 1992, section 2.4.
func (d *Design) effects(n *node) ([]Effect, error) {
	t, err := expandTerms(n)
	if err != nil {
		return nil, err
	}
	at := make([]int, len(t.symbols))
	for i, s := range t.symbols {
		if at[i], err = d.symbol(s); err != nil {
			return nil, err
		}
	}
	var out []Effect
	if t.intercept {
		out = append(out, Effect{Name: "(Intercept)", Column: -1})
	}
	fullDone := t.intercept
	for k, term := range t.terms {
		columns := [][]atom{nil}
		for i := range t.symbols {
			if term&(1<<i) == 0 {
				continue
			}
			choices := []atom{{at[i], -1}}
			if s := d.symbols[at[i]]; s.factor {
				contrasts := isMargin(t.terms[:k], term&^(1<<i))
				if !fullDone {
					contrasts, fullDone = false, true
				}
				choices = levelAtoms(at[i], len(d.Variables[s.variable].Levels), contrasts)
			}
			if columns, err = cross(columns, choices); err != nil {
				return nil, err
			}
		}
		for _, atoms := range columns {
			column, err := d.column(atoms)
			if err != nil {
				return nil, err
			}
			out = append(out, Effect{Name: d.atomsName(atoms), Column: column})
		}
	}
	return out, nil
}

func levelAtoms(symbol, levels int, contrasts bool) []atom {
	var out []atom
	for level := range levels {
		if level > 0 || !contrasts {
			out = append(out, atom{symbol, int32(level)})
		}
	}
	return out
}

// isMargin tells whether rest is empty or contained in one of the earlier terms.
func isMargin(earlier []uint64, rest uint64) bool {
	if rest == 0 {
		return true
	}
	for _, t := range earlier {
		if rest&^t == 0 {
			return true
		}
	}
	return false
}

func cross(columns [][]atom, choices []atom) ([][]atom, error) {
	if len(columns)*len(choices) > MaxColumns {
		return nil, fault.New("mixed.columns_many", message.Args{"limit": MaxColumns})
	}
	out := make([][]atom, 0, len(columns)*len(choices))
	for _, c := range choices {
		for _, before := range columns {
			out = append(out, append(append([]atom{}, before...), c))
		}
	}
	return out, nil
}

// column returns the column of V that is the product of atoms, which it adds when it is new.
func (d *Design) column(atoms []atom) (int, error) {
	sorted := slices.SortedFunc(slices.Values(atoms), func(a, b atom) int {
		return cmp.Or(cmp.Compare(a.symbol, b.symbol), cmp.Compare(a.level, b.level))
	})
	key := fmt.Sprint(sorted)
	if i, known := d.find[key]; known {
		return i, nil
	}
	if len(d.Columns) >= MaxColumns {
		return 0, fault.New("mixed.columns_many", message.Args{"limit": MaxColumns})
	}
	d.Columns = append(d.Columns, Column{Name: d.atomsName(atoms), atoms: atoms})
	d.find[key] = len(d.Columns) - 1
	return len(d.Columns) - 1, nil
}

// atomsName is the name R gives to a coefficient: year:size, respwritten:genderM.
func (d *Design) atomsName(atoms []atom) string {
	names := make([]string, len(atoms))
	for i, a := range atoms {
		names[i] = d.symbols[a.symbol].name
		if a.level >= 0 {
			names[i] += d.Variables[d.symbols[a.symbol].variable].Levels[a.level]
		}
	}
	return strings.Join(names, ":")
}
