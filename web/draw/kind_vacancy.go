package draw

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	core "jiaoheng/draw"
	"jiaoheng/draw/ceremony"
	"jiaoheng/draw/lists"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// vacancyKind is the redraw of one seat of a draw from lists. It begins at the page of that draw.
type vacancyKind struct{}

func (vacancyKind) asks() []ask                    { return nil }
func (vacancyKind) form(rulesView) templ.Component { return templ.NopComponent }

func (vacancyKind) freeze(context.Context, map[string]ceremony.Table, url.Values, core.Secret) (ceremony.Frozen, error) {
	return ceremony.Frozen{}, fault.List{fault.New("draw.page.fault.follows", nil)}
}

// vacancyView is what the page of a redraw shows.
type vacancyView struct {
	facts       []shell.Fact
	certificate lists.VacancyCertificate
	drawn       bool
}

func (vacancyKind) part(ctx context.Context, s shown) templ.Component {
	rule := func(key string) string {
		for _, one := range s.rules {
			if one.Key == key {
				return one.Value
			}
		}
		return ""
	}
	candidates := 0
	for _, line := range s.lines {
		if strings.HasSuffix(line, ";candidate") {
			candidates++
		}
	}
	v := vacancyView{drawn: s.result != nil, facts: []shell.Fact{
		{Name: text(ctx, "column.object"), Body: written(s.label(rule("object")))},
		{Name: text(ctx, "seat"), Text: rule("seat")},
		{Name: text(ctx, "leaves"), Body: hash(rule("leaves"))},
		{Name: text(ctx, "reason"), Body: written(rule("reason"))},
		{Name: text(ctx, "candidates"), Text: text(ctx, "people_count", messageCount(candidates))},
	}}
	if v.drawn {
		_ = json.Unmarshal(s.certificate, &v.certificate) // what cannot be read is not shown
		v.facts = append(v.facts, shell.Fact{Name: text(ctx, "takes"), Body: hash(v.certificate.Takes)})
	}
	return vacancyPart(v)
}

func (vacancyKind) figures(ctx context.Context, s shown) []shell.Figure {
	return []shell.Figure{{Label: text(ctx, "candidates"), Value: shell.Count(len(s.result))}}
}

func (vacancyKind) said(_ context.Context, s shown) []string {
	var c lists.VacancyCertificate
	_ = json.Unmarshal(s.certificate, &c) // what cannot be read says nothing
	return c.Sentences
}

func (vacancyKind) given(ctx context.Context, result []string) map[string]string {
	got := map[string]string{}
	for who, rank := range pairs(result) {
		got[who] = text(ctx, "rank", message.Args{"rank": rank})
		if rank == "1" {
			got[who] = text(ctx, "takes_seat")
		}
	}
	return got
}

// chain is a draw from lists with the redraws that followed it.
func (p *Pages) chain(ctx context.Context, d ceremony.Draw) (*lists.Chain, error) {
	proof, err := p.desk.Proof(ctx, actorOf(ctx), d.ID)
	if err != nil {
		return nil, err
	}
	chain, err := lists.NewChain(proof)
	if err != nil {
		return nil, err
	}
	followed, err := p.desk.List(ctx, actorOf(ctx), ceremony.Query{Parent: d.ID, Kind: ceremony.Vacancy})
	if err != nil {
		return nil, err
	}
	followed = slices.DeleteFunc(followed, func(one ceremony.Draw) bool { return !one.Finished() || one.State == ceremony.Withdrawn })
	slices.SortFunc(followed, func(a, b ceremony.Draw) int {
		return a.Steps[ceremony.StepRun].At.Compare(b.Steps[ceremony.StepRun].At)
	})
	for _, one := range followed {
		next, err := p.desk.Proof(ctx, actorOf(ctx), one.ID)
		if err != nil {
			return nil, err
		}
		if err := chain.Add(next); err != nil {
			return nil, err
		}
	}
	return chain, nil
}

// followHours is when a draw that follows another one is proposed to be held.
const followHours = 24 * time.Hour

// Vacate prepares the redraw of one seat.
func (p *Pages) Vacate(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, err := p.run(r)
	if err != nil {
		return err
	}
	if d.Kind != ceremony.Lists || !d.Finished() {
		return shell.NotFound
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	object, person, _ := strings.Cut(r.PostForm.Get("seat"), ";")
	chain, err := p.chain(ctx, d)
	if err != nil {
		return err
	}
	var made ceremony.Draw
	rules, lines, err := chain.Vacate(object, person, strings.TrimSpace(r.PostForm.Get("reason")))
	if err == nil {
		sources := slices.DeleteFunc(slices.Clone(d.Sources), func(s ceremony.Source) bool { return s.Kind != core.Witness })
		made, err = p.desk.Follow(ctx, actorOf(ctx), d.ID, ceremony.Draft{Kind: ceremony.Vacancy, Place: d.Place, Held: shell.From(ctx).Now.Add(followHours), Sources: sources,
			Title: followTitle(d.Title, text(inChinese(ctx), "vacancy_title", message.Args{"object": object}))}, rules, lines, nil)
	}
	if faults := fault.Of(err); len(faults) > 0 {
		return p.show(w, r, http.StatusUnprocessableEntity, showView{turn: "vacate", form: shell.Form{Values: r.PostForm, Faults: faults}})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, address(made.ID, "/edit"), "draw.page.followed", nil)
	return nil
}

// followTitle is the title of a draw that follows another one, within the longest title.
func followTitle(title, tail string) string {
	runes := []rune(title)
	room := ceremony.MaxTitle - len([]rune(tail))
	return string(runes[:max(0, min(len(runes), room))]) + tail
}

// seats are the seats of a draw from lists, for the choice of the one that became vacant.
func (p *Pages) seats(ctx context.Context, d ceremony.Draw) ([]shell.Option, error) {
	s, err := p.shown(ctx, d)
	if err != nil {
		return nil, err
	}
	chain, err := p.chain(ctx, d)
	if err != nil {
		return nil, err
	}
	var options []shell.Option
	for _, team := range chain.Teams() {
		for n, who := range team.Inspectors {
			options = append(options, shell.Option{Value: team.Object + ";" + who, Label: text(ctx, "seat_option",
				message.Args{"object": s.label(team.Object), "seat": n + 1, "who": who[:min(len(who), 10)]})})
		}
	}
	return options, nil
}
