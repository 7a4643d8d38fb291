package pack

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// linker puts packs together and checks what one declaration says of another.
type linker struct {
	set    *Set
	drafts map[string]*draft
	files  map[string]*reader
	faults *fault.List

	letters []*Letter // those that were checked
}

func (l *linker) fault(place fault.Place, code string, args message.Args) {
	l.faults.Add(fault.At(place, code, args))
}

// link makes the set: packs by name, what each uses, what local packs add, then every check across files.
func link(drafts []*draft, faults *fault.List) *Set {
	l := &linker{set: &Set{scopes: map[string]*Scope{}}, drafts: map[string]*draft{}, faults: faults}
	for _, d := range drafts {
		if other, twice := l.drafts[d.pack.Name]; twice {
			l.fault(d.pack.Place, "pack.name_twice", message.Args{"name": d.pack.Name, "where": other.pack.Place.Text(message.Chinese)})
			continue
		}
		l.drafts[d.pack.Name] = d
		l.set.Packs = append(l.set.Packs, d.pack)
	}
	slices.SortFunc(l.set.Packs, func(a, b *Pack) int { return compareNames(a.Name, b.Name) })
	l.uses()
	var whole []*Pack
	for _, p := range l.set.Packs {
		if p.Extends == "" {
			whole = append(whole, p)
		}
	}
	for _, p := range whole {
		l.live(p)
	}
	l.unique(whole)
	for _, p := range whole {
		l.set.scopes[p.Name] = newScope(p, l.closure(p))
	}
	l.set.scopes[""] = newScope(nil, whole)
	holidays := collect(whole, func(p *Pack) []*Calendar { return p.Calendars })
	slices.SortStableFunc(holidays, func(a, b *Calendar) int { return a.Year - b.Year })
	for _, scope := range l.set.scopes {
		scope.holidays = holidays
	}
	for _, p := range l.usedFirst(whole) {
		l.check(p, l.set.scopes[p.Name])
	}
	for _, p := range l.set.Packs {
		if p.Extends != "" {
			l.extend(p)
		}
	}
	l.set.scopes[""].types = map[string]expr.Type{}
	for _, p := range whole {
		maps.Copy(l.set.scopes[""].types, l.set.scopes[p.Name].types)
	}
	return l.set
}

// uses checks that the packs that are named exist and that none uses itself by way of others.
func (l *linker) uses() {
	names := slices.Sorted(maps.Keys(l.drafts))
	for _, p := range l.set.Packs {
		for _, name := range p.Uses {
			l.knownPack(p, name)
		}
		if p.Extends == "" {
			continue
		}
		if l.knownPack(p, p.Extends) && l.drafts[p.Extends].pack.Extends != "" {
			l.fault(p.Place, "pack.extends_extension", message.Args{"name": p.Extends})
		}
		if !l.drafts[p.Name].local {
			l.fault(p.Place, "pack.extends_not_local", nil)
		}
	}
	for _, circle := range circles(names, func(name string) []string {
		if d := l.drafts[name]; d != nil {
			return d.pack.Uses
		}
		return nil
	}) {
		l.fault(l.drafts[circle[0]].pack.Place, "pack.uses_circle", message.Args{"names": arrows(circle)})
	}
}

func (l *linker) knownPack(p *Pack, name string) bool {
	if _, known := l.drafts[name]; known {
		return true
	}
	l.unknown(p.Place, "pack.unknown_pack", name, slices.Sorted(maps.Keys(l.drafts)))
	return false
}

// unknown reports a name that is declared nowhere, with the nearest one that is.
func (l *linker) unknown(place fault.Place, code, name string, names []string) {
	l.named(place, code, message.Args{"name": name, "near": near(name, names)})
}

// near returns the name that is nearest to one that nobody declared, or some of those that there are.
func near(name string, names []string) string {
	nearest := expr.Nearest(name, names)
	if nearest == "" {
		nearest = strings.Join(names[:min(len(names), 12)], " ")
	}
	if nearest == "" {
		nearest = "–"
	}
	return nearest
}

