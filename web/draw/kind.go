package draw

import (
	"context"
	"encoding/json"
	"net/url"

	"github.com/a-h/templ"

	core "jiaoheng/draw"
	"jiaoheng/draw/ceremony"
	"jiaoheng/web/shell"
)

// ask is a table that is handed over for a kind of draw.
type ask struct {
	name     string // also names its texts
	required bool
}

// shown is what the pages know of a draw when they show the part of its kind.
type shown struct {
	d           ceremony.Draw
	rules       []core.Rule
	lines       []string
	labels      []ceremony.Label
	result      []string
	certificate json.RawMessage
	runs        bool
}

// kind is what a kind of draw adds to the pages.
type kind interface {
	// asks are the tables that are handed over.
	asks() []ask
	// form is the choices of the rules, once the tables are there.
	form(v rulesView) templ.Component
	// freeze makes rules and lines of the tables and the choices; faults name what is wrong with either.
	freeze(ctx context.Context, tables map[string]ceremony.Table, choices url.Values, secret core.Secret) (ceremony.Frozen, error)
	// part shows what was frozen, and after the draw what came out.
	part(ctx context.Context, s shown) templ.Component
	// figures stand on the screen of the hall after the draw.
	figures(ctx context.Context, s shown) []shell.Figure
	// said are the sentences of the certificate, in the language of ctx.
	said(ctx context.Context, s shown) []string
	// given tells what each line got, by its second field.
	given(ctx context.Context, result []string) map[string]string
}

// kindPart is the part of the page of a draw that its kind adds, nil when nothing is frozen.
func (p *Pages) kindPart(ctx context.Context, d ceremony.Draw) (templ.Component, error) {
	one, known := kinds[d.Kind]
	if !known || !d.Frozen {
		return nil, nil
	}
	s, err := p.shown(ctx, d)
	if err != nil {
		return nil, err
	}
	return one.part(ctx, s), nil
}

func (p *Pages) shown(ctx context.Context, d ceremony.Draw) (shown, error) {
	s := shown{d: d, runs: mayRun(ctx, d)}
	var err error
	actor := actorOf(ctx)
	if s.rules, s.lines, err = p.desk.Lines(ctx, actor, d.ID); err != nil {
		return s, err
	}
	if s.labels, err = p.desk.Labels(ctx, actor, d.ID); err != nil || !d.Finished() {
		return s, err
	}
	proof, err := p.desk.Proof(ctx, actor, d.ID)
	if err != nil {
		return s, err
	}
	s.result = proof.Result
	s.certificate, err = p.desk.Certificate(ctx, actor, d.ID)
	return s, err
}

// hallResult is what stands on the screen of the hall after the draw.
func (p *Pages) hallResult(ctx context.Context, d ceremony.Draw) ([]shell.Figure, error) {
	one, known := kinds[d.Kind]
	if !known {
		return []shell.Figure{{Label: text(ctx, "lines"), Value: shell.Count(d.Lines)}}, nil
	}
	s, err := p.shown(ctx, d)
	if err != nil {
		return nil, err
	}
	return one.figures(ctx, s), nil
}

// givenTo is what each line got, by its second field.
func givenTo(ctx context.Context, name string, result []string) map[string]string {
	if one, known := kinds[name]; known {
		return one.given(ctx, result)
	}
	return pairs(result)
}

// pairs reads results of the form who;what.
func pairs(result []string) map[string]string {
	got := map[string]string{}
	for _, line := range result {
		who, what := cut(line)
		got[who] = what
	}
	return got
}

// label is the text behind a code, or the code.
func (s shown) label(code string) string {
	for _, one := range s.labels {
		if one.Code == code {
			return one.Text
		}
	}
	return code
}
