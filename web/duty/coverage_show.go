package duty

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/plan/duty"
	"jiaoheng/plan/target"
	"jiaoheng/web/shell"
)

// coverageView is everything that is open under a plan.
type coverageView struct {
	Table    *duty.Table
	Tabs     []shell.Tab
	Covering duty.Covering
	Years    []yearLine
	Nodes    []shell.Option
	nameOf   func(ctx context.Context, id string) string
}

// yearLine is how the yearly work of one year stands.
type yearLine struct {
	Year  int
	Items int
	Open  int
	Shut  bool
}

// Coverage shows what the text promises and nobody took up, who does not lead, what is not measured, what is left of the years.
func (p *Pages) Coverage(w http.ResponseWriter, r *http.Request) error {
	table, err := p.open(r)
	if err != nil {
		return err
	}
	ctx, id := r.Context(), r.PathValue("plan")
	view := coverageView{Table: table, Tabs: p.tabs(ctx, table.Outline, "coverage"), Nodes: nodeOptions(ctx, table.Outline), nameOf: p.nameOf}
	if view.Covering, err = p.covering(ctx, table); err != nil {
		return err
	}
	for _, year := range table.Outline.Years() {
		if year > table.Day.Year {
			break
		}
		work, err := p.desk.Work(ctx, id, year)
		if err != nil {
			return err
		}
		view.Years = append(view.Years, yearLine{Year: year, Items: len(work.Items), Open: work.Open(), Shut: work.Shut()})
	}
	page := frame(ctx, table.Outline, text(ctx, "coverage.title"))
	return shell.Render(w, r, http.StatusOK, page, coveragePage(view))
}

// covering compares the text of the plan with its nodes.
func (p *Pages) covering(ctx context.Context, table *duty.Table) (duty.Covering, error) {
	id := table.Outline.Plan.ID
	words, err := p.plans.Text(ctx, table.Outline.Version)
	if err != nil {
		return duty.Covering{}, found(err)
	}
	bound, err := target.BindingsInForce(ctx, p.store, id)
	if err != nil {
		return duty.Covering{}, err
	}
	settlements, err := p.store.Settlements(ctx, id)
	if err != nil {
		return duty.Covering{}, err
	}
	held, elsewhere := map[target.Track]duty.Duty{}, map[target.Track]bool{}
	for _, line := range table.Lines {
		if line.Duty.Lead != "" {
			held[line.Node.Track] = line.Duty
		}
		elsewhere[line.Node.Track] = line.Same != nil
	}
	return duty.Coverage(table.Outline, words, held, bound, settlements, elsewhere), nil
}

// nodeOptions are the nodes of a plan to choose from.
func nodeOptions(ctx context.Context, o *duty.Outline) []shell.Option {
	options := []shell.Option{{Label: text(ctx, "no_node")}}
	for _, node := range o.Work() {
		name := []rune(node.Name())
		options = append(options, shell.Option{Value: string(node.Track), Label: plan.KindName(shell.From(ctx).Language, node.Kind) + " · " + string(name[:min(len(name), 40)])})
	}
	return options
}

// figures are the sums above the lists.
func (v coverageView) figures(ctx context.Context) []shell.Figure {
	c := v.Covering
	return []shell.Figure{
		{Label: text(ctx, "coverage.paragraphs"), Value: shell.Count(c.Promising), Note: text(ctx, "coverage.of", message.Args{"count": c.Paragraphs})},
		{Label: text(ctx, "coverage.covered"), Value: shell.Count(c.Covered)},
		{Label: text(ctx, "coverage.settled"), Value: shell.Count(len(c.Settled)), Address: "#settled"},
		{Label: text(ctx, "coverage.open"), Value: shell.Count(len(c.Open)), Address: "#open"},
		{Label: text(ctx, "coverage.unled"), Value: shell.Count(len(c.Unled)), Address: "#unled"},
		{Label: text(ctx, "coverage.unmeasured"), Value: shell.Count(len(c.Unmeasured)), Address: "#unmeasured"},
	}
}

