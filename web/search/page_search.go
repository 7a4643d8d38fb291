package search

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// Limits of a search.
const (
	maxText = 50 // characters; what is longer is cut
	maxHits = 20
)

// Source gives the plans in force.
type Source interface {
	Plans(ctx context.Context) ([]plan.Plan, error)
	PlanVersion(ctx context.Context, plan string, number int) (plan.Version, error)
}

// hit is one thing found. A lower rank comes first.
type hit struct {
	name, note, address string
	rank                int
}

// group is the hits of one kind.
type group struct {
	word string
	hits []hit
	all  int
}

// Rules names indicators and registers.
type Rules interface{ Scope() *pack.Scope }

// Board gives the snapshot of how targets stand.
type Board interface {
	View(ctx context.Context) (*target.View, error)
}

// Find shows what holds the text of the address.
func Find(source Source, rules Rules, living Rows, board Board) shell.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		ctx := r.Context()
		text := strings.Join(strings.Fields(r.URL.Query().Get("text")), " ")
		if letters := []rune(text); len(letters) > maxText {
			text = string(letters[:maxText])
		}
		var groups []group
		if text != "" {
			var err error
			if groups, err = find(ctx, source, rules.Scope(), board, strings.Fields(strings.ToLower(text))); err != nil {
				return err
			}
			if shell.May(ctx, access.See, access.Record) {
				found, err := rows(ctx, living, strings.Fields(text))
				if err != nil {
					return err
				}
				if found.all > 0 {
					groups = append(groups, found)
				}
			}
		}
		shell.From(ctx).Search = text
		page := shell.Page{Title: shell.Text(ctx, "search.title"), Lead: lead(ctx, text, groups)}
		return shell.Render(w, r, http.StatusOK, page, results(text, groups))
	}
}

func lead(ctx context.Context, text string, groups []group) string {
	if text == "" {
		return shell.Text(ctx, "search.lead")
	}
	all := 0
	for _, one := range groups {
		all += one.all
	}
	return shell.Text(ctx, "search.found", message.Args{"text": text, "count": shell.Count(all)})
}

func find(ctx context.Context, source Source, scope *pack.Scope, board Board, words []string) ([]group, error) {
	var groups []group
	if shell.May(ctx, access.See, access.Structure) {
		groups = append(groups, cut("unit", units(ctx, words)))
	}
	if shell.MayStand(ctx, access.Fact) {
		groups = append(groups, cut("indicator", indicators(ctx, scope, words)), cut("register", registers(ctx, scope, words)))
	}
	if shell.May(ctx, access.See, access.Plan) {
		plans, kinds, err := inPlans(ctx, source, board, words)
		if err != nil {
			return nil, err
		}
		groups = append(groups, cut("plan", plans))
		for _, kind := range []plan.Kind{plan.Target, plan.Task, plan.Project, plan.Mechanism, plan.Fact} {
			groups = append(groups, cut(string(kind), kinds[kind]))
		}
	}
	return slices.DeleteFunc(groups, func(one group) bool { return one.all == 0 }), nil
}

// cut orders hits by rank, those of one rank as they came, and keeps the first maxHits.
func cut(word string, hits []hit) group {
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(a.rank, b.rank) })
	return group{word: word, hits: hits[:min(len(hits), maxHits)], all: len(hits)}
}

// title is the word for the kind of a group.
func (g group) title(ctx context.Context) string {
	if slices.Contains([]string{"unit", "plan", "indicator", "register", "row"}, g.word) {
		return shell.Text(ctx, "search.kind."+g.word)
	}
	return shell.Text(ctx, "plan.kind."+g.word)
}

