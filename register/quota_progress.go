package register

import (
	"cmp"
	"slices"
	"strings"

	"jiaoheng/expr"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
)

// QuotaState says how somebody stands to a quota.
type QuotaState string

// How somebody stands to a quota.
const (
	QuotaMet     QuotaState = "met"
	QuotaUnmet   QuotaState = "unmet"
	QuotaUnknown QuotaState = "unknown"
)

// Duty is what one person of one unit owes in a period, and what was done of it.
//
// Missing: somebody of whom no row speaks did 0. Done is missing when a row of the person lacks something, or when it cannot
// be told whether the person is bound; the names say what lacks.
type Duty struct {
	Unit   string
	Person string   // number of the person
	Posts  []string // options of the post that are bound, in the order of the declaration
	Least  float64
	Source pack.Source // of Least
	Done   measure.Value
	Row    int // of the first row that names the person
}

// State compares what was done with what is owed. What stands exactly at the number is enough.
func (d Duty) State() QuotaState {
	done, known := d.Done.Number()
	switch {
	case !known:
		return QuotaUnknown
	case measure.Compare(done, d.Least) >= 0:
		return QuotaMet
	}
	return QuotaUnmet
}

// Lacks is how much is still owed, 0 when nothing is.
func (d Duty) Lacks() float64 {
	done, known := d.Done.Number()
	if !known || d.State() == QuotaMet {
		return 0
	}
	return d.Least - done
}

// QuotaProgress is how everybody stands to a quota in a period.
type QuotaProgress struct {
	Duties    []Duty // by unit and number of the person, in order of bytes
	Strangers int    // rows of persons who are not bound, or not on the list of their unit
}

// Progress computes who is bound by the quota in the period and what was done. people and done are rows of the two registers
// of the quota with open personal cells; rows dated outside the period do not matter.
//
// Bound is who stands on the list of a unit as it is now (of the period, where the list has periods) with a post that has a
// number in force on the day of the period, see Day. Nothing is reckoned for part of a period: whoever came or left owes the
// whole number or nothing, as the list says. Who holds several posts of one unit is held to the highest number. What
// was done counts in the unit where the row stands.
//
// Shapes: every row has a cell for each column of its register; else it panics. A quota that was loaded without faults has none.
func Progress(ask Ask, quota *pack.Quota, p period.Period, people, done []Row) QuotaProgress {
	ask = ask.withSwitches()
	b := bound{ask: ask, quota: quota, on: Day(p), at: map[string]int{}}
	b.read(mustRules(ask, quota.People.Register), people, ask.givenIn(p))
	rules := mustRules(ask, quota.Register)
	grid := rules.Compute(done, ask.givenIn(p))
	last, faults := rules.readAggregate(&quota.Of, rules.items, expr.Wanted{})
	if faults != nil {
		panic("register: a quota with faults: " + faults.Error())
	}
	person := rules.column[quota.Person]
	rows := over{source: grid, shape: grid.shape, groupOf: make([]int, len(done)), groups: len(b.duties)}
	for i, row := range done {
		rows.groupOf[i] = -1
		if at, known := b.at[row.Unit+"\x00"+strings.TrimSpace(row.Cells[person].Text)]; known {
			rows.groupOf[i] = at
		}
	}
	include, why := grid.window(last, rows)
	sums := last.run(rows, include, why)
	progress := QuotaProgress{Duties: b.duties}
	for i := range b.duties {
		if b.duties[i].Done.Known() {
			b.duties[i].Done = sums.value(i)
		}
	}
	everyone := rows
	everyone.groupOf = make([]int, len(done))
	everyone.groups = 1
	dated, _ := grid.window(last, everyone)
	for i := range done {
		if rows.groupOf[i] < 0 && dated[i] {
			progress.Strangers++
		}
	}
	slices.SortStableFunc(progress.Duties, func(a, b Duty) int {
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Person, b.Person))
	})
	return progress
}

func (a Ask) withSwitches() Ask {
	if a.Switches == nil {
		a.Switches = a.Scope.Defaults()
	}
	return a
}

