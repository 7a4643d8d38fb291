package admission

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	"jiaoheng/draw"
	engine "jiaoheng/draw/admission"
	"jiaoheng/draw/ceremony"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// writtenAtOnce is how many applications one request moves; the page offers to go on with the others.
const writtenAtOnce = 200

// resultView is what came out of a draw of admissions.
type resultView struct {
	d         ceremony.Draw
	setup     setup
	sentences []string
	table     shell.Table
	refused   shell.Table // applications whose first wish was not met, once they are written back
	left      int         // applications that take part and are not written back yet
	list      string
	decide    bool
	form      shell.Form
}

// drawn finds a draw of a kind that has its result.
func (p *Pages) drawn(r *http.Request, kind string) (ceremony.Draw, setup, error) {
	d, err := p.draws.Find(r.Context(), shell.From(r.Context()).Actor, r.PathValue("draw"))
	if errors.Is(err, ceremony.ErrNotFound) || err == nil && (d.Kind != kind || d.Setup == nil) {
		return d, setup{}, shell.NotFound
	}
	if err != nil {
		return d, setup{}, err
	}
	var s setup
	err = json.Unmarshal(d.Setup, &s)
	return d, s, err
}

// outcome computes the result again from the proof that stands in the store.
func (p *Pages) outcome(ctx context.Context, d ceremony.Draw) (engine.Result, draw.Announcement, error) {
	proof, err := p.draws.Proof(ctx, shell.From(ctx).Actor, d.ID)
	if err != nil {
		return engine.Result{}, draw.Announcement{}, err
	}
	announced, seed, err := proof.Check()
	if err != nil {
		return engine.Result{}, announced, err
	}
	result, err := engine.Draw(announced, proof.Lines, seed)
	return result, announced, err
}

// Result shows what came out of a draw of admissions: each school with how far it went, and what is still to be written back.
func (p *Pages) Result(w http.ResponseWriter, r *http.Request) error {
	return p.result(w, r, http.StatusOK, shell.Form{})
}

func (p *Pages) result(w http.ResponseWriter, r *http.Request, status int, form shell.Form) error {
	ctx := r.Context()
	d, s, err := p.drawn(r, ceremony.Admit)
	if err != nil {
		return err
	}
	v := resultView{d: d, setup: s, form: form, decide: mayDraw(ctx, d.Unit)}
	if d.Finished() {
		result, announced, err := p.outcome(ctx, d)
		if err != nil {
			return err
		}
		c := result.Certificate(announced.Origin(), d.Commitment, s.Names, shell.From(ctx).Language)
		v.sentences, v.table = c.Sentences, resultTable(ctx, c)
		if v.left, err = p.unwritten(ctx, d, s); err != nil {
			return err
		}
	}
	if season, ok := period.Parse(s.Season); ok {
		standing := shell.Standing{Period: season}
		standing.Unit, _ = shell.From(ctx).Tree.Find(d.Unit)
		if v.refused, err = p.refused(ctx, d, s, season); err != nil {
			return err
		}
		v.list = listAddress(ctx, standing, s.Grade, []string{"placed", "arranging"})
	}
	page := shell.Page{Title: d.Title, Lead: shell.Text(ctx, "admission.result.lead"), Word: "draw", Trail: append(trail(ctx), shell.Link{Label: shell.Text(ctx, "admission.result.draw"), Address: "/draw/" + d.ID})}
	return shell.Render(w, r, status, page, resultShow(v))
}

// resultTable shows each school with how far it went.
func resultTable(ctx context.Context, c engine.Certificate) shell.Table {
	say := func(word string) string { return shell.Text(ctx, "admission.column."+word) }
	people := shell.Text(ctx, "admission.measure")
	t := shell.Table{Caption: shell.Text(ctx, "admission.result.table"), Columns: []shell.Column{{Title: say("school")}, {Title: say("places"), Unit: people, Align: shell.Figures},
		{Title: say("applied"), Unit: people, Align: shell.Figures}, {Title: say("placed"), Unit: people, Align: shell.Figures}, {Title: say("free"), Unit: people, Align: shell.Figures},
		{Title: say("groups")}, {Title: say("cut_off")}}}
	for _, s := range c.Schools {
		name, far := s.Name, s.CutOff
		if far == "" {
			far = shell.Text(ctx, "admission.result.everybody")
		}
		var groups []string
		for _, g := range s.Groups {
			if g.Applied > 0 {
				groups = append(groups, shell.Text(ctx, "admission.result.group", message.Args{"group": strings.Join(g.Categories, "、"), "admitted": g.Admitted, "applied": g.Applied}))
			}
		}
		t.Rows = append(t.Rows, []shell.Cell{{Text: name, Written: true}, {Text: shell.Count(s.Places)}, {Text: shell.Count(s.Applied)}, {Text: shell.Count(s.Admitted)}, {Text: shell.Count(s.Free)},
			{Body: written(strings.Join(groups, "；"))}, {Body: written(far)}})
	}
	return t
}

