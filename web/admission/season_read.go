package admission

import (
	"context"
	"slices"
	"strings"

	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// Grades of entry, as the packs name them, with the stage that takes them.
const (
	gradeOne   = "g1"
	gradeSeven = "g7"
)

var stageOf = map[string]unit.Stage{gradeOne: unit.Primary, gradeSeven: unit.Junior}

// grades are the grades of entry in their order.
var grades = []string{gradeOne, gradeSeven}

// intake is one grade of one school.
type intake struct{ school, grade string }

// plan is how many places an intake has.
type plan struct {
	places, classes int
	document        string
}

// class is one line of an order of admission.
type class struct {
	name     string
	rank     int
	nearest  bool // by distance and not by lottery
	document string
}

// area is a village, community or compound as it is asked about for one grade.
type area struct{ grade, name string }

// ground is what a season rests on: places, catchments and orders. It holds nothing about persons.
type ground struct {
	plans  map[intake]plan
	areas  map[area][]string // codes of the schools
	orders map[intake][]class
}

// rows walks the rows of a register without a lifecycle of one season below a unit.
func (p *Pages) rows(ctx context.Context, name string, season period.Period, under string, do func(r *pack.Register, row register.Row)) error {
	of := p.register(name)
	for row, err := range p.store.RegisterEach(ctx, of, register.Query{Period: season, Under: under}) {
		if err != nil {
			return err
		}
		do(of, row)
	}
	return nil
}

// readGround reads places, catchments and orders of a season for the whole tree: a catchment may reach into another township.
func (p *Pages) readGround(ctx context.Context, season period.Period) (ground, error) {
	g := ground{plans: map[intake]plan{}, areas: map[area][]string{}, orders: map[intake][]class{}}
	err := p.rows(ctx, registerPlan, season, "", func(r *pack.Register, row register.Row) {
		g.plans[intake{row.Unit, register.TextOf(r, row, "plan_grade")}] = plan{places: int(register.CellOf(r, row, "plan_places").Number),
			classes: int(register.CellOf(r, row, "plan_classes").Number), document: register.TextOf(r, row, "plan_document")}
	})
	if err != nil {
		return g, err
	}
	err = p.rows(ctx, registerCatchment, season, "", func(r *pack.Register, row register.Row) {
		key := area{register.TextOf(r, row, "catchment_grade"), placeName(register.TextOf(r, row, "catchment_area"))}
		g.areas[key] = append(g.areas[key], row.Unit)
	})
	if err != nil {
		return g, err
	}
	err = p.rows(ctx, registerOrder, season, "", func(r *pack.Register, row register.Row) {
		key := intake{row.Unit, register.TextOf(r, row, "order_grade")}
		g.orders[key] = append(g.orders[key], class{name: register.TextOf(r, row, "order_class"), rank: int(register.CellOf(r, row, "order_rank").Number),
			nearest: register.TextOf(r, row, "order_by") == "distance", document: register.TextOf(r, row, "order_document")})
	})
	for key := range g.orders {
		slices.SortStableFunc(g.orders[key], func(a, b class) int { return a.rank - b.rank })
	}
	return g, err
}

// placeName takes away the blanks that people type into names of places.
func placeName(text string) string { return strings.Join(strings.Fields(text), "") }

// orderOf is the order of an intake: that of the school itself, else that of the nearest unit above which has one. from is the
// unit whose order it is.
func (g ground) orderOf(tree *unit.Tree, one intake) (order []class, from string) {
	number, known := tree.Number(one.school)
	for ; known && number >= 0; number = tree.Parent(number) {
		code := tree.At(number).Code
		if order = g.orders[intake{code, one.grade}]; len(order) > 0 {
			return order, code
		}
	}
	return nil, ""
}

// taken counts the applications of an intake by state, and the new pupils that it got.
type taken struct {
	states map[string]int
	placed int // children who were given a place here, whichever school received the application
}

func (t taken) sum(states ...string) (n int) {
	for _, state := range states {
		n += t.states[state]
	}
	return n
}

// The states of an application, in the groups in which they are counted.
var (
	statesChecking = []string{"submitted", "lacking", "checked", "doubted"}
	statesDemand   = []string{"qualified", "arranging", "placed"}
)

// all is how many applications count: those that were withdrawn do not.
func (t taken) all() int {
	n := 0
	for state, count := range t.states {
		if state != "withdrawn" {
			n += count
		}
	}
	return n
}

// ofSeason narrows a query to the applications of a season and a grade; "" is every grade.
func ofSeason(season period.Period, grade string) register.Query {
	q := register.Query{Filters: []register.Filter{{Column: "received_on", From: season.From().String(), Until: season.To().String()}}}
	if grade != "" {
		q.Filters = append(q.Filters, register.Filter{Column: "entry_grade", In: []string{grade}})
	}
	return q
}

// count counts the applications that an intake received, and the places that it gave.
func (p *Pages) count(ctx context.Context, season period.Period, one intake) (t taken, err error) {
	of, query := p.register(registerApplication), ofSeason(season, one.grade)
	query.Unit = one.school
	if t.states, err = p.records.Tally(ctx, of, record.Query{Query: query}); err != nil {
		return t, err
	}
	there := ofSeason(season, one.grade)
	lead := register.TextCell(one.school)
	there.Filters = append(there.Filters, register.Filter{Column: pack.ColumnLead, Is: &lead}, register.Filter{Column: pack.ColumnState, In: []string{"placed"}})
	t.placed, err = p.records.Count(ctx, of, record.Query{Query: there})
	return t, err
}

// line is one intake of the overview.
type line struct {
	intake
	name    string
	plan    plan
	planned bool
	taken   taken
}

// over is how many more children who qualify name the school first than it has places.
func (l line) over() int { return l.taken.sum(statesDemand...) - l.plan.places }

// lines are the intakes below a unit that have places or applications, in the order of the tree.
func (p *Pages) lines(ctx context.Context, s shell.Standing, g ground) ([]line, error) {
	tree := shell.From(ctx).Tree
	below := tree.Subtree(s.Number)
	var all []line
	for n := below.From; n < below.To; n++ {
		school := tree.At(n)
		if school.Kind != unit.School {
			continue
		}
		for _, grade := range grades {
			if !slices.Contains(school.Stages, stageOf[grade]) {
				continue
			}
			one := line{intake: intake{school.Code, grade}, name: school.Name}
			one.plan, one.planned = g.plans[one.intake]
			var err error
			if one.taken, err = p.count(ctx, s.Period, one.intake); err != nil {
				return nil, err
			}
			if one.planned || one.taken.all() > 0 || one.taken.placed > 0 {
				all = append(all, one)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b line) int { return strings.Compare(a.grade, b.grade) })
	return all, nil
}
