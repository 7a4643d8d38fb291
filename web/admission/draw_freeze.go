package admission

import (
	"context"
	"math"
	"slices"
	"strings"

	"jiaoheng/draw"
	engine "jiaoheng/draw/admission"
	"jiaoheng/draw/ceremony"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// maxToldFaults is how many faults of applications are told at once.
const maxToldFaults = 50

// maxWishes is how many wishes an application holds.
const maxWishes = 3

// setup is what a draw of admissions or quotas keeps of its form, so that the result finds its way back.
type setup struct {
	Season string            `json:"season"`
	Grade  string            `json:"grade,omitempty"`
	Names  map[string]string `json:"names"` // of schools, by code
}

// entry is a draw of admissions as it is being made.
type entry struct {
	page    *Pages
	ground  ground
	tree    *unit.Tree
	grade   string
	schools map[string]engine.School // with places, by code
	codes   map[string]string        // of schools, by name
	nearest map[string]bool          // schools with a step by distance
	faults  fault.List
}

// freeze makes the draw of a grade out of the applications below a unit that take part. Everything that speaks against it is told at
// once.
func (p *Pages) freeze(ctx context.Context, s shell.Standing, grade string, secret draw.Secret) (ceremony.Draft, error) {
	g, err := p.readGround(ctx, s.Period)
	if err != nil {
		return ceremony.Draft{}, err
	}
	e := entry{page: p, ground: g, tree: shell.From(ctx).Tree, grade: grade, schools: map[string]engine.School{}, codes: map[string]string{}, nearest: map[string]bool{}}
	in := engine.Input{}
	in.Schools, in.Policy.Basis = e.open(ctx, s)
	made := ceremony.Draft{Secret: secret}
	of := p.register(registerApplication)
	query := ofSeason(s.Period, grade)
	query.Under, query.Personal = s.Unit.Code, true
	query.Filters = append(query.Filters, register.Filter{Column: pack.ColumnState, In: []string{"qualified"}})
	for row, err := range p.store.RegisterEach(ctx, of, query) {
		if err != nil {
			return made, err
		}
		if len(in.Applicants) == MaxSeason {
			e.faults.Add(fault.New("admission.draw.many", message.Args{"limit": shell.Count(MaxSeason)}))
			break
		}
		one := e.applicant(ctx, of, row)
		in.Applicants = append(in.Applicants, one)
		made.Roster = append(made.Roster, ceremony.Person{ID: one.ID, Name: register.TextOf(of, row, "child_name")})
	}
	if len(in.Applicants) == 0 {
		e.faults.Add(fault.New("admission.draw.nobody", nil))
	}
	if len(e.faults) > 0 {
		return made, few(e.faults)
	}
	if made.Rules, made.Lines, err = engine.Frozen(in, secret); err != nil {
		return made, few(fault.Of(err))
	}
	names := map[string]string{}
	for _, school := range in.Schools {
		names[school.ID] = school.Name
	}
	made.Setup = setup{Season: s.Period.String(), Grade: grade, Names: names}
	return made, nil
}

// few tells the first faults, and how many more there are.
func few(faults fault.List) fault.List {
	if len(faults) <= maxToldFaults {
		return faults
	}
	more := fault.New("admission.draw.more", message.Args{"count": shell.Count(len(faults) - maxToldFaults)})
	return append(slices.Clone(faults[:maxToldFaults]), more)
}

// open returns the schools below the unit that have places in the grade, in the order of the tree, and the documents of their orders.
func (e *entry) open(ctx context.Context, s shell.Standing) ([]engine.School, string) {
	below := e.tree.Subtree(s.Number)
	var all []engine.School
	var basis []string
	for n := below.From; n < below.To; n++ {
		school := e.tree.At(n)
		plan, planned := e.ground.plans[intake{school.Code, e.grade}]
		if school.Kind != unit.School || !planned {
			continue
		}
		order, _ := e.ground.orderOf(e.tree, intake{school.Code, e.grade})
		if len(order) == 0 {
			e.faults.Add(fault.New("admission.draw.no_order", message.Args{"school": school.Name}))
			continue
		}
		one := engine.School{ID: school.Code, Name: school.Name, Places: plan.places}
		last := 0
		for _, step := range order {
			if step.rank != last {
				one.Groups, last = append(one.Groups, nil), step.rank
			}
			one.Groups[len(one.Groups)-1] = append(one.Groups[len(one.Groups)-1], e.page.className(step.name))
			if step.nearest {
				e.nearest[one.ID], one.By = true, []string{engine.ByDistance}
			}
			if !slices.Contains(basis, step.document) {
				basis = append(basis, step.document)
			}
		}
		e.schools[one.ID], e.codes[placeName(school.Name)] = one, one.ID
		all = append(all, one)
	}
	if len(all) == 0 {
		e.faults.Add(fault.New("admission.draw.no_places", message.Args{"grade": option(ctx, e.page.register(registerPlan), "plan_grade", e.grade)}))
	}
	return all, strings.Join(basis, "、")
}

// className is how a class stands in the lines of a draw: in Chinese, so that everybody reads it.
func (p *Pages) className(name string) string {
	of := p.register(registerOrder)
	for _, one := range of.Columns[of.At("order_class")].Choices {
		if one.Name == name {
			return one.Title.Chinese
		}
	}
	return name
}

// applicant reads one application.
func (e *entry) applicant(ctx context.Context, of *pack.Register, row register.Row) engine.Applicant {
	one := engine.Applicant{ID: register.TextOf(of, row, "application_number"), Twin: register.TextOf(of, row, "twins")}
	for k, code := range e.wishes(of, row, one.ID) {
		if code == "" {
			continue
		}
		school := e.schools[code]
		step, found := e.class(of, row, school, k == 0)
		if !found {
			e.faults.Add(fault.New("admission.draw.no_class", message.Args{"number": one.ID, "school": school.Name}))
			continue
		}
		wish := engine.Wish{School: code, Category: e.page.className(step.name)}
		if e.nearest[code] {
			wish.Values = map[string]int{engine.ByDistance: e.metres(of, row, one.ID, school, k, step.nearest)}
		}
		one.Wishes = append(one.Wishes, wish)
	}
	return one
}

// distances are the columns with the way to the school of each wish.
var distances = []string{"distance", "second_distance", "third_distance"}

// metres is the way to the school of a wish; where the lottery decides, nobody is nearer.
func (e *entry) metres(of *pack.Register, row register.Row, number string, school engine.School, k int, nearest bool) int {
	if !nearest {
		return 0
	}
	cell := register.CellOf(of, row, distances[k])
	if !cell.Known {
		e.faults.Add(fault.New("admission.draw.no_distance", message.Args{"number": number, "school": school.Name, "wish": k + 1}))
	}
	return int(math.Round(cell.Number))
}

// wishes are the codes of the wished schools: that of the application itself, then the others; "" where there is none or where it
// cannot be found.
func (e *entry) wishes(of *pack.Register, row register.Row, number string) []string {
	codes := make([]string, maxWishes)
	for k, text := range []string{row.Unit, register.TextOf(of, row, "second_wish"), register.TextOf(of, row, "third_wish")} {
		text = placeName(text)
		if text == "" {
			continue
		}
		code := text
		if named, known := e.codes[text]; known {
			code = named
		}
		if _, known := e.schools[code]; !known {
			if school, there := e.tree.Find(code); there {
				text = school.Name
			}
			e.faults.Add(fault.New("admission.draw.wish_unknown", message.Args{"number": number, "wish": k + 1, "school": text}))
			continue
		}
		if slices.Contains(codes[:k], code) {
			e.faults.Add(fault.New("admission.draw.wish_twice", message.Args{"number": number, "school": e.schools[code].Name}))
			continue
		}
		codes[k] = code
	}
	return codes
}

// class is the step of a school's order in which an application stands: the first one that fits it.
func (e *entry) class(of *pack.Register, row register.Row, school engine.School, first bool) (class, bool) {
	fits := map[string]bool{"outside": true, "preferred": register.CellOf(of, row, "preferred").Number == 1,
		"sibling": first && register.CellOf(of, row, "sibling").Number == 1}
	if e.inside(of, row, school.ID) {
		fits["in_"+register.TextOf(of, row, "category")] = true
	}
	order, _ := e.ground.orderOf(e.tree, intake{school.ID, e.grade})
	for _, step := range order {
		if fits[step.name] {
			return step, true
		}
	}
	return class{}, false
}

// inside tells whether the home of an application lies in the catchment of a school.
func (e *entry) inside(of *pack.Register, row register.Row, code string) bool {
	return slices.Contains(e.ground.areas[area{e.grade, placeName(register.TextOf(of, row, "address_unit"))}], code)
}