// maxRefused is how many applications whose first wish was not met stand on the page; all of them stand in the list.
const maxRefused = 100

// refused shows the applications whose first wish was not met with the whole reason, for whoever may see them one by one.
func (p *Pages) refused(ctx context.Context, d ceremony.Draw, s setup, season period.Period) (shell.Table, error) {
	t := shell.Table{Caption: shell.Text(ctx, "admission.result.refused_list"), Columns: []shell.Column{{Title: shell.Text(ctx, "admission.column.number"), Align: shell.Short},
		{Title: shell.Text(ctx, "admission.column.state"), Align: shell.Short}, {Title: shell.Text(ctx, "admission.column.why")}}}
	of, post := p.register(registerApplication), shell.From(ctx).Actor.Post
	for _, filters := range [][]register.Filter{{{Column: pack.ColumnState, In: []string{"arranging"}}}, {{Column: "placed_as", In: []string{"wish_2", "wish_3", "arranged"}}}} {
		query := ofSeason(season, s.Grade)
		query.Under, query.Limit, query.Filters = d.Unit, maxRefused, append(query.Filters, filters...)
		found, err := p.records.List(ctx, of, record.Query{Query: query, Seen: &post})
		if err != nil {
			return t, err
		}
		for _, row := range found.Rows {
			state := of.Life.State(register.TextOf(of, row, pack.ColumnState))
			condition := shell.Waiting
			if state.Final {
				condition = shell.Fixed
			}
			t.Rows = append(t.Rows, []shell.Cell{{Text: register.TextOf(of, row, "application_number"), Address: "/record/" + of.Name + "/row/" + row.ID, Written: true},
				{Body: shell.StatusWord(condition, state.Title.In(shell.From(ctx).Language))}, {Body: written(register.TextOf(of, row, "placed_why"))}})
		}
	}
	return t, nil
}

// waiting are the ids of the applications below the unit of a draw that take part in draws of its season and grade, by number.
func (p *Pages) waiting(ctx context.Context, d ceremony.Draw, s setup) (map[string]register.Row, error) {
	season, ok := period.Parse(s.Season)
	if !ok {
		return nil, shell.NotFound
	}
	of, query := p.register(registerApplication), ofSeason(season, s.Grade)
	query.Under = d.Unit
	query.Filters = append(query.Filters, register.Filter{Column: pack.ColumnState, In: []string{"qualified"}})
	rows := map[string]register.Row{}
	for row, err := range p.store.RegisterEach(ctx, of, query) {
		if err != nil {
			return nil, err
		}
		rows[register.TextOf(of, row, "application_number")] = row
	}
	return rows, nil
}

func (p *Pages) unwritten(ctx context.Context, d ceremony.Draw, s setup) (int, error) {
	season, ok := period.Parse(s.Season)
	if !ok {
		return 0, shell.NotFound
	}
	query := ofSeason(season, s.Grade)
	query.Under = d.Unit
	query.Filters = append(query.Filters, register.Filter{Column: pack.ColumnState, In: []string{"qualified"}})
	return p.records.Count(ctx, p.register(registerApplication), record.Query{Query: query})
}