// holds tells whether every word stands in text.
func holds(text string, words []string) bool {
	text = strings.ToLower(text)
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func units(ctx context.Context, words []string) []hit {
	tree := shell.From(ctx).Tree
	var hits []hit
	for n := range tree.Len() {
		one := tree.At(n)
		if one.Kind == unit.Section || !holds(one.Name+" "+one.Code, words) {
			continue
		}
		above := one.Code
		if parent := tree.Parent(n); parent >= 0 {
			above = tree.At(parent).Name + " · " + one.Code
		}
		hits = append(hits, hit{name: one.Name, note: above, address: unitAddress(ctx, one, n), rank: len([]rune(one.Name))})
	}
	return hits
}

// unitAddress is the page of a school or an office where the post may see it, else that of the list of units.
func unitAddress(ctx context.Context, one unit.Unit, number int) string {
	if one.Kind == unit.Office && plan.MaySee(shell.From(ctx).Actor.Post) || (one.Kind == unit.School || one.Kind == unit.Kindergarten) && shell.MayLook(ctx, number) {
		return shell.UnitPage(one)
	}
	return "/admin/unit/" + url.PathEscape(one.Code)
}

// indicators are found by title in either language, code and name.
func indicators(ctx context.Context, scope *pack.Scope, words []string) []hit {
	var hits []hit
	for _, i := range scope.Indicators() {
		title := i.Title.In(shell.From(ctx).Language)
		if !holds(strings.Join([]string{i.Title.Chinese, i.Title.English, i.Code, i.Name}, " "), words) {
			continue
		}
		note := i.Source.Document
		if i.Code != "" {
			note = i.Code + " · " + note
		}
		hits = append(hits, hit{name: title, note: note, address: "/indicator/" + i.Name, rank: len([]rune(title))})
	}
	return hits
}

// registers are found by their titles, and by those of their columns.
func registers(ctx context.Context, scope *pack.Scope, words []string) []hit {
	var hits []hit
	for _, r := range scope.Registers() {
		title, address := r.Title.In(shell.From(ctx).Language), "/register/"+r.Name
		if holds(r.Title.Chinese+" "+r.Title.English, words) {
			hits = append(hits, hit{name: title, note: r.Source.Document, address: address})
			continue
		}
		for _, c := range r.Columns {
			if holds(c.Title.Chinese+" "+c.Title.English, words) {
				hits = append(hits, hit{name: c.Title.In(shell.From(ctx).Language), note: title, address: address, rank: 1})
			}
		}
	}
	return hits
}

// inPlans finds plans and what they say. A target leads to its page and tells its light, everything else to its paragraph.
func inPlans(ctx context.Context, source Source, board Board, words []string) (plans []hit, kinds map[plan.Kind][]hit, err error) {
	kinds = map[plan.Kind][]hit{}
	view, err := board.View(ctx)
	if err != nil {
		return nil, nil, err
	}
	all, err := source.Plans(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, one := range all {
		address := "/plan/adopted/" + one.ID
		if holds(one.Title, words) {
			plans = append(plans, hit{name: one.Title, note: one.Region, address: address})
		}
		version, err := source.PlanVersion(ctx, one.ID, one.Versions)
		if err != nil {
			return nil, nil, err
		}
		for _, node := range version.Content.Nodes {
			name := cmp.Or(strings.TrimSpace(node.Item().Name()), node.Sentence)
			rank := 0
			if !holds(name, words) {
				rank = 1
				if !holds(name+" "+node.Sentence, words) {
					continue
				}
			}
			kinds[node.Kind] = append(kinds[node.Kind], standingOf(ctx, view, hit{name: name, note: one.Title, address: address + "/node/" + node.ID, rank: rank}, one.ID, node))
		}
	}
	return plans, kinds, nil
}

// standingOf makes a hit lead to the page of the target that it is, with its light in the plan's own unit.
func standingOf(ctx context.Context, view *target.View, found hit, id string, node plan.Node) hit {
	p, known := view.Plan(id)
	if !known || node.Kind != plan.Target {
		return found
	}
	for t, one := range p.Targets() {
		if one.Node.ID == node.ID {
			found.address = shell.TargetAddress(id, one.Track, "")
			if shell.MayLook(ctx, p.HomeNumber()) {
				found.note += " · " + p.Light(t, p.HomeNumber()).Text(shell.From(ctx).Language)
			}
		}
	}
	return found
}
