package admission

import (
	"context"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/draw"
	engine "jiaoheng/draw/quota"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// Names of the fields of the form, and of the parts of its address.
const (
	fieldMethod = "method"
	fieldShare  = "share"
	fieldLeast  = "least"
	fieldRural  = "rural"
)

// asked is what the form says. Texts stand as they were typed.
type asked struct {
	method string
	share  string // in per cent; "" is the one of each school
	least  string
	rural  string
}

func (a asked) values() url.Values {
	return url.Values{fieldMethod: {a.method}, fieldShare: {a.share}, fieldLeast: {a.least}, fieldRural: {a.rural}}
}

// ask reads the form; what it does not say is as the documents have it.
func (p *Pages) ask(values url.Values, season period.Period, codes []string) asked {
	floor := p.parameter("quota_floor", season, codes)
	a := asked{method: engine.Hamilton, least: floor, rural: floor}
	for name, field := range map[string]*string{fieldMethod: &a.method, fieldShare: &a.share, fieldLeast: &a.least, fieldRural: &a.rural} {
		if values.Has(name) {
			*field = strings.TrimSpace(values.Get(name))
		}
	}
	return a
}

// parameter is the value of a parameter of the pack on the last day of a season in a region, as it is typed; "" where none is in force.
func (p *Pages) parameter(name string, season period.Period, codes []string) string {
	one, known := p.desk.Scope().Parameter(name)
	if !known {
		return ""
	}
	number, _, found := pack.ResolveFor("", one.Values, season.To(), codes, nil)
	if !found {
		return ""
	}
	return strconv.FormatFloat(number, 'f', -1, 64)
}

// quotaInput is what the sum is made of.
type quotaInput struct {
	in    engine.Input
	names map[string]string
	basis []string
}

// readQuota reads key senior schools, junior schools and their graduates below a unit.
func (p *Pages) readQuota(ctx context.Context, s shell.Standing) (quotaInput, error) {
	q := quotaInput{names: map[string]string{}}
	tree := shell.From(ctx).Tree
	least, err := strconv.ParseFloat(p.parameter("quota_share_least", s.Period, codesAbove(tree, s.Number)), 64)
	if err != nil {
		least = 0
	}
	seniors, juniors := map[string]engine.Senior{}, map[string]engine.Junior{}
	err = p.rows(ctx, registerSenior, s.Period, s.Unit.Code, func(r *pack.Register, row register.Row) {
		one := engine.Senior{ID: row.Unit, Places: int(register.CellOf(r, row, "senior_places").Number), Key: register.CellOf(r, row, "senior_key").Number == 1}
		share := least
		if cell := register.CellOf(r, row, "senior_share"); cell.Known {
			share = cell.Number
		}
		if one.Key {
			one.Quota = engine.LeastQuota(one.Places, hundredths(share))
			seniors[row.Unit] = one
		}
		if document := register.TextOf(r, row, "senior_document"); document != "" && !slices.Contains(q.basis, document) {
			q.basis = append(q.basis, document)
		}
	})
	if err != nil {
		return q, err
	}
	err = p.rows(ctx, registerGraduates, s.Period, s.Unit.Code, func(r *pack.Register, row register.Row) {
		juniors[row.Unit] = engine.Junior{ID: row.Unit, Graduates: int(register.CellOf(r, row, "graduates_full").Number)}
	})
	below := tree.Subtree(s.Number)
	for n := below.From; n < below.To; n++ {
		one := tree.At(n)
		if senior, known := seniors[one.Code]; known {
			senior.Name, q.names[one.Code] = one.Name, one.Name
			q.in.Seniors = append(q.in.Seniors, senior)
		}
		if junior, known := juniors[one.Code]; known {
			junior.Name, q.names[one.Code] = one.Name, one.Name
			junior.Rural = one.Setting == unit.Town || one.Setting == unit.Rural
			q.in.Juniors = append(q.in.Juniors, junior)
		}
	}
	return q, err
}

// codesAbove are the codes of a unit and of those above it, by which regional values are found.
func codesAbove(tree *unit.Tree, number int) (codes []string) {
	for ; number >= 0; number = tree.Parent(number) {
		codes = append(codes, tree.At(number).Code)
	}
	return codes
}

// hundredths are per cent as the engine takes them: of ten thousand.
func hundredths(percent float64) int { return int(math.Round(percent * 100)) }

// state puts what the form says into the sum. Everything that cannot be read is told at once.
func (q *quotaInput) state(a asked) fault.List {
	var faults fault.List
	whole := func(field, text string, most int) int {
		n, ok := draw.Whole(text)
		if !ok || n > most {
			faults.Add(fault.At(fault.Place{Column: field}, "admission.quota.whole", message.Args{"most": shell.Count(most)}))
		}
		return n
	}
	policy := engine.Policy{Method: a.method, Basis: strings.Join(q.basis, "、"), Unused: engine.UnusedUnified}
	policy.Least, policy.RuralLeast = whole(fieldLeast, a.least, engine.MaxPlaces), whole(fieldRural, a.rural, engine.MaxPlaces)
	if a.share != "" {
		share, err := strconv.ParseFloat(a.share, 64)
		if err != nil || !(share >= 0 && share <= 100) || math.Abs(share*100-math.Round(share*100)) > 1e-6 {
			faults.Add(fault.At(fault.Place{Column: fieldShare}, "admission.quota.share", nil))
			return faults
		}
		for i := range q.in.Seniors {
			q.in.Seniors[i].Quota = engine.LeastQuota(q.in.Seniors[i].Places, hundredths(share))
		}
		policy.Share = hundredths(share)
	} else {
		policy.Share = leastShare(q.in.Seniors)
	}
	if a.method != engine.Hamilton && a.method != engine.Webster {
		faults.Add(fault.At(fault.Place{Column: fieldMethod}, "draw.quota.method", message.Args{"method": a.method}))
	}
	q.in.Policy = policy
	return faults
}

// leastShare is the largest share, of ten thousand, that every school keeps.
func leastShare(seniors []engine.Senior) int {
	least := 10_000
	for _, s := range seniors {
		if s.Places > 0 {
			least = min(least, s.Quota*10_000/s.Places)
		}
	}
	return least
}

// divide computes the division as it stands: without a seed, so that those who tie are told and not decided.
func (q quotaInput) divide(title string, language message.Language) (engine.Certificate, error) {
	rules, lines, err := engine.Frozen(q.in, draw.Secret{})
	if err != nil {
		return engine.Certificate{}, err
	}
	announced, err := draw.Announce(engine.Kind, title, rules, nil, lines)
	if err != nil {
		return engine.Certificate{}, err
	}
	seed, err := announced.Seed(nil)
	if err != nil {
		return engine.Certificate{}, err
	}
	result, err := engine.Draw(announced, lines, seed)
	if err != nil {
		return engine.Certificate{}, err
	}
	return result.Certificate(draw.Announced, draw.Hex(announced.Commitment()), q.names, language), nil
}

// allotments are the places that a junior school got, as they stand in the register.
func (p *Pages) allotments(ctx context.Context, s shell.Standing) (shell.Table, error) {
	say := func(word string) string { return shell.Text(ctx, "admission.quota.column."+word) }
	t := shell.Table{Caption: shell.Text(ctx, "admission.quota.register"), Columns: []shell.Column{{Title: say("senior")}, {Title: say("places"), Align: shell.Figures}, {Title: say("why")}}}
	err := p.rows(ctx, registerAllotment, s.Period, s.Unit.Code, func(r *pack.Register, row register.Row) {
		name := register.TextOf(r, row, "quota_senior")
		if senior, known := shell.From(ctx).Tree.Find(name); known {
			name = senior.Name
		}
		t.Rows = append(t.Rows, []shell.Cell{{Text: name, Written: true}, {Text: shell.Count(int(register.CellOf(r, row, "quota_places").Number))}, {Body: written(register.TextOf(r, row, "quota_why"))}})
	})
	return t, err
}