func mustRules(ask Ask, name string) *Rules {
	declared, known := ask.Scope.Register(name)
	if !known {
		panic("register: a quota names the unknown register " + name)
	}
	rules, faults := RulesOf(declared, NamesOf(ask.Scope))
	if faults != nil {
		panic("register: a register with faults: " + faults.Error())
	}
	return rules
}

// bound gathers who is bound.
type bound struct {
	ask    Ask
	quota  *pack.Quota
	on     period.Date
	duties []Duty
	at     map[string]int // number of the duty, by unit and number of the person
}

func (b *bound) read(rules *Rules, people []Row, given Given) {
	grid := rules.Compute(people, given)
	person, post := rules.column[b.quota.People.Person], rules.column[b.quota.People.Post]
	where := grid.condition(b.quota.People.Where)
	for i, row := range people {
		if !grid.now(i) {
			continue
		}
		unknown := measure.Of(0)
		if where != nil {
			if holds := where.Get(i, ""); !holds.Known() {
				unknown = holds
			} else if number, _ := holds.Number(); number == 0 {
				continue
			}
		}
		number, option := strings.TrimSpace(row.Cells[person].Text), row.Cells[post].Text
		switch value, inForce := pack.ResolveQuota(b.quota.Values, b.on, b.ask.regionsOf(row.Unit)); {
		case number == "" || !inForce:
		case option == "":
			b.add(row.Unit, number, "", 0, value, measure.MissingFor(b.quota.People.Post), i)
		default:
			if least, owes := value.Least[option]; owes {
				b.add(row.Unit, number, option, least, value, unknown, i)
			}
		}
	}
}

// condition runs a condition over all rows; nil for none.
func (g *Grid) condition(formula *pack.Formula) *frame.Column {
	if formula == nil {
		return nil
	}
	read, faults := g.rules.load(formula, g.rules.items, expr.Wanted{Type: expr.Logical})
	if faults != nil {
		panic("register: a condition with faults: " + faults.Error())
	}
	out := frame.NewColumn(len(g.rows))
	read.Run(g, g.shape, 0, len(g.rows), out)
	return out
}

// add holds a person to the highest number of the posts.
func (b *bound) add(unit, number, option string, least float64, value pack.QuotaValue, unknown measure.Value, row int) {
	key := unit + "\x00" + number
	at, known := b.at[key]
	if !known {
		at = len(b.duties)
		b.at[key] = at
		b.duties = append(b.duties, Duty{Unit: unit, Person: number, Source: value.Source, Done: measure.Of(0), Row: row})
	}
	d := &b.duties[at]
	if option != "" && !slices.Contains(d.Posts, option) {
		d.Posts = append(d.Posts, option)
	}
	d.Least = max(d.Least, least)
	if why, missing := measure.Join(d.Done, unknown); missing {
		d.Done = why
	}
}

// QuotaCount is how many people of a unit stand how.
type QuotaCount struct {
	Unit                       string
	Bound, Met, Unmet, Unknown int
}

// Counts counts the duties of each unit, in the order of the duties.
func (p QuotaProgress) Counts() []QuotaCount {
	var counts []QuotaCount
	for _, d := range p.Duties {
		if len(counts) == 0 || counts[len(counts)-1].Unit != d.Unit {
			counts = append(counts, QuotaCount{Unit: d.Unit})
		}
		c := &counts[len(counts)-1]
		c.Bound++
		switch d.State() {
		case QuotaMet:
			c.Met++
		case QuotaUnmet:
			c.Unmet++
		default:
			c.Unknown++
		}
	}
	return counts
}

// Shown returns the duties of those who stand on the list that is made public. Nobody stands there whose state is unknown,
// unless the list shows everybody.
func (p QuotaProgress) Shown(show pack.QuotaShow) []Duty {
	var shown []Duty
	for _, d := range p.Duties {
		state := d.State()
		if show == pack.ShowAll || show == pack.ShowMet && state == QuotaMet || show == pack.ShowUnmet && state == QuotaUnmet {
			shown = append(shown, d)
		}
	}
	return shown
}
