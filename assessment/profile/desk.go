package profile

import (
	"context"
	"slices"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/assessment"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/register"
	"jiaoheng/round"
	"jiaoheng/unit"
)

// Store tells when units wrote into a register.
type Store interface {
	RegisterUnits(ctx context.Context, r *pack.Register, query register.Query) (map[string]register.Reports, error)
}

// Desk makes profiles of what the rounds and the exams hold.
type Desk struct {
	rounds *round.Desk
	exams  *assessment.Desk
	store  Store
}

// New returns a desk.
func New(rounds *round.Desk, exams *assessment.Desk, store Store) *Desk {
	return &Desk{rounds: rounds, exams: exams, store: store}
}

// Names of the numbers of pack profile.
const (
	bandShare   = "profile_band_share"
	bandSchools = "profile_band_schools"
)

// Ask says whose profile is wanted. Stage "" is the first that the unit has.
type Ask struct {
	Actor action.Actor
	Tree  *unit.Tree
	Unit  string
	Stage unit.Stage
	Day   period.Date
}

// May tells whether a post may see the profile of a unit: its own unit and all below it.
func May(tree *unit.Tree, post access.Post, code string) bool {
	return access.May(post, access.See, access.Thing{Class: access.Fact, Unit: person.At(tree, code), Subject: post.Subject})
}

// making is a profile being made.
type making struct {
	*Desk
	Ask
	view     *View
	set      *pack.Set
	schools  []string // codes of the schools of the stage in the county, in the order of the tree
	at       int      // of the unit among them; -1 for a county
	own      bool     // the viewer is of the school itself
	least    int      // schools for bands
	rules    assessment.Rules
	outcomes map[period.Period]*round.Outcome
	periods  map[period.Kind][]period.Period
	columns  [][]column // of each side and figure, for the lines of a county
}

// Of makes the profile of a school or of a county.
//
// Errors: a fault for a unit that has no profile, a stage that it has not, or numbers that no pack gives.
func (d *Desk) Of(ctx context.Context, ask Ask) (*View, error) {
	m := &making{Desk: d, Ask: ask, set: d.rounds.Set(), outcomes: map[period.Period]*round.Outcome{}, periods: map[period.Kind][]period.Period{}}
	if err := m.place(); err != nil {
		return nil, err
	}
	if err := m.ready(ctx); err != nil {
		return nil, err
	}
	exams, err := m.newestExams(ctx)
	if err != nil {
		return nil, err
	}
	for _, declared := range m.view.Profile.Sides {
		side := Side{ProfileSide: declared}
		var columns []column
		add := func(f Figure, c column) {
			side.Figures, columns = append(side.Figures, f), append(columns, c)
		}
		for _, name := range declared.Shows {
			if err := m.indicator(ctx, declared, name, add); err != nil {
				return nil, err
			}
		}
		for _, name := range declared.Exams {
			m.exam(declared, name, exams, add)
		}
		m.view.Sides, m.columns = append(m.view.Sides, side), append(m.columns, columns)
	}
	m.total()
	m.lines()
	return m.view, nil
}

// place finds the unit, its county and its stage.
func (m *making) place() error {
	u, known := m.Tree.Find(m.Unit)
	if known && u.Kind == unit.Section {
		m.Stage, m.Unit = u.Stages[0], u.Parent
		u, known = m.Tree.Find(u.Parent)
	}
	if !known || u.Kind != unit.School && u.Kind != unit.County {
		return fault.New("profile.no_unit", nil)
	}
	profiles := m.set.Everything().Profiles()
	if len(profiles) == 0 {
		return fault.New("profile.no_profile", nil)
	}
	m.view = &View{Profile: profiles[0], Unit: u, County: m.countyOf(u), Day: m.Day}
	if err := m.pickStage(); err != nil {
		return err
	}
	m.at, m.own = -1, m.Actor.Post.Unit.Code == u.Code && u.Kind == unit.School
	below := m.Tree.SubtreeOf(m.view.County.Code)
	for n := below.From; n < below.To; n++ {
		if s := m.Tree.At(n); s.Kind == unit.School && slices.Contains(s.Stages, m.Stage) && (s.OpenOn(m.Day) || s.Code == u.Code) {
			if s.Code == u.Code {
				m.at = len(m.schools)
			}
			m.schools = append(m.schools, s.Code)
		}
	}
	m.view.Schools = len(m.schools)
	return nil
}

// countyOf is the county in which a unit lies; a unit outside any stands for itself.
func (m *making) countyOf(u unit.Unit) unit.Unit {
	n, _ := m.Tree.Number(u.Code)
	for ; n >= 0; n = m.Tree.Parent(n) {
		if found := m.Tree.At(n); found.Kind == unit.County {
			return found
		}
	}
	return u
}

// stages that have a profile.
var stages = []unit.Stage{unit.Primary, unit.Junior, unit.Senior}

func (m *making) pickStage() error {
	below := m.Tree.SubtreeOf(m.view.Unit.Code)
	for _, stage := range stages {
		for n := below.From; n < below.To; n++ {
			if s := m.Tree.At(n); s.Kind == unit.School && slices.Contains(s.Stages, stage) {
				m.view.Stages = append(m.view.Stages, stage)
				break
			}
		}
	}
	if len(m.view.Stages) == 0 {
		return fault.New("profile.no_stage", message.Args{"unit": m.view.Unit.Name})
	}
	if m.Stage == "" {
		m.Stage = m.view.Stages[0]
	}
	if !slices.Contains(m.view.Stages, m.Stage) {
		return fault.New("profile.no_stage", message.Args{"unit": m.view.Unit.Name})
	}
	m.view.Stage = m.Stage
	return nil
}

// ready reads the numbers of the packs and looks at the periods that the figures need.
func (m *making) ready(ctx context.Context) error {
	regions := assessment.Regions(m.Tree, m.view.Unit.Code)
	var err error
	if m.rules, err = assessment.RulesOf(m.set, m.Day, regions...); err != nil {
		return err
	}
	m.view.Least = int(m.rules.SmallCount.Value)
	scope := m.set.Closure(m.view.Profile.Pack)
	share, err := m.number(scope, bandShare, regions)
	if err != nil {
		return err
	}
	schools, err := m.number(scope, bandSchools, regions)
	if err != nil {
		return err
	}
	m.view.Share, m.least = share, int(schools)
	var questions []round.Question
	for _, side := range m.view.Profile.Sides {
		for _, name := range side.Shows {
			i, _ := scope.Indicator(name)
			if _, asked := m.periods[i.Every]; asked || i.Every == 0 {
				continue
			}
			all, err := m.rounds.Periods(ctx, i.Every)
			if err != nil {
				return err
			}
			all = slices.DeleteFunc(slices.Clone(all), func(p period.Period) bool { return m.Day.Before(p.From()) })
			m.periods[i.Every] = all[max(0, len(all)-maxTrend):]
			for _, p := range m.periods[i.Every] {
				questions = append(questions, round.Question{Pack: m.view.Profile.Pack, Period: p})
			}
		}
	}
	outcomes, err := m.rounds.Look(ctx, questions...)
	for k := range outcomes {
		m.outcomes[questions[k].Period] = outcomes[k]
	}
	return err
}

// number is a number of the pack of the profile that is in force.
func (m *making) number(scope *pack.Scope, name string, regions []string) (float64, error) {
	if p, known := scope.Parameter(name); known {
		if n, _, found := pack.ResolveFor(m.Stage, p.Values, m.Day, regions, nil); found {
			return n, nil
		}
	}
	return 0, fault.New("assessment.rules_no_value", message.Args{"name": name, "day": m.Day})
}
