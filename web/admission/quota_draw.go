package admission

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/draw"
	"jiaoheng/draw/ceremony"
	engine "jiaoheng/draw/quota"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// QuotaDraw prepares the division for its publication. Where several schools have equal claims on a last place, witnesses make the
// seed; without such ties nothing is random.
func (p *Pages) QuotaDraw(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := r.ParseForm(); err != nil {
		return err
	}
	p.fromPost(r)
	v, q, err := p.quota(r)
	if err != nil {
		return err
	}
	if !v.decide {
		return shell.NoRight
	}
	faults := v.faults
	if v.empty {
		faults.Add(fault.New("admission.quota.empty", nil))
	}
	made, err := p.prepareQuota(ctx, r, v, q, faults)
	if wrong := fault.Of(err); wrong != nil {
		v.form = shell.Form{Values: r.PostForm, Faults: wrong}
		return p.quotaPage(w, r, http.StatusUnprocessableEntity, v)
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, "/draw/"+url.PathEscape(made.ID), "admission.quota.made", nil)
	return nil
}

func (p *Pages) prepareQuota(ctx context.Context, r *http.Request, v quotaView, q quotaInput, faults fault.List) (ceremony.Draw, error) {
	if len(faults) > 0 {
		return ceremony.Draw{}, faults
	}
	secret, err := p.draws.NewSecret()
	if err != nil {
		return ceremony.Draw{}, err
	}
	draft := about(r.PostForm)
	if draft.Rules, draft.Lines, err = engine.Frozen(q.in, secret); err != nil {
		return ceremony.Draw{}, err
	}
	draft.Kind, draft.Unit, draft.Secret = ceremony.Quota, v.Unit.Code, secret
	draft.Setup = setup{Season: v.Period.String(), Names: q.names}
	if v.c.LotTies > 0 {
		draft.Sources = []ceremony.Source{{Kind: draw.Witness, Text: strconv.Itoa(witnesses)}}
	}
	return p.draws.Prepare(ctx, shell.From(ctx).Actor, draft)
}

// quotaDraws are the draws of quotas of the season that the present post may see.
func (p *Pages) quotaDraws(ctx context.Context, s shell.Standing) ([]ceremony.Draw, error) {
	all, err := p.draws.List(ctx, shell.From(ctx).Actor, ceremony.Query{Kind: ceremony.Quota})
	return slices.DeleteFunc(all, func(d ceremony.Draw) bool {
		var made setup
		return json.Unmarshal(d.Setup, &made) != nil || made.Season != s.Period.String()
	}), err
}

// allotted is a division that has its result.
type allotted struct {
	d         ceremony.Draw
	sentences []string
	seniors   []seniorView
	schools   shell.Table
	decide    bool
	written   bool
	list      string
	form      shell.Form
}

// divided computes the division again from the proof that stands in the store.
func (p *Pages) divided(ctx context.Context, d ceremony.Draw, s setup, language message.Language) (engine.Certificate, error) {
	proof, err := p.draws.Proof(ctx, shell.From(ctx).Actor, d.ID)
	if err != nil {
		return engine.Certificate{}, err
	}
	announced, seed, err := proof.Check()
	if err != nil {
		return engine.Certificate{}, err
	}
	result, err := engine.Draw(announced, proof.Lines, seed)
	if err != nil {
		return engine.Certificate{}, err
	}
	return result.Certificate(announced.Origin(), d.Commitment, s.Names, language), nil
}

// QuotaResult shows a division that has its result, and whether it stands in the register.
func (p *Pages) QuotaResult(w http.ResponseWriter, r *http.Request) error {
	return p.quotaResult(w, r, http.StatusOK, shell.Form{})
}

func (p *Pages) quotaResult(w http.ResponseWriter, r *http.Request, status int, form shell.Form) error {
	ctx := r.Context()
	d, s, err := p.drawn(r, ceremony.Quota)
	if err != nil {
		return err
	}
	v := allotted{d: d, decide: mayQuota(ctx, d.Unit), form: form, list: shell.There("/register/"+registerAllotment, d.Unit, seasonOf(s))}
	if d.Finished() {
		c, err := p.divided(ctx, d, s, shell.From(ctx).Language)
		if err != nil {
			return err
		}
		var shown quotaView
		shown.c = c
		shown.fill(ctx, quotaInput{})
		v.sentences, v.seniors, v.schools = c.Sentences, shown.seniors, shown.schools
		if v.written, err = p.isWritten(ctx, d, s); err != nil {
			return err
		}
	}
	page := shell.Page{Title: d.Title, Lead: shell.Text(ctx, "admission.quota.result"), Word: "draw", Trail: append(trail(ctx),
		shell.Link{Label: shell.Text(ctx, "admission.quota.title"), Address: shell.There("/admission/quota", d.Unit, seasonOf(s))})}
	return shell.Render(w, r, status, page, quotaResult(v))
}

// seasonOf is the season of a draw; this package wrote it.
func seasonOf(s setup) period.Period {
	season, _ := period.Parse(s.Season)
	return season
}

// isWritten tells whether the rows of a division stand in the register: they hold its digest.
func (p *Pages) isWritten(ctx context.Context, d ceremony.Draw, s setup) (bool, error) {
	digest := register.TextCell(d.Digest)
	n, err := p.store.RegisterCount(ctx, p.register(registerAllotment), register.Query{Period: seasonOf(s), Under: d.Unit, Filters: []register.Filter{{Column: "quota_digest", Is: &digest}}})
	return n > 0, err
}

// QuotaWrite writes a published division into the register of allotted places, each with its reason and the digest of the proof.
func (p *Pages) QuotaWrite(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, s, err := p.drawn(r, ceremony.Quota)
	if err != nil {
		return err
	}
	if !mayQuota(ctx, d.Unit) {
		return shell.NoRight
	}
	if d.State != ceremony.Published {
		return p.quotaResult(w, r, http.StatusUnprocessableEntity, shell.Form{Faults: fault.List{fault.New("admission.result.unpublished", nil)}})
	}
	c, err := p.divided(ctx, d, s, message.Chinese)
	if err != nil {
		return err
	}
	view := shell.From(ctx)
	of := p.register(registerAllotment)
	var batch register.Batch
	for _, share := range c.Shares {
		row := register.Row{Unit: share.Junior, Period: seasonOf(s), Cells: make([]register.Cell, len(of.Columns)), Origin: register.Origin{Kind: "form", Person: view.Actor.Post.Person, At: view.Now}}
		register.Put(of, &row, "quota_senior", register.TextCell(share.Senior))
		register.Put(of, &row, "quota_places", register.Cell{Known: true, Number: float64(share.Places)})
		register.Put(of, &row, "quota_why", register.TextCell(share.Sentence))
		register.Put(of, &row, "quota_digest", register.TextCell(d.Digest))
		batch.Rows = append(batch.Rows, row)
	}
	err = action.Do(ctx, p.store, view.Actor, action.Write{Name: "admission.action.allot", Thing: access.Thing{Class: access.Fact, Unit: person.At(view.Tree, d.Unit), Subject: subject},
		Do: func(ctx context.Context, _ action.Tx) error {
			_, err := p.store.RegisterUpsert(ctx, of, batch)
			return err
		}})
	if faults := fault.Of(err); faults != nil {
		return p.quotaResult(w, r, http.StatusUnprocessableEntity, shell.Form{Faults: few(faults)})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, "/admission/quota/draw/"+d.ID, "admission.quota.written", message.Args{"count": shell.Count(len(batch.Rows))})
	return nil
}
