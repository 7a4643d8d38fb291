package admission

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"jiaoheng/access"
	"jiaoheng/draw"
	"jiaoheng/draw/ceremony"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/record"
	"jiaoheng/web/shell"
)

// witnesses is how many witnesses a draw asks for unless its form is changed.
const witnesses = 3

// drawView is the form that freezes applications into a draw.
type drawView struct {
	shell.Standing
	grade   string
	grades  []shell.Option
	form    shell.Form
	values  url.Values
	waiting int // applications that are not decided yet
	take    int // applications that take part
	lines   []line
	mine    *Pages
}

// mayDraw tells whether the present post may freeze applications with the names behind them.
func mayDraw(ctx context.Context, code string) bool {
	view := shell.From(ctx)
	return mayDecide(ctx, code) && ceremony.MayRun(view.Tree, view.Actor.Post, ceremony.Admit, code) &&
		access.May(view.Actor.Post, access.Open, access.Thing{Class: access.Personal, Unit: person.At(view.Tree, code), Subject: subject})
}

// DrawNew asks for what a draw of admissions needs, and shows who takes part.
func (p *Pages) DrawNew(w http.ResponseWriter, r *http.Request) error {
	return p.drawForm(w, r, http.StatusOK, shell.Form{})
}

func (p *Pages) drawForm(w http.ResponseWriter, r *http.Request, status int, form shell.Form) error {
	standing, err := p.stand(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	if !mayDraw(ctx, standing.Unit.Code) {
		return shell.NoRight
	}
	v := drawView{Standing: standing, grade: gradeAsked(r), form: form, mine: p}
	for _, grade := range grades {
		v.grades = append(v.grades, shell.Option{Value: grade, Label: option(ctx, p.register(registerPlan), "plan_grade", grade)})
	}
	g, err := p.readGround(ctx, standing.Period)
	if err != nil {
		return err
	}
	all, err := p.lines(ctx, standing, g)
	if err != nil {
		return err
	}
	for _, l := range all {
		if l.grade == v.grade {
			v.lines = append(v.lines, l)
			v.waiting += l.taken.sum(statesChecking...)
			v.take += l.taken.sum("qualified")
		}
	}
	title := shell.Text(ctx, "admission.draw.name", message.Args{"unit": standing.Unit.Name, "year": year(standing.Period),
		"grade": option(ctx, p.register(registerPlan), "plan_grade", v.grade)})
	v.values = url.Values{"title": {title}, "hour": {"09:00"}}
	page := shell.Page{Title: shell.Text(ctx, "admission.draw.title"), Lead: standing.Unit.Name + " · " + shell.Text(ctx, "admission.page.season", message.Args{"year": year(standing.Period)}),
		Word: "draw", Trail: trail(ctx)}
	return shell.Render(w, r, status, page, drawNew(v))
}

func gradeAsked(r *http.Request) string {
	if r.FormValue("grade") == gradeSeven {
		return gradeSeven
	}
	return gradeOne
}

// DrawCreate freezes the applications and prepares the draw. Sources and time can still be changed on its page.
func (p *Pages) DrawCreate(w http.ResponseWriter, r *http.Request) error {
	standing, err := p.stand(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	if !mayDraw(ctx, standing.Unit.Code) {
		return shell.NoRight
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	draft, err := p.draft(ctx, r, standing)
	var made ceremony.Draw
	if err == nil {
		made, err = p.draws.Prepare(ctx, shell.From(ctx).Actor, draft)
	}
	if faults := fault.Of(err); len(faults) > 0 {
		return p.drawForm(w, r, http.StatusUnprocessableEntity, shell.Form{Values: r.PostForm, Faults: faults})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, "/draw/"+url.PathEscape(made.ID), "admission.draw.made", message.Args{"count": shell.Count(len(draft.Roster))})
	return nil
}

func (p *Pages) draft(ctx context.Context, r *http.Request, standing shell.Standing) (ceremony.Draft, error) {
	grade := gradeAsked(r)
	var faults fault.List
	if r.PostForm.Get("without") == "" {
		of, query := p.register(registerApplication), ofSeason(standing.Period, grade)
		query.Under = standing.Unit.Code
		tally, err := p.records.Tally(ctx, of, record.Query{Query: query})
		if err != nil {
			return ceremony.Draft{}, err
		}
		if n := (taken{states: tally}).sum(statesChecking...); n > 0 {
			faults.Add(fault.At(fault.Place{Column: "without"}, "admission.draw.undecided", message.Args{"count": shell.Count(n)}))
		}
	}
	secret, err := p.draws.NewSecret()
	if err != nil {
		return ceremony.Draft{}, err
	}
	made, err := p.freeze(ctx, standing, grade, secret)
	if wrong := fault.Of(err); wrong != nil {
		faults.Add(wrong...)
	} else if err != nil {
		return ceremony.Draft{}, err
	}
	draft := about(r.PostForm)
	draft.Kind, draft.Unit, draft.Setup, draft.Rules, draft.Lines, draft.Secret, draft.Roster = ceremony.Admit, standing.Unit.Code, made.Setup, made.Rules, made.Lines, secret, made.Roster
	draft.Sources = []ceremony.Source{{Kind: draw.Witness, Text: strconv.Itoa(witnesses)}}
	return draft, faults.Err()
}

// about reads what every draw says.
func about(form url.Values) ceremony.Draft {
	draft := ceremony.Draft{Title: form.Get("title"), Place: form.Get("place")}
	if held, err := time.ParseInLocation("2006-01-02 15:04", form.Get("held")+" "+strings.TrimSpace(form.Get("hour")), period.Beijing); err == nil {
		draft.Held = held
	}
	return draft
}
