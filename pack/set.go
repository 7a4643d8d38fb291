package pack

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"path"
	"slices"

	"jiaoheng/expr"
	"jiaoheng/lifecycle"
	"jiaoheng/measure"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Set holds all packs, checked together. It does not change; many may read it at once.
type Set struct {
	Packs  []*Pack // in order of names
	scopes map[string]*Scope
}

// Pack returns the pack of the name.
func (s *Set) Pack(name string) (*Pack, bool) {
	for _, p := range s.Packs {
		if p.Name == name {
			return p, true
		}
	}
	return nil, false
}

// Closure returns what the pack may name: its own declarations and those of every pack that it uses. It is nil for an
// unknown pack and for one that only extends another.
func (s *Set) Closure(name string) *Scope { return s.scopes[name] }

// Everything returns the declarations of all packs; names are unique over all of them.
func (s *Set) Everything() *Scope { return s.scopes[""] }

// ScopeItem is an item of facts that formulas may name: a column of a register without key, a choice of such a column, or
// an item that a register computes from its rows.
type ScopeItem struct {
	Name     string
	Title    Text
	Type     expr.Type
	Measure  measure.Measure
	Register *Register
	Column   *Column // nil for items that are computed from rows
	Option   string  // of a choice column: holds when the column has this value
	Item     *Item   // nil for columns
	Every    period.Kind
}

// Of returns the kinds of units that have the item.
func (i *ScopeItem) Of() []unit.Kind { return i.Register.Of }

// Stages returns the stages that have the item; none means all.
func (i *ScopeItem) Stages() []unit.Stage { return i.Register.Stages }

// Scope is what the formulas of a pack may name.
type Scope struct {
	Pack        *Pack // nil for the scope of everything
	Packs       []*Pack
	documents   map[string]*Document
	registers   map[string]*Register
	tables      map[string]*Table
	indicators  map[string]*Indicator
	standards   map[string]*Standard
	parameters  map[string]*Parameter
	populations map[string]*Population
	switches    map[string]*Switch
	letters     map[string]*Letter
	quotas      map[string]*Quota
	sheets      map[string]*Sheet
	holidays    []*Calendar
	items       map[string]*ScopeItem
	itemList    []*ScopeItem
	types       map[string]expr.Type // of indicators, as far as they were checked
	fixed       expr.Items
	cached      map[string]expr.Items
	cachedKinds [][]unit.Kind
}

// Document returns the document that a source cites.
func (s *Scope) Document(key string) (*Document, bool) { d, ok := s.documents[key]; return d, ok }

// Register returns the register of the name.
func (s *Scope) Register(name string) (*Register, bool) { r, ok := s.registers[name]; return r, ok }

// Table returns the table of the name.
func (s *Scope) Table(name string) (*Table, bool) { t, ok := s.tables[name]; return t, ok }

// Indicator returns the indicator of the name.
func (s *Scope) Indicator(name string) (*Indicator, bool) { i, ok := s.indicators[name]; return i, ok }

// Standard returns the standard of the name.
func (s *Scope) Standard(name string) (*Standard, bool) { d, ok := s.standards[name]; return d, ok }

// Parameter returns the parameter of the name.
func (s *Scope) Parameter(name string) (*Parameter, bool) { p, ok := s.parameters[name]; return p, ok }

// Population returns the population of the name.
func (s *Scope) Population(name string) (*Population, bool) {
	p, ok := s.populations[name]
	return p, ok
}

// Switch returns the switch of the name.
func (s *Scope) Switch(name string) (*Switch, bool) { w, ok := s.switches[name]; return w, ok }

// Item returns the item of the name.
func (s *Scope) Item(name string) (*ScopeItem, bool) { i, ok := s.items[name]; return i, ok }

// Items returns all items in the order in which the packs declare them.
func (s *Scope) Items() []*ScopeItem { return s.itemList }

// Registers returns all registers in the order in which the packs declare them.
func (s *Scope) Registers() []*Register {
	return collect(s.Packs, func(p *Pack) []*Register { return p.Registers })
}

// Indicators returns all indicators in the order in which the packs declare them.
func (s *Scope) Indicators() []*Indicator {
	return collect(s.Packs, func(p *Pack) []*Indicator { return p.Indicators })
}

// Standards returns all standards in the order in which the packs declare them.
func (s *Scope) Standards() []*Standard {
	return collect(s.Packs, func(p *Pack) []*Standard { return p.Standards })
}