// Write writes what came out back into the applications: a place with its school, or that a place has to be found elsewhere, each
// with the reason of every wish that was not met. What refuses one application leaves the others.
func (p *Pages) Write(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, s, err := p.drawn(r, ceremony.Admit)
	if err != nil {
		return err
	}
	if !mayDraw(ctx, d.Unit) {
		return shell.NoRight
	}
	if d.State != ceremony.Published {
		return p.result(w, r, http.StatusUnprocessableEntity, shell.Form{Faults: fault.List{fault.New("admission.result.unpublished", nil)}})
	}
	actor := shell.From(ctx).Actor
	opened, err := p.draws.Open(ctx, actor, d.ID, message.Text(message.Chinese, "admission.result.why_open", nil))
	if err != nil {
		return err
	}
	result, _, err := p.outcome(ctx, d)
	if err != nil {
		return err
	}
	rows, err := p.waiting(ctx, d, s)
	if err != nil {
		return err
	}
	g, err := p.readGround(ctx, must(s.Season))
	if err != nil {
		return err
	}
	written, missing, faults, err := p.write(ctx, verdicts{result: result, reasons: result.Reasons(), names: s.Names, grade: s.Grade, ground: g, of: p.register(registerApplication)}, opened, rows)
	if err != nil {
		return err
	}
	if written == 0 && len(faults) == 0 {
		faults.Add(fault.New("admission.result.nothing", nil))
	}
	if len(faults) > 0 {
		return p.result(w, r, http.StatusUnprocessableEntity, shell.Form{Faults: few(faults)})
	}
	shell.Redirect(w, r, "/admission/draw/"+d.ID, "admission.result.written", message.Args{"count": shell.Count(written), "left": shell.Count(missing)})
	return nil
}

// must reads a season that this package wrote.
func must(text string) period.Period {
	season, _ := period.Parse(text)
	return season
}

// write moves at most writtenAtOnce applications; left is how many of the draw still wait.
func (p *Pages) write(ctx context.Context, v verdicts, opened ceremony.Opened, rows map[string]register.Row) (written, left int, faults fault.List, err error) {
	index := make(map[string]int, len(v.result.Applicants))
	for i, one := range v.result.Applicants {
		index[one.Who] = i
	}
	for _, person := range opened.Roster {
		row, waits := rows[person.ID]
		i, known := index[opened.Secret.Who(person.ID)]
		if !waits || !known {
			continue
		}
		if written+len(faults) >= writtenAtOnce {
			left++
			continue
		}
		move := v.move(i, row)
		move.Day = p.store.Today()
		_, err := p.records.Move(ctx, shell.From(ctx).Actor, move)
		if wrong := fault.Of(err); wrong != nil {
			for _, one := range wrong {
				faults.Add(fault.New("admission.result.refused", message.Args{"number": person.ID, "why": one.Error()}))
			}
		} else if err != nil {
			return written, left, faults, err
		} else {
			written++
		}
	}
	return written, left, faults, nil
}

// verdicts turn a result into events of applications.
type verdicts struct {
	result  engine.Result
	reasons [][]engine.Reason
	names   map[string]string
	grade   string
	ground  ground
	of      *pack.Register
}

// move is the event of one application: place or arrange.
func (v verdicts) move(i int, row register.Row) record.Move {
	placed := v.result.Applicants[i]
	move := record.Move{Register: v.of.Name, Row: row.ID, Version: row.Version, Event: "arrange", Cells: map[string]register.Cell{"placed_why": register.TextCell(v.why(i))}}
	if placed.School < 0 {
		return move
	}
	school := v.result.Schools[placed.School].ID
	inside := slices.Contains(v.ground.areas[area{v.grade, placeName(register.TextOf(v.of, row, "address_unit"))}], school)
	flag := register.Cell{Known: true}
	if inside {
		flag.Number = 1
	}
	move.Event, move.Lead = "place", school
	move.Cells["placed_as"], move.Cells["placed_in_area"] = register.TextCell(wishNames[placed.Wish-1]), flag
	return move
}

// wishNames are the choices of the column placed_as for each wish.
var wishNames = []string{"wish_1", "wish_2", "wish_3"}

// why says in Chinese what became of one application, with the reason of every wish that was not met.
func (v verdicts) why(i int) string {
	say := func(key string, args message.Args) string {
		return message.Text(message.Chinese, "admission.result."+key, args)
	}
	placed := v.result.Applicants[i]
	var parts []string
	for _, reason := range v.reasons[i] {
		school := ""
		if reason.School >= 0 {
			school = v.names[v.result.Schools[reason.School].ID]
		}
		parts = append(parts, say("no", message.Args{"wish": reason.Wish, "school": school, "why": reason.Text(message.Chinese)}))
	}
	if placed.School < 0 {
		return strings.Join(append(parts, say("arrange", nil)), "")
	}
	return strings.Join(append(parts, say("yes", message.Args{"wish": placed.Wish, "school": v.names[v.result.Schools[placed.School].ID], "number": placed.Numbers[placed.Wish-1]})), "")
}
