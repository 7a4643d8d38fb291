package admission

import (
	"context"
	"net/http"
	"net/url"

	"jiaoheng/access"
	"jiaoheng/draw/ceremony"
	engine "jiaoheng/draw/quota"
	"jiaoheng/export/xlsx"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/person"
	"jiaoheng/unit"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// quotaView is what the page of quotas shows.
type quotaView struct {
	shell.Standing
	asked     asked
	methods   []shell.Option
	empty     bool
	faults    fault.List
	form      shell.Form // of the draw
	title     string
	c         engine.Certificate
	sentences []string
	seniors   []seniorView
	schools   shell.Table
	mine      shell.Table // of a school: the places that it got
	draws     []ceremony.Draw
	decide    bool
	write     bool
}

// seniorView is one senior school with the shares of the junior schools.
type seniorView struct {
	name  string
	table shell.Table
}

// quota reads the page as the address asks for it.
func (p *Pages) quota(r *http.Request) (quotaView, quotaInput, error) {
	standing, err := p.stand(r)
	if err != nil {
		return quotaView{}, quotaInput{}, err
	}
	ctx := r.Context()
	v := quotaView{Standing: standing, decide: mayQuota(ctx, standing.Unit.Code), write: mayWrite(ctx, access.Fact, standing.Unit.Code)}
	for _, method := range []string{engine.Hamilton, engine.Webster} {
		v.methods = append(v.methods, shell.Option{Value: method, Label: shell.Text(ctx, "admission.quota."+method)})
	}
	v.asked = p.ask(r.URL.Query(), standing.Period, codesAbove(shell.From(ctx).Tree, standing.Number))
	v.title = shell.Text(ctx, "admission.quota.name", message.Args{"unit": standing.Unit.Name, "year": year(standing.Period)})
	q, err := p.readQuota(ctx, standing)
	if err != nil {
		return v, q, err
	}
	if v.draws, err = p.quotaDraws(ctx, standing); err != nil {
		return v, q, err
	}
	if standing.Unit.Kind == unit.School {
		if v.mine, err = p.allotments(ctx, standing); err != nil {
			return v, q, err
		}
	}
	if v.empty = len(q.in.Seniors) == 0 || len(q.in.Juniors) == 0; v.empty {
		return v, q, nil
	}
	if v.faults = q.state(v.asked); v.faults != nil {
		return v, q, nil
	}
	v.c, err = q.divide(v.title, shell.From(ctx).Language)
	if v.faults = fault.Of(err); v.faults != nil {
		return v, q, nil
	}
	v.sentences = v.c.Sentences
	v.fill(ctx, q)
	return v, q, err
}

// mayQuota tells whether the present post prepares a draw of quotas for a unit.
func mayQuota(ctx context.Context, code string) bool {
	view := shell.From(ctx)
	return mayDecide(ctx, code) && ceremony.MayRun(view.Tree, view.Actor.Post, ceremony.Quota, code) &&
		access.May(view.Actor.Post, access.Change, access.Thing{Class: access.Fact, Unit: person.At(view.Tree, code), Subject: subject})
}

// fill puts the certificate into tables.
func (v *quotaView) fill(ctx context.Context, q quotaInput) {
	for _, s := range v.c.Seniors {
		one := seniorView{name: s.Name, table: shareTable(ctx, s, v.c)}
		one.table.Count = shell.Text(ctx, "admission.quota.senior", message.Args{"places": shell.Count(s.Places), "quota": shell.Count(s.Quota), "share": s.QuotaPercent})
		v.seniors = append(v.seniors, one)
	}
	v.schools = juniorTable(ctx, v.c)
}

// shareTable shows how the places of one senior school come about.
func shareTable(ctx context.Context, s engine.SeniorFigures, c engine.Certificate) shell.Table {
	say := func(word string) string { return shell.Text(ctx, "admission.quota.column."+word) }
	t := shell.Table{Caption: s.Name, Columns: []shell.Column{{Title: say("junior")}, {Title: say("graduates"), Unit: shell.Text(ctx, "admission.measure"), Align: shell.Figures},
		{Title: say("claim"), Align: shell.Figures}, {Title: say("whole"), Align: shell.Figures}, {Title: say("step"), Align: shell.Short}, {Title: say("places"), Align: shell.Figures}, {Title: say("why")}}}
	juniors := map[string]engine.JuniorFigures{}
	for _, j := range c.Juniors {
		juniors[j.ID] = j
	}
	graduates, places := 0, 0
	for _, share := range c.Shares {
		if share.Senior != s.ID {
			continue
		}
		j := juniors[share.Junior]
		graduates, places = graduates+j.Graduates, places+share.Places
		t.Rows = append(t.Rows, []shell.Cell{{Text: j.Name, Note: rural(ctx, j.Rural)}, {Text: shell.Count(j.Graduates)}, {Text: share.Decimal, Note: share.Claim},
			{Text: wholeOf(share.Decimal)}, {Text: step(ctx, share)}, {Text: shell.Count(share.Places)}, {Body: whole(share.Sentence)}})
	}
	t.Total = []shell.Cell{{Text: shell.Text(ctx, "admission.page.total")}, {Text: shell.Count(graduates)}, {}, {}, {}, {Text: shell.Count(places)}, {}}
	return t
}

// wholeOf is a decimal number without its fraction.
func wholeOf(decimal string) string {
	for i, r := range decimal {
		if r == '.' {
			return decimal[:i]
		}
	}
	return decimal
}

// step says what was done with the fraction.
func step(ctx context.Context, share engine.ShareFigures) string {
	switch {
	case share.Fixed == "least":
		return shell.Text(ctx, "admission.quota.step.least")
	case share.Fixed == "most":
		return shell.Text(ctx, "admission.quota.step.most")
	case share.Lot:
		return shell.Text(ctx, "admission.quota.step.lot")
	case share.Last:
		return shell.Text(ctx, "admission.quota.step.up")
	}
	return shell.Text(ctx, "admission.quota.step.none")
}

func rural(ctx context.Context, is bool) string {
	if is {
		return shell.Text(ctx, "admission.quota.rural")
	}
	return ""
}

// juniorTable shows what each junior school gets in all.
func juniorTable(ctx context.Context, c engine.Certificate) shell.Table {
	say := func(word string) string { return shell.Text(ctx, "admission.quota.column."+word) }
	t := shell.Table{Caption: shell.Text(ctx, "admission.quota.all"), Columns: []shell.Column{{Title: say("junior")}, {Title: say("setting"), Align: shell.Short},
		{Title: say("graduates"), Unit: shell.Text(ctx, "admission.measure"), Align: shell.Figures}, {Title: say("places"), Align: shell.Figures}, {Title: say("per_hundred"), Align: shell.Figures}}}
	graduates, places := 0, 0
	for _, j := range c.Juniors {
		graduates, places = graduates+j.Graduates, places+j.Places
		t.Rows = append(t.Rows, []shell.Cell{{Text: j.Name}, {Text: rural(ctx, j.Rural)}, {Text: shell.Count(j.Graduates)}, {Text: shell.Count(j.Places)}, {Text: j.PerCent}})
	}
	t.Total = []shell.Cell{{Text: shell.Text(ctx, "admission.page.total")}, {}, {Text: shell.Count(graduates)}, {Text: shell.Count(places)}, {}}
	return t
}

// Quota shows the division of the places of key senior schools among junior schools, and answers what another share, method or
// least number would give.
func (p *Pages) Quota(w http.ResponseWriter, r *http.Request) error {
	v, _, err := p.quota(r)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if len(v.faults) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return p.quotaPage(w, r, status, v)
}

func (p *Pages) quotaPage(w http.ResponseWriter, r *http.Request, status int, v quotaView) error {
	ctx := r.Context()
	page := shell.Page{Title: shell.Text(ctx, "admission.quota.title"), Lead: v.Unit.Name + " · " + shell.Text(ctx, "admission.quota.season", message.Args{"year": year(v.Period)}), Word: "draw", Styles: []string{"admission.css"},
		Source: shell.Text(ctx, "admission.quota.source"), Trail: trail(ctx), Actions: quotaActions(v)}
	return shell.Render(w, r, status, page, quotaShow(v))
}

// QuotaPart answers while somebody types.
func (p *Pages) QuotaPart(w http.ResponseWriter, r *http.Request) error {
	v, _, err := p.quota(r)
	if err != nil {
		return err
	}
	return shell.RenderPart(w, r, http.StatusOK, quotaAnswer(v))
}

// here is an address of the page with what the form says.
func (v quotaView) here(ctx context.Context, part string) string {
	return shell.Here(ctx, "/admission/quota"+part+"?"+v.asked.values().Encode())
}

// QuotaExport gives out every share of the division that is shown, with its claim and its reason.
func (p *Pages) QuotaExport(w http.ResponseWriter, r *http.Request) error {
	v, _, err := p.quota(r)
	if err != nil {
		return err
	}
	if err := v.faults.Err(); err != nil {
		return err
	}
	ctx := r.Context()
	file := registerpages.File{Name: v.title}
	for _, word := range []string{"senior", "junior", "graduates", "claim", "exact", "whole", "step", "places", "why"} {
		number := word == "graduates" || word == "claim" || word == "whole" || word == "places"
		file.Head = append(file.Head, xlsx.TableColumn{Heading: shell.Text(ctx, "admission.quota.column."+word), Number: number})
	}
	return file.GiveOut(w, ctx, func(write func(line []string) error) error {
		for _, share := range v.c.Shares {
			graduates := ""
			for _, j := range v.c.Juniors {
				if j.ID == share.Junior {
					graduates = shell.Count(j.Graduates)
				}
			}
			line := []string{v.c.Names[share.Senior], v.c.Names[share.Junior], graduates, share.Decimal, share.Claim, wholeOf(share.Decimal), step(ctx, share), shell.Count(share.Places), share.Sentence}
			if err := write(line); err != nil {
				return err
			}
		}
		return nil
	})
}

// fromPost reads the form out of the body of a post, so that the page that refuses it shows the same division.
func (p *Pages) fromPost(r *http.Request) {
	query := r.URL.Query()
	for _, name := range []string{fieldMethod, fieldShare, fieldLeast, fieldRural} {
		if r.PostForm.Has(name) {
			query.Set(name, r.PostForm.Get(name))
		}
	}
	r.URL.RawQuery = url.Values(query).Encode()
}