// open is the list of paragraphs that nobody took up, with boxes for those who may decide.
func (v coverageView) open(ctx context.Context) shell.Table {
	table := shell.Table{Caption: text(ctx, "coverage.open"), Count: text(ctx, "coverage.open_count", message.Args{"count": len(v.Covering.Open)})}
	table.Columns = []shell.Column{{Title: text(ctx, "column.paragraph")}, {Title: text(ctx, "column.why")}}
	if mayChange(ctx) {
		table.Columns = append(table.Columns, shell.Column{Title: text(ctx, "column.pick")})
	}
	for _, paragraph := range v.Covering.Open[:min(len(v.Covering.Open), pageRows)] {
		row := []shell.Cell{{Body: paragraphCell(paragraph.Text)}, {Text: why(ctx, paragraph)}}
		if mayChange(ctx) {
			row = append(row, shell.Cell{Body: pick("subject", paragraph.Key, false, text(ctx, "column.paragraph"))})
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// why says by what the paragraph counts as a promise.
func why(ctx context.Context, p duty.Paragraph) string {
	var said []string
	for _, promise := range p.Promises {
		said = append(said, text(ctx, "promise."+string(promise)))
	}
	return strings.Join(said, "、") + "：" + p.Words
}

// settled is the list of paragraphs that a person decided about.
func (v coverageView) settled(ctx context.Context) shell.Table {
	table := shell.Table{Caption: text(ctx, "coverage.settled")}
	for _, word := range []string{"paragraph", "decision", "by", "act"} {
		table.Columns = append(table.Columns, shell.Column{Title: text(ctx, "column."+word)})
	}
	for _, one := range v.Covering.Settled {
		table.Rows = append(table.Rows, []shell.Cell{{Body: paragraphCell(one.Text)}, {Text: decisionText(ctx, one.Settlement, one.Node.Name()), Written: true},
			{Text: v.nameOf(ctx, one.Settlement.By), Note: shell.Moment(ctx, one.Settlement.At)}, {Body: unsettle(v.Table.Outline.Plan.ID, one.Settlement)}})
	}
	return table
}

// decisionText says what a person decided.
func decisionText(ctx context.Context, s duty.Settlement, node string) string {
	switch {
	case s.Node == "":
		return text(ctx, "set_aside", message.Args{"reason": s.Reason})
	case s.Reason == "":
		return text(ctx, "tied", message.Args{"node": node})
	}
	return text(ctx, "tied_because", message.Args{"node": node, "reason": s.Reason})
}

// nodes is a list of nodes that lack something.
func (v coverageView) nodes(ctx context.Context, caption string, nodes []duty.Node, to func(duty.Node) string) shell.Table {
	language := shell.From(ctx).Language
	table := shell.Table{Caption: caption, Columns: []shell.Column{{Title: text(ctx, "column.node")}, {Title: text(ctx, "column.kind")}, {Title: text(ctx, "column.goal")}},
		Count: text(ctx, "coverage.node_count", message.Args{"count": len(nodes)})}
	for _, node := range nodes[:min(len(nodes), pageRows)] {
		table.Rows = append(table.Rows, []shell.Cell{{Text: node.Name(), Address: to(node), Written: true},
			{Text: plan.KindName(language, node.Kind), Note: plan.StageName(language, node.Stage)}, {Text: duty.GoalText(language, node)}})
	}
	return table
}

// excused is the list of targets that a person bound to nothing, with the reasons.
func (v coverageView) excused(ctx context.Context) shell.Table {
	table := shell.Table{Caption: text(ctx, "coverage.excused"), Columns: []shell.Column{{Title: text(ctx, "column.node")}, {Title: text(ctx, "column.reason")}, {Title: text(ctx, "column.by")}}}
	for _, one := range v.Covering.Excused {
		table.Rows = append(table.Rows, []shell.Cell{{Text: one.Node.Name(), Address: v.bindAddress(one.Node), Written: true}, {Text: one.Binding.Reason, Written: true},
			{Text: v.nameOf(ctx, one.Binding.By), Note: shell.Moment(ctx, one.Binding.At)}})
	}
	return table
}

func (v coverageView) dutyAddress(node duty.Node) string {
	return nodeAddress(v.Table.Outline.Plan.ID, node.Track)
}

func (v coverageView) bindAddress(node duty.Node) string {
	return "/target/" + v.Table.Outline.Plan.ID + "/" + string(node.Track) + "/bind"
}

// years is how the yearly work stands.
func (v coverageView) years(ctx context.Context) shell.Table {
	table := shell.Table{Caption: text(ctx, "coverage.years"), Columns: []shell.Column{{Title: text(ctx, "column.year")}, {Title: text(ctx, "column.items"), Align: shell.Figures},
		{Title: text(ctx, "column.orphans"), Align: shell.Figures}, {Title: text(ctx, "column.state")}}}
	for _, line := range v.Years {
		state := shell.StatusWord(shell.Waiting, text(ctx, "year.open"))
		if line.Shut {
			state = shell.StatusWord(shell.Fixed, text(ctx, "year.shut"))
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: strconv.Itoa(line.Year), Address: address(v.Table.Outline.Plan.ID, "year", strconv.Itoa(line.Year))},
			{Text: shell.Count(line.Items)}, {Text: shell.Count(line.Open)}, {Body: state}})
	}
	return table
}
