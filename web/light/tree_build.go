package light

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"jiaoheng/plan"
	"jiaoheng/plan/duty"
	"jiaoheng/plan/target"
	"jiaoheng/web/shell"
)

// maxText is the longest text that the filter takes, in characters.
const maxText = 50

// treeFilter is what the address asks for.
type treeFilter struct {
	text, light, stage, lead, kind, unit string
}

// readFilter reads a filter; what no choice offers narrows nothing.
func readFilter(query url.Values) treeFilter {
	f := treeFilter{text: strings.TrimSpace(query.Get("text")), light: query.Get("light"), stage: query.Get("stage"), lead: query.Get("lead"), kind: query.Get("kind"), unit: query.Get("unit")}
	if letters := []rune(f.text); len(letters) > maxText {
		f.text = string(letters[:maxText])
	}
	if f.light != offTrack && f.light != silentOnly && !slices.Contains(lightNames[1:], f.light) {
		f.light = ""
	}
	if !slices.Contains(plan.Stages(), plan.Stage(f.stage)) {
		f.stage = ""
	}
	if !slices.Contains(treeKinds, plan.Kind(f.kind)) {
		f.kind = ""
	}
	return f
}

// any tells whether the filter narrows anything.
func (f treeFilter) any() bool { return f.text+f.light+f.stage+f.lead+f.kind != "" }

// values are the parts of an address that ask for the filter.
func (f treeFilter) values() url.Values {
	values := url.Values{}
	for name, value := range map[string]string{"text": f.text, "light": f.light, "stage": f.stage, "lead": f.lead, "kind": f.kind, "unit": f.unit} {
		if value != "" {
			values.Set(name, value)
		}
	}
	return values
}

// holds tells whether a line is asked for.
func (f treeFilter) holds(l leafLine) bool {
	switch {
	case f.kind != "" && string(l.kind) != f.kind, f.stage != "" && string(l.stage) != f.stage, f.lead != "" && l.leadCode != f.lead:
		return false
	case f.light == offTrack && l.light != target.Late && l.light != target.AtRisk, f.light == silentOnly && l.silent == 0,
		f.light != "" && f.light != offTrack && f.light != silentOnly && lightName(l.light) != f.light:
		return false
	}
	for _, word := range strings.Fields(f.text) {
		if !strings.Contains(l.name+" "+l.lead+" "+l.sentence, word) {
			return false
		}
	}
	return true
}

// leafLine is a target, a task or a project in the tree.
type leafLine struct {
	node                 string
	kind                 plan.Kind
	stage                plan.Stage
	name, sentence       string
	address, words       string
	light                target.Light
	condition            shell.Condition // of a task or a project, under the word state
	state                string
	value, goal          string
	at                   string
	gap, needed          string
	lead, leadCode       string
	leadAddress          string
	due                  string
	silent               int // days of silence, 0 below the limit
	path                 []string
	why, track, baseline string // for the exported sheet
}

// group is a heading with what stands below it.
type group struct {
	name   string
	light  target.Light // rolled up from the targets below it
	counts target.Counts
	lines  []leafLine
	groups []*group
	open   bool
}

// treeView is what the tree shows.
type treeView struct {
	plan            plan.Plan
	unit            string // name
	filter          treeFilter
	counts          target.Counts // of the lines that the filter leaves
	targets, others int
	rule            []string // how lights are rolled up, in words
	groups          []*group
	stages          []plan.Stage
	leads           []shell.Option
	day             string
	rolled          func(counts target.Counts) target.Light
}

func (t treeView) address(part string) string {
	address := planAddress(t.plan.ID) + "/tree"
	if part != "" {
		address += "/" + part
	}
	if query := t.filter.values().Encode(); query != "" {
		address += "?" + query
	}
	return address
}

// clear is the address of the tree without its filter.
func (t treeView) clear() string {
	t.filter = treeFilter{unit: t.filter.unit}
	return t.address("")
}

func (t treeView) stageOptions(ctx context.Context) []shell.Option {
	options := []shell.Option{{Label: shell.Text(ctx, "light.filter.every_stage")}}
	for _, stage := range t.stages {
		options = append(options, shell.Option{Value: string(stage), Label: plan.StageName(shell.From(ctx).Language, stage)})
	}
	return options
}

func (t treeView) leadOptions(ctx context.Context) []shell.Option {
	return append([]shell.Option{{Label: shell.Text(ctx, "light.filter.every_lead")}}, t.leads...)
}

// grow puts lines, in the order of the text, under their headings. rolled tells how the targets of a heading stand together.
func grow(lines []leafLine, open bool, rolled func(counts target.Counts) target.Light) []*group {
	var roots []*group
	known := map[string]*group{}
	for _, line := range lines {
		path := line.path
		if len(path) == 0 {
			path = []string{""}
		}
		var above *group
		for depth := range path {
			key := strings.Join(path[:depth+1], "\x00")
			one := known[key]
			if one == nil {
				one = &group{name: path[depth], open: open || depth == 0}
				known[key] = one
				if above == nil {
					roots = append(roots, one)
				} else {
					above.groups = append(above.groups, one)
				}
			}
			if line.light != target.NoTarget {
				one.counts[line.light]++
			}
			above = one
		}
		above.lines = append(above.lines, line)
	}
	for _, one := range known {
		if one.counts.Targets() > 0 {
			one.light = rolled(one.counts)
		}
	}
	return roots
}

// nodesInOrder returns the nodes that the tree shows in the order of the text.
func nodesInOrder(all []duty.Node) []duty.Node {
	var nodes []duty.Node
	for _, node := range all {
		if slices.Contains(treeKinds, node.Kind) {
			nodes = append(nodes, node)
		}
	}
	slices.SortStableFunc(nodes, func(a, b duty.Node) int { return a.Item().From() - b.Item().From() })
	return nodes
}
