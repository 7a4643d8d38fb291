package draw

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	core "jiaoheng/draw"
	"jiaoheng/draw/ceremony"
	"jiaoheng/draw/class"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// pairKind pairs the classes of a finished draw with teams of teachers. It begins at the page of that draw.
type pairKind struct{}

func (pairKind) asks() []ask                    { return nil }
func (pairKind) form(rulesView) templ.Component { return templ.NopComponent }

func (pairKind) freeze(context.Context, map[string]ceremony.Table, url.Values, core.Secret) (ceremony.Frozen, error) {
	return ceremony.Frozen{}, fault.List{fault.New("draw.page.fault.follows", nil)}
}

// pairView is what the page of a pairing shows.
type pairView struct {
	classes int
	table   shell.Table
}

func (pairKind) part(ctx context.Context, s shown) templ.Component {
	v := pairView{classes: len(s.lines) / 2, table: shell.Table{Caption: text(ctx, "pair_part"), Columns: []shell.Column{{Title: text(ctx, "column.class")}, {Title: text(ctx, "column.teachers")}}}}
	if s.result == nil {
		v.table.Columns = v.table.Columns[1:]
		for _, line := range s.lines[v.classes:] {
			_, team := cut(line)
			v.table.Rows = append(v.table.Rows, []shell.Cell{{Text: team, Written: true}})
		}
		return pairPart(v)
	}
	for _, line := range s.result {
		number, team := cut(line)
		v.table.Rows = append(v.table.Rows, []shell.Cell{{Text: text(ctx, "class_number", message.Args{"class": number})}, {Text: team, Written: true}})
	}
	return pairPart(v)
}

func (pairKind) figures(ctx context.Context, s shown) []shell.Figure {
	return []shell.Figure{{Label: text(ctx, "counted.pairs"), Value: shell.Count(len(s.result))}}
}

func (pairKind) said(ctx context.Context, s shown) []string {
	var all []string
	for _, line := range s.result {
		number, team := cut(line)
		all = append(all, text(ctx, "class_number", message.Args{"class": number})+"："+team)
	}
	return append(all, shell.Text(ctx, "draw.pair_said", message.Args{"classes": len(s.result)}))
}

func (pairKind) given(_ context.Context, result []string) map[string]string { return pairs(result) }

func runPair(a core.Announcement, lines []string, seed core.Seed) ([]string, any, error) {
	result, err := class.PairLines(a, lines, seed)
	if err != nil {
		return nil, nil, err
	}
	return result, class.CertifyPair(a, len(result), message.Chinese), nil
}

// pairField is the field for the teams, one a line.
func pairField(ctx context.Context, v showView) shell.Field {
	field := shell.Field{Name: "teams", Kind: "area", Label: text(ctx, "teams_label"), Help: text(ctx, "teams_help"), Required: true, Rows: 6, Limit: 20_000}
	if v.turn == "pair" {
		return field.From(ctx, v.form)
	}
	return field
}

// PairNew prepares the pairing of the classes of a draw with teams of teachers.
func (p *Pages) PairNew(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, err := p.run(r)
	if err != nil {
		return err
	}
	if d.Kind != ceremony.Classes || !d.Finished() {
		return shell.NotFound
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	var teams []string
	for _, line := range strings.FieldsFunc(r.PostForm.Get("teams"), func(r rune) bool { return r == '\n' || r == '；' }) {
		if line = strings.TrimSpace(line); line != "" {
			teams = append(teams, line)
		}
	}
	made, err := p.paired(ctx, d, teams)
	if faults := fault.Of(err); len(faults) > 0 {
		return p.show(w, r, http.StatusUnprocessableEntity, showView{turn: "pair", form: shell.Form{Values: r.PostForm, Faults: faults}})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, address(made.ID, "/edit"), "draw.page.followed", nil)
	return nil
}

func (p *Pages) paired(ctx context.Context, d ceremony.Draw, teams []string) (ceremony.Draw, error) {
	announced, err := core.ReadAnnouncement(d.Announcement)
	if err != nil {
		return ceremony.Draw{}, err
	}
	classes, err := announced.RuleInt("classes", 1, class.MaxClasses)
	if err != nil {
		return ceremony.Draw{}, err
	}
	if len(teams) != classes {
		return ceremony.Draw{}, fault.List{fault.At(fault.Place{Column: "teams"}, "draw.page.fault.teams", message.Args{"count": len(teams), "classes": classes})}
	}
	rules, lines, err := class.FrozenPair(d.Digest, teams)
	if err != nil {
		return ceremony.Draw{}, err
	}
	return p.desk.Follow(ctx, actorOf(ctx), d.ID, ceremony.Draft{Kind: ceremony.Pair, Place: d.Place, Held: shell.From(ctx).Now.Add(followHours),
		Title: followTitle(d.Title, text(inChinese(ctx), "pair_title"))}, rules, lines, nil)
}
