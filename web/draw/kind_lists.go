package draw

import (
	"context"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	core "jiaoheng/draw"
	"jiaoheng/draw/ceremony"
	"jiaoheng/draw/lists"
	"jiaoheng/fault"
	"jiaoheng/web/shell"
)

// listsKind is the draw from lists: objects, and teams of people for them.
type listsKind struct{}

func (listsKind) asks() []ask {
	return []ask{{"objects", true}, {"inspectors", false}, {"conflicts", false}}
}

func (listsKind) form(v rulesView) templ.Component { return listsForm(v) }

// input reads tables and choices.
func (listsKind) input(tables map[string]ceremony.Table, choices url.Values, secret core.Secret) (lists.Input, error) {
	var faults fault.List
	bad := func(field, code string) { faults.Add(fault.At(fault.Place{Column: field}, code, nil)) }
	gather := func(table string, err error) {
		for _, one := range fault.Of(err) {
			one.Place.File = tables[table].File
			faults.Add(one)
		}
	}
	in := lists.Input{Strata: choices["strata"], Match: choices["match"], Avoid: choices["avoid"], ShowInspectors: choices.Get("clear") != "", Secret: secret,
		Team: number(choices.Get("team"), 0), Load: number(choices.Get("load"), 0)}
	if choices.Get("leader") != "" {
		in.Leader = lists.LeaderTag
	}
	quantity, ok := lists.ReadQuantity(strings.TrimSpace(choices.Get("pick")))
	if !ok || quantity.Count == 0 && quantity.Share == 0 {
		bad("pick", "draw.page.fault.pick")
	}
	if in.Wanted.Pick = quantity.Count; quantity.ByShare {
		in.Wanted.Rate = &quantity
	}
	var err error
	in.Objects, _, err = lists.ReadObjects(tables["objects"].Rows, in.Strata, in.Match)
	gather("objects", err)
	if table, there := tables["inspectors"]; there {
		in.Inspectors, in.Conflicts, _, err = lists.ReadInspectors(table.Rows)
		gather("inspectors", err)
		if in.Team == 0 {
			bad("team", "draw.page.fault.team")
		}
	}
	if table, there := tables["conflicts"]; there {
		more, _, err := lists.ReadConflicts(table.Rows)
		gather("conflicts", err)
		in.Conflicts = append(in.Conflicts, more...)
	}
	return in, faults.Err()
}

func (k listsKind) freeze(_ context.Context, tables map[string]ceremony.Table, choices url.Values, secret core.Secret) (ceremony.Frozen, error) {
	in, err := k.input(tables, choices, secret)
	if err != nil {
		return ceremony.Frozen{}, err
	}
	made, err := lists.Frozen(in)
	if err != nil {
		return ceremony.Frozen{}, err
	}
	out := ceremony.Frozen{Rules: made.Rules, Lines: made.Lines}
	for _, i := range in.Inspectors {
		out.Roster = append(out.Roster, ceremony.Person{ID: i.ID, Name: i.Name})
	}
	for _, o := range in.Objects {
		if o.Name != "" {
			out.Labels = append(out.Labels, ceremony.Label{Code: o.ID, Text: o.Name})
		}
	}
	return out, nil
}

// listsView is what the page of a draw from lists shows.
type listsView struct {
	strata      shell.Table
	figures     []shell.Figure
	teams       shell.Table
	certificate lists.Certificate
	drawn       bool
	d           ceremony.Draw
	runs        bool
}

func (k listsKind) part(ctx context.Context, s shown) templ.Component {
	v := listsView{d: s.d, runs: s.runs, drawn: s.result != nil}
	objects, people, picks, seats := 0, 0, 0, 0
	count := map[string]int{}
	v.strata = shell.Table{Caption: text(ctx, "strata"), Columns: []shell.Column{{Title: text(ctx, "column.stratum")}, {Title: text(ctx, "column.objects"), Align: shell.Figures},
		{Title: text(ctx, "column.picked"), Align: shell.Figures}}}
	for _, line := range s.lines {
		switch fields := strings.Split(line, ";"); fields[0] {
		case "object":
			objects++
			count[fields[3]]++
			seats = max(seats, strings.Count(fields[len(fields)-1], ",")+1)
		case "inspector":
			people++
		}
	}
	for _, line := range s.lines {
		if fields := strings.Split(line, ";"); fields[0] == "stratum" {
			n, _ := strconv.Atoi(fields[3])
			picks += n
			title := fields[2]
			if title == "" {
				title = text(ctx, "all_objects")
			}
			v.strata.Rows = append(v.strata.Rows, []shell.Cell{{Text: title, Written: true}, {Text: shell.Count(count[fields[1]])}, {Text: shell.Count(n)}})
		}
	}
	v.figures = []shell.Figure{{Label: text(ctx, "counted.objects"), Value: shell.Count(objects)}, {Label: text(ctx, "counted.picked"), Value: shell.Count(picks)},
		{Label: text(ctx, "counted.people"), Value: shell.Count(people)}}
	if v.drawn {
		_ = json.Unmarshal(s.certificate, &v.certificate) // what cannot be read is not shown
		v.teams = k.teams(ctx, s)
	}
	return listsPart(v)
}

// teams are the drawn objects with who goes there, as they stand in the lines.
func (listsKind) teams(ctx context.Context, s shown) shell.Table {
	names := map[string]string{}
	for _, line := range s.lines {
		if fields := strings.Split(line, ";"); len(fields) > 2 && fields[2] != "" {
			names[fields[1]] = fields[2]
		}
	}
	named := func(code string) string {
		if name := names[code]; name != "" {
			return name
		}
		if len(code) > 10 {
			return code[:10] + "…"
		}
		return code
	}
	table := shell.Table{Caption: text(ctx, "teams"), Columns: []shell.Column{{Title: text(ctx, "column.number"), Align: shell.Short}, {Title: text(ctx, "column.object")}, {Title: text(ctx, "column.team")}},
		Count: text(ctx, "teams_count", messageCount(len(s.result)))}
	for n, line := range s.result {
		object, team := cut(line)
		var people []string
		for _, who := range strings.Split(team, ",") {
			if who != "" {
				people = append(people, named(who))
			}
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: strconv.Itoa(n + 1)}, {Text: named(object), Written: true, Note: object}, {Text: strings.Join(people, "、"), Written: true}})
	}
	return table
}

func (listsKind) figures(ctx context.Context, s shown) []shell.Figure {
	seats := 0
	for _, line := range s.result {
		if _, team := cut(line); team != "" {
			seats += strings.Count(team, ",") + 1
		}
	}
	return []shell.Figure{{Label: text(ctx, "counted.picked"), Value: shell.Count(len(s.result))}, {Label: text(ctx, "counted.seats"), Value: shell.Count(seats)}}
}

func (listsKind) said(_ context.Context, s shown) []string {
	var c lists.Certificate
	_ = json.Unmarshal(s.certificate, &c) // what cannot be read says nothing
	return c.Sentences
}

func (listsKind) given(_ context.Context, result []string) map[string]string {
	got := map[string]string{}
	for _, line := range result {
		object, team := cut(line)
		for _, who := range strings.Split(team, ",") {
			if got[who] != "" {
				got[who] += "、"
			}
			got[who] += object
		}
	}
	return got
}