// Letter returns the letter of the name.
func (s *Scope) Letter(name string) (*Letter, bool) { l, ok := s.letters[name]; return l, ok }

// Quota returns the quota of the name.
func (s *Scope) Quota(name string) (*Quota, bool) { q, ok := s.quotas[name]; return q, ok }

// Sheet returns the score sheet of the name.
func (s *Scope) Sheet(name string) (*Sheet, bool) { q, ok := s.sheets[name]; return q, ok }

// Life returns the lifecycle of a register, or nil: rows of registers without one are facts and have no state.
func (s *Scope) Life(register string) *lifecycle.Machine {
	if r, known := s.registers[register]; known {
		return r.Life
	}
	return nil
}

// Letters returns all letters in the order in which the packs declare them.
func (s *Scope) Letters() []*Letter {
	return collect(s.Packs, func(p *Pack) []*Letter { return p.Letters })
}

// Sheets returns all score sheets in the order in which the packs declare them.
func (s *Scope) Sheets() []*Sheet {
	return collect(s.Packs, func(p *Pack) []*Sheet { return p.Sheets })
}

// Quotas returns all quotas in the order in which the packs declare them.
func (s *Scope) Quotas() []*Quota {
	return collect(s.Packs, func(p *Pack) []*Quota { return p.Quotas })
}

// Calendars returns the public holidays of all years, the earliest year first. They are the same for everybody: those of every
// pack are returned, whether the pack of the scope uses it or not.
func (s *Scope) Calendars() []*Calendar { return s.holidays }

// Terms returns in which words people speak of indicators, in the order in which the packs declare them.
func (s *Scope) Terms() []*Term {
	return collect(s.Packs, func(p *Pack) []*Term { return p.Terms })
}

// Switches returns all switches in the order in which the packs declare them.
func (s *Scope) Switches() []Switch {
	return collect(s.Packs, func(p *Pack) []Switch { return p.Switches })
}

// Parameters returns all parameters in the order in which the packs declare them.
func (s *Scope) Parameters() []Parameter {
	return collect(s.Packs, func(p *Pack) []Parameter { return p.Parameters })
}

// Populations returns all populations in the order in which the packs declare them.
func (s *Scope) Populations() []Population {
	return collect(s.Packs, func(p *Pack) []Population { return p.Populations })
}

func collect[T any](packs []*Pack, of func(*Pack) []T) []T {
	var all []T
	for _, p := range packs {
		all = append(all, of(p)...)
	}
	return all
}

// Type returns what an indicator gives: a number or a condition.
func (s *Scope) Type(indicator string) expr.Type { return s.types[indicator] }

// Defaults returns every switch with its value where nobody has set it.
func (s *Scope) Defaults() map[string]bool {
	values := make(map[string]bool, len(s.switches))
	for name, w := range s.switches {
		values[name] = w.Default
	}
	return values
}

// Verdict returns the standard that is the verdict of the pack.
func (s *Scope) Verdict() (*Standard, bool) {
	if s.Pack == nil {
		return nil, false
	}
	for _, standard := range s.Pack.Standards {
		if standard.Verdict {
			return standard, true
		}
	}
	return nil, false
}

// Digest returns the SHA-256 of the rules of a pack in hexadecimal: the names and bytes of its .yaml files, of those of
// the packs that it uses and of the local packs that extend one of them. Tests do not count. Unknown packs have none.
func (s *Set) Digest(name string) string {
	scope := s.scopes[name]
	if scope == nil || name == "" {
		return ""
	}
	packs := slices.Clone(scope.Packs)
	for _, p := range s.Packs {
		if p.Extends != "" && slices.ContainsFunc(scope.Packs, func(q *Pack) bool { return q.Name == p.Extends }) {
			packs = append(packs, p)
		}
	}
	sum := sha256.New()
	write := func(data []byte) {
		sum.Write(binary.BigEndian.AppendUint64(nil, uint64(len(data))))
		sum.Write(data)
	}
	slices.SortFunc(packs, func(a, b *Pack) int { return compareNames(a.Name, b.Name) })
	for _, p := range packs {
		for _, f := range p.Files {
			if path.Ext(f.Name) == ".yaml" {
				write([]byte(p.Name + "/" + f.Name))
				write(f.Bytes)
			}
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}
