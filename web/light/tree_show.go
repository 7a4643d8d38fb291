package light

import (
	"cmp"
	"net/http"
	"slices"

	"jiaoheng/message"
	"jiaoheng/plan/target"
	"jiaoheng/web/shell"
)

// Tree shows the plan as a tree: chapters, goals, targets, tasks and projects, each with its light or its state.
func (p *Pages) Tree(w http.ResponseWriter, r *http.Request) error {
	t, lines, err := p.readTree(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	t.groups = grow(lines, t.filter.any() || len(lines) <= openLines, t.rolled)
	args := message.Args{"unit": t.unit, "plan": t.plan.Title, "day": t.day}
	page := shell.Page{Title: shell.Text(ctx, "light.tree.title"), Lead: shell.Text(ctx, "light.tree.lead", args), Word: "plan", Styles: []string{"light.css"},
		Trail:  []shell.Link{{Label: shell.Text(ctx, "plan.title"), Address: "/plan"}, {Label: t.plan.Title, Address: planAddress(t.plan.ID)}},
		Source: shell.Text(ctx, "light.tree.source", args), Actions: treeActions(t)}
	return shell.Render(w, r, http.StatusOK, page, treePage(t))
}

// openLines is how many lines a tree may have to be shown unfolded as a whole.
const openLines = 40

// readTree reads the address and writes the lines that its filter leaves, in the order of the text.
func (p *Pages) readTree(r *http.Request) (treeView, []leafLine, error) {
	ctx := r.Context()
	s, err := p.open(r)
	if err != nil {
		return treeView{}, nil, err
	}
	with, err := p.sceneOf(ctx, s)
	if err != nil {
		return treeView{}, nil, err
	}
	outline, err := p.outlines.Of(ctx, s.plan.Plan.ID)
	if err != nil {
		return treeView{}, nil, err
	}
	t := treeView{plan: s.plan.Plan, unit: s.view.Tree.At(s.number).Name, filter: readFilter(r.URL.Query()), day: s.view.Day.Text(with.language), rolled: func(counts target.Counts) target.Light {
		return target.Together(counts, s.view.Rules).Light
	}}
	t.rule = append(t.rule, s.plan.Rollup(s.number, nil).Rule(with.language), message.Text(with.language, "light.rule.lights", nil))
	var lines []leafLine
	leads := map[string]string{}
	for _, node := range nodesInOrder(outline.Nodes) {
		line := with.line(node)
		if line.leadCode != "" {
			leads[line.leadCode] = line.lead
		}
		if !slices.Contains(t.stages, line.stage) {
			t.stages = append(t.stages, line.stage)
		}
		if !t.filter.holds(line) {
			continue
		}
		lines = append(lines, line)
		if line.light != target.NoTarget {
			t.counts[line.light]++
			t.targets++
		} else {
			t.others++
		}
	}
	for code, name := range leads {
		t.leads = append(t.leads, shell.Option{Value: code, Label: name})
	}
	slices.SortFunc(t.leads, func(a, b shell.Option) int { return cmp.Compare(a.Value, b.Value) })
	return t, lines, nil
}