// named reports something about a name that the entry at place speaks of: where the name itself stands in the entry, if it
// can be found.
func (l *linker) named(place fault.Place, code string, args message.Args) {
	for _, at := range l.texts(place.File)[args["name"].(string)] {
		if at.Line > place.Line || at.Line == place.Line && at.Offset >= place.Offset {
			place = at
			break
		}
	}
	l.fault(place, code, args)
}

// texts returns where each text of a file stands.
func (l *linker) texts(file string) map[string][]fault.Place {
	if l.files == nil {
		l.files = map[string]*reader{}
		for _, d := range l.drafts {
			for _, f := range d.files {
				l.files[f.reader.file] = f.reader
			}
		}
	}
	if r := l.files[file]; r != nil {
		return r.texts
	}
	return nil
}

// closure returns the pack and all that it uses, what is used first.
func (l *linker) closure(p *Pack) []*Pack {
	var all []*Pack
	seen := map[string]bool{}
	var visit func(p *Pack)
	visit = func(p *Pack) {
		if seen[p.Name] {
			return
		}
		seen[p.Name] = true
		for _, name := range p.Uses {
			if d := l.drafts[name]; d != nil && d.pack.Extends == "" {
				visit(d.pack)
			}
		}
		all = append(all, p)
	}
	visit(p)
	return all
}

// usedFirst puts packs in an order in which each stands after those that it uses.
func (l *linker) usedFirst(packs []*Pack) []*Pack {
	var all []*Pack
	for _, p := range packs {
		for _, q := range l.closure(p) {
			if !slices.Contains(all, q) {
				all = append(all, q)
			}
		}
	}
	return all
}

// circles returns every circle that is reached, each once, beginning with its first name.
func circles(names []string, next func(string) []string) [][]string {
	var found [][]string
	state := map[string]int{} // 1: on the way, 2: done
	var way []string
	var visit func(name string)
	visit = func(name string) {
		state[name] = 1
		way = append(way, name)
		for _, other := range next(name) {
			switch state[other] {
			case 0:
				visit(other)
			case 1:
				found = append(found, slices.Clone(way[slices.Index(way, other):]))
			}
		}
		way = way[:len(way)-1]
		state[name] = 2
	}
	for _, name := range names {
		if state[name] == 0 {
			visit(name)
		}
	}
	return found
}

// arrows writes a circle: a → b → a.
func arrows(circle []string) string {
	text := ""
	for _, name := range circle {
		text += name + " → "
	}
	return text + circle[0]
}

// unique checks that names stand once over all packs: registers become tables of the store, items columns of the frame,
// and formulas must know what a name means.
func (l *linker) unique(packs []*Pack) {
	spaces := map[string]map[string]fault.Place{}
	claim := func(space, name string, place fault.Place) {
		if spaces[space] == nil {
			spaces[space] = map[string]fault.Place{}
		}
		if other, twice := spaces[space][name]; twice {
			l.fault(place, "pack.name_twice", message.Args{"name": name, "where": other.Text(message.Chinese)})
			return
		}
		spaces[space][name] = place
	}
	for _, p := range packs {
		for _, d := range p.Documents {
			if d.Key == "" {
				l.fault(p.Place, "pack.text_wanted", message.Args{"limit": MaxText})
			}
		}
		for _, s := range p.Switches {
			claim("switch", s.Name, s.Place)
		}
		for _, population := range p.Populations {
			claim("population", population.Name, population.Place)
		}
		for _, t := range p.Tables {
			claim("table", t.Name, t.Place)
		}
		for _, parameter := range p.Parameters {
			claim("name", parameter.Name, parameter.Place)
		}
		for _, r := range p.Registers {
			claim("register", r.Name, r.Place)
			for _, item := range itemsOf(r) {
				place := r.Place
				if item.Column != nil {
					place = item.Column.Place
				} else {
					place = item.Item.Place
				}
				claim("name", item.Name, place)
			}
		}
		for _, i := range p.Indicators {
			claim("name", i.Name, i.Place)
		}
		for _, s := range p.Standards {
			claim("standard", s.Name, s.Place)
		}
		for _, letter := range p.Letters {
			claim("letter", letter.Name, letter.Place)
		}
		for _, quota := range p.Quotas {
			claim("quota", quota.Name, quota.Place)
		}
		for _, sheet := range p.Sheets {
			claim("sheet", sheet.Name, sheet.Place)
		}
		for _, calendar := range p.Calendars {
			claim("calendar", strconv.Itoa(calendar.Year), calendar.Place)
		}
	}
}

