package admission

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/draw/ceremony"
	"jiaoheng/message"
	"jiaoheng/unit"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// seasonView is what the overview shows.
type seasonView struct {
	shell.Standing
	sentence string
	figures  []shell.Figure
	table    shell.Table
	lines    []line
	own      []ownView // of a school
	draws    []ceremony.Draw
	draw     bool // the present post may freeze applications into a draw
	write    bool
}

// ownView is one grade of the school that is looked at.
type ownView struct {
	grade    string
	order    string
	whose    string
	document string
	areas    string
	address  string // of its applications
	entrants string // of its list of new pupils
}

// Season shows where the applications of a season stand, and places against applications for every school.
func (p *Pages) Season(w http.ResponseWriter, r *http.Request) error {
	view, err := p.season(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	page := shell.Page{Title: shell.Text(ctx, "admission.page.title"), Lead: view.Unit.Name + " · " + shell.Text(ctx, "admission.page.season", message.Args{"year": year(view.Period)}),
		Word: "draw", Source: shell.Text(ctx, "admission.page.source"), Actions: seasonActions(view)}
	return shell.Render(w, r, http.StatusOK, page, seasonShow(view))
}

func (p *Pages) season(r *http.Request) (seasonView, error) {
	standing, err := p.stand(r)
	if err != nil {
		return seasonView{}, err
	}
	ctx := r.Context()
	v := seasonView{Standing: standing, draw: mayDraw(ctx, standing.Unit.Code), write: mayWrite(ctx, access.Record, standing.Unit.Code)}
	g, err := p.readGround(ctx, standing.Period)
	if err != nil {
		return v, err
	}
	if v.lines, err = p.lines(ctx, standing, g); err != nil {
		return v, err
	}
	if v.draws, err = p.drawsOf(ctx, standing); err != nil {
		return v, err
	}
	v.sentence, v.figures, v.table = sentence(ctx, v), figures(ctx, v), p.seasonTable(ctx, v)
	if standing.Unit.Kind == unit.School {
		v.own = p.own(ctx, v, g)
	}
	return v, nil
}

// sentence says from the figures where places lack.
func sentence(ctx context.Context, v seasonView) string {
	if len(v.lines) == 0 {
		return ""
	}
	places, demand, schools, over := 0, 0, 0, 0
	for _, l := range v.lines {
		places += l.plan.places
		demand += l.taken.sum(statesDemand...)
		if l.planned && l.over() > 0 {
			schools, over = schools+1, over+l.over()
		}
	}
	key := "admission.page.sentence_enough"
	if schools > 0 {
		key = "admission.page.sentence_over"
	}
	return shell.Text(ctx, key, message.Args{"count": shell.Count(len(v.lines)), "places": shell.Count(places), "demand": shell.Count(demand),
		"schools": shell.Count(schools), "over": shell.Count(over)})
}

// stages of the work, as the figures at the top count them.
var figureStates = []struct {
	word   string
	states []string
}{
	{"submitted", []string{"submitted"}}, {"lacking", []string{"lacking"}}, {"review", []string{"checked", "doubted"}}, {"qualified", []string{"qualified"}},
	{"placed", []string{"placed"}}, {"arranging", []string{"arranging"}}, {"unqualified", []string{"unqualified"}}, {"declined", []string{"declined"}},
}

func figures(ctx context.Context, v seasonView) []shell.Figure {
	all := 0
	for _, l := range v.lines {
		all += l.taken.all()
	}
	found := []shell.Figure{{Label: shell.Text(ctx, "admission.figure.all"), Value: shell.Count(all), Address: listAddress(ctx, v.Standing, "", nil)}}
	for _, one := range figureStates {
		n := 0
		for _, l := range v.lines {
			n += l.taken.sum(one.states...)
		}
		found = append(found, shell.Figure{Label: shell.Text(ctx, "admission.figure."+one.word), Value: shell.Count(n), Address: listAddress(ctx, v.Standing, "", one.states)})
	}
	return found
}

// listAddress is the list of the applications of a season with what the office asks about them; it searches and exports.
func listAddress(ctx context.Context, s shell.Standing, grade string, states []string) string {
	return listOf(ctx, s.Unit.Code, s, registerApplication, "received_on", "entry_grade", grade, states,
		"application_number,entry_grade,address_unit,category,documents_lacking,refusal_why,placed_as,lead,placed_why,state,due")
}

func listOf(ctx context.Context, code string, s shell.Standing, of, day, gradeColumn, grade string, states []string, columns string) string {
	values := url.Values{registerpages.WherePart: {day + ":since:" + s.Period.From().String(), day + ":until:" + s.Period.To().String()},
		registerpages.ColumnsPart: {columns}, "only": {"all"}, shell.UnitPart: {code}}
	if grade != "" {
		values.Add(registerpages.WherePart, gradeColumn+":in:"+grade)
	}
	if len(states) > 0 {
		values.Add(registerpages.WherePart, "state:in:"+strings.Join(states, ","))
	}
	return "/record/" + of + "?" + values.Encode()
}

// seasonTable shows places against applications.
func (p *Pages) seasonTable(ctx context.Context, v seasonView) shell.Table {
	say := func(word string) string { return shell.Text(ctx, "admission.column."+word) }
	people := shell.Text(ctx, "admission.measure")
	t := shell.Table{Caption: shell.Text(ctx, "admission.page.table"), Count: shell.Text(ctx, "admission.page.rows", message.Args{"count": shell.Count(len(v.lines))}),
		Columns: []shell.Column{{Title: say("school")}, {Title: say("grade"), Align: shell.Short}, {Title: say("places"), Align: shell.Figures},
			{Title: say("all"), Unit: people, Align: shell.Figures}, {Title: say("checking"), Align: shell.Figures}, {Title: say("demand"), Align: shell.Figures},
			{Title: say("balance"), Align: shell.Figures}, {Title: say("pressure"), Align: shell.Short}, {Title: say("placed"), Align: shell.Figures},
			{Title: say("arranging"), Align: shell.Figures}},
		Empty: shell.EmptyState(shell.Empty{Icon: "school", Title: shell.Text(ctx, "admission.page.none"), Text: shell.Text(ctx, "admission.page.none_why"),
			Next: p.firstStep(ctx, v), Ask: shell.Text(ctx, "admission.page.ask")})}
	sum := make([]int, 7)
	for _, l := range v.lines {
		numbers := []int{l.plan.places, l.taken.all(), l.taken.sum(statesChecking...), l.taken.sum(statesDemand...), -l.over(), l.taken.placed, l.taken.sum("arranging")}
		places, balance := shell.Text(ctx, "admission.page.no_plan"), "—"
		if l.planned {
			places, balance = shell.Count(numbers[0]), signed(numbers[4])
		}
		for i, n := range numbers {
			sum[i] += n
		}
		t.Rows = append(t.Rows, []shell.Cell{{Text: l.name, Address: shell.There("/admission", l.school, v.Period)}, {Text: option(ctx, p.register(registerPlan), "plan_grade", l.grade)},
			{Text: places}, {Text: shell.Count(numbers[1])}, {Text: shell.Count(numbers[2])}, {Text: shell.Count(numbers[3])}, {Text: balance},
			{Body: pressureWord(l)}, {Text: shell.Count(numbers[5])}, {Text: shell.Count(numbers[6])}})
	}
	if len(v.lines) > 1 {
		t.Total = []shell.Cell{{Text: shell.Text(ctx, "admission.page.total")}, {}, {Text: shell.Count(sum[0])}, {Text: shell.Count(sum[1])}, {Text: shell.Count(sum[2])}, {Text: shell.Count(sum[3])},
			{Text: signed(sum[4])}, {}, {Text: shell.Count(sum[5])}, {Text: shell.Count(sum[6])}}
	}
	return t
}

// firstStep is what whoever may write does first.
func (p *Pages) firstStep(ctx context.Context, v seasonView) []shell.Button {
	if mayWrite(ctx, access.Fact, v.Unit.Code) {
		return []shell.Button{{Label: shell.Text(ctx, "admission.page.plan_import"), Icon: "file-import", Kind: "primary", Address: shell.Here(ctx, "/register/"+registerPlan+"/import")}}
	}
	return nil
}

// signed writes a difference with its sign.
func signed(n int) string {
	if n > 0 {
		return "+" + shell.Count(n)
	}
	return shell.Count(n)
}

// pressureOf says how an intake stands: its word and its shape.
func pressureOf(l line) (word string, condition shell.Condition) {
	switch {
	case !l.planned:
		return "unplanned", shell.Unreported
	case l.over() > 0:
		return "over", shell.Unmet
	case l.over() == 0:
		return "full", shell.AtRisk
	}
	return "enough", shell.Met
}

// own tells a school its order, its catchment and where its applications stand.
func (p *Pages) own(ctx context.Context, v seasonView, g ground) []ownView {
	var all []ownView
	for _, l := range v.lines {
		one := ownView{grade: option(ctx, p.register(registerPlan), "plan_grade", l.grade), areas: strings.Join(areasOf(g, l.intake), "、"),
			address:  listAddress(ctx, v.Standing, l.grade, nil),
			entrants: listOf(ctx, v.Unit.Code, v.Standing, registerEntrant, "entrant_on", "entrant_grade", l.grade, nil, "entrant_number,entrant_grade,entrant_area,state,arrived_on")}
		order, from := g.orderOf(shell.From(ctx).Tree, l.intake)
		one.order = p.orderText(ctx, order)
		if from != "" {
			whose, _ := shell.From(ctx).Tree.Find(from)
			one.whose, one.document = whose.Name, order[0].document
		}
		all = append(all, one)
	}
	return all
}

// drawsOf are the draws of admissions of the season that the present post may see.
func (p *Pages) drawsOf(ctx context.Context, s shell.Standing) ([]ceremony.Draw, error) {
	all, err := p.draws.List(ctx, shell.From(ctx).Actor, ceremony.Query{Kind: ceremony.Admit})
	return slices.DeleteFunc(all, func(d ceremony.Draw) bool {
		var made setup
		return json.Unmarshal(d.Setup, &made) != nil || made.Season != s.Period.String()
	}), err
}