// itemsOf returns the items of a register.
func itemsOf(r *Register) []*ScopeItem {
	var all []*ScopeItem
	if len(r.Key) == 0 && r.Every != 0 {
		for _, c := range r.Columns {
			item := ScopeItem{Name: c.Name, Title: c.Title, Type: expr.Numeric, Measure: c.Measure, Register: r, Column: c, Every: r.Every}
			switch {
			case c.Type == Flag:
				item.Type = expr.Logical
			case c.Type == Choice:
				for _, option := range c.Choices {
					chosen := item
					chosen.Name, chosen.Type, chosen.Option = c.Name+"."+option.Name, expr.Logical, option.Name
					chosen.Title = Text{Chinese: c.Title.Chinese + "：" + option.Title.Chinese, English: c.Title.English + ": " + option.Title.English}
					all = append(all, &chosen)
				}
				continue
			case !c.Type.Numeric():
				continue
			}
			all = append(all, &item)
		}
	}
	for _, i := range r.Items {
		all = append(all, &ScopeItem{Name: i.Name, Title: i.Title, Type: expr.Numeric, Measure: i.Measure, Register: r, Item: i, Every: i.Every})
	}
	return all
}

// newScope gathers the declarations of packs by name.
func newScope(own *Pack, packs []*Pack) *Scope {
	s := &Scope{Pack: own, Packs: packs, documents: map[string]*Document{}, registers: map[string]*Register{}, tables: map[string]*Table{},
		indicators: map[string]*Indicator{}, standards: map[string]*Standard{}, parameters: map[string]*Parameter{},
		populations: map[string]*Population{}, switches: map[string]*Switch{}, letters: map[string]*Letter{}, quotas: map[string]*Quota{}, sheets: map[string]*Sheet{},
		items: map[string]*ScopeItem{},
		types: map[string]expr.Type{}, cached: map[string]expr.Items{}}
	for _, p := range packs {
		byName(s.documents, p.Documents, func(d *Document) string { return d.Key })
		byName(s.tables, p.Tables, func(t *Table) string { return t.Name })
		byName(s.parameters, p.Parameters, func(p *Parameter) string { return p.Name })
		byName(s.populations, p.Populations, func(p *Population) string { return p.Name })
		byName(s.switches, p.Switches, func(w *Switch) string { return w.Name })
		for _, r := range p.Registers {
			s.registers[r.Name] = r
			for _, item := range itemsOf(r) {
				s.items[item.Name] = item
				s.itemList = append(s.itemList, item)
			}
		}
		for _, i := range p.Indicators {
			s.indicators[i.Name] = i
		}
		for _, d := range p.Standards {
			s.standards[d.Name] = d
		}
		for _, letter := range p.Letters {
			s.letters[letter.Name] = letter
		}
		for _, quota := range p.Quotas {
			s.quotas[quota.Name] = quota
		}
		for _, sheet := range p.Sheets {
			s.sheets[sheet.Name] = sheet
		}
	}
	s.fix()
	return s
}

func byName[T any](all map[string]*T, list []T, name func(*T) string) {
	for i := range list {
		all[name(&list[i])] = &list[i]
	}
}
