package duty

import (
	"cmp"
	"slices"
	"strings"

	"jiaoheng/plan"
	"jiaoheng/plan/target"
)

// ProjectGroup is projects that belong together, with what they come to. Projects that were stopped are listed and counted nowhere.
type ProjectGroup struct {
	Name     string
	Node     target.Track // the box or the measure in the plan; "" where the plan has none of the name
	Targets  []Node       // targets that stand under the node
	Words    []Node       // tasks and projects that stand under the node
	Projects []Project
	Count    int
	Finished int
	Overdue  int
	Planned  float64 // 万元
	Spent    float64
}

// Portfolio is the projects of a plan: by box (专栏), by measure and by annex table. Open are those of which it is not clear to
// which measure they belong, each with the nodes that may be meant.
type Portfolio struct {
	Boxes, Measures, Annexes []ProjectGroup
	Open                     []OpenProject
	Total                    ProjectGroup
}

// OpenProject is a project that belongs to no measure yet.
type OpenProject struct {
	Project
	Candidates []Node
}

// GatherProjects returns the projects of a plan. A project belongs to the node of its track, or else to the one node that its
// measure names. A project that names another plan is left out. Boxes stand in the order of the text, also those without any
// project, then those that only projects name; measures in the order of the text, annexes by name.
func GatherProjects(o *Outline, projects []Project) Portfolio {
	g := gathering{outline: o, boxes: map[string]*ProjectGroup{}, measures: map[target.Track]*ProjectGroup{}, annexes: map[string]*ProjectGroup{}}
	for _, node := range o.Nodes {
		if node.Kind == plan.Heading && isBox(node) {
			g.box(node.Name()).take(o, node)
		}
	}
	for _, p := range projects {
		if p.Plan == "" || p.Plan == o.Plan.ID {
			g.put(p)
		}
	}
	made := Portfolio{Open: g.open, Total: g.total}
	for _, name := range g.order {
		made.Boxes = append(made.Boxes, *g.boxes[name])
	}
	for _, one := range g.measures {
		made.Measures = append(made.Measures, *one)
	}
	slices.SortFunc(made.Measures, func(a, b ProjectGroup) int { return cmp.Compare(o.places[a.Node], o.places[b.Node]) })
	for _, one := range g.annexes {
		made.Annexes = append(made.Annexes, *one)
	}
	slices.SortFunc(made.Annexes, func(a, b ProjectGroup) int { return cmp.Compare(a.Name, b.Name) })
	return made
}

type gathering struct {
	outline  *Outline
	boxes    map[string]*ProjectGroup // by the plain words of their name
	order    []string
	measures map[target.Track]*ProjectGroup
	annexes  map[string]*ProjectGroup
	open     []OpenProject
	total    ProjectGroup
}

// put counts a project wherever it belongs.
func (g *gathering) put(p Project) {
	node, tied, candidates := g.nodeOf(p)
	if !tied {
		g.open = append(g.open, OpenProject{p, candidates})
	} else {
		one := g.measures[node.Track]
		if one == nil {
			one = &ProjectGroup{Name: node.Name()}
			one.take(g.outline, node)
			g.measures[node.Track] = one
		}
		one.add(p)
	}
	if name := cmp.Or(p.Box, g.boxAbove(node)); name != "" {
		g.box(name).add(p)
	}
	if p.Annex != "" {
		one := g.annexes[p.Annex]
		if one == nil {
			one = &ProjectGroup{Name: p.Annex}
			g.annexes[p.Annex] = one
		}
		one.add(p)
	}
	g.total.add(p)
}

// nodeOf returns the node to which a project belongs; where it is not clear which one, those that its words may mean.
func (g *gathering) nodeOf(p Project) (node Node, tied bool, candidates []Node) {
	if p.Track != "" {
		node, tied = g.outline.Find(p.Track)
		return node, tied, nil
	}
	candidates = g.outline.Named(p.Measure)
	if len(candidates) == 1 {
		return candidates[0], true, nil
	}
	return Node{}, false, candidates
}

// box returns the box that is called so: by its label and name, by one of them, or by words that the plan does not know.
func (g *gathering) box(name string) *ProjectGroup {
	plain := plainOf(name)
	if one := g.boxes[plain]; one != nil {
		return one
	}
	for _, key := range g.order {
		node, known := g.outline.Find(g.boxes[key].Node)
		if known && (plainOf(node.Field("name")) == plain || plainOf(node.Field("label")) == plain) {
			return g.boxes[key]
		}
	}
	one := &ProjectGroup{Name: name}
	g.boxes[plain] = one
	g.order = append(g.order, plain)
	return one
}

// take makes the group that of a node, with what stands under it in the text.
func (one *ProjectGroup) take(o *Outline, node Node) {
	one.Node = node.Track
	title := node.Name()
	for _, below := range o.Nodes {
		if !slices.Contains(below.Path, title) {
			continue
		}
		switch below.Kind {
		case plan.Target:
			one.Targets = append(one.Targets, below)
		case plan.Task, plan.Project:
			one.Words = append(one.Words, below)
		}
	}
}

func (one *ProjectGroup) add(p Project) {
	one.Projects = append(one.Projects, p)
	if p.Stopped {
		return
	}
	one.Count++
	one.Planned += p.Planned.Number
	one.Spent += p.Spent.Number
	if p.Finished {
		one.Finished++
	}
	if p.Overdue {
		one.Overdue++
	}
}

// boxWords begin the heading of a box.
var boxWords = []string{"专栏", "专框"}

// isBox tells whether a heading is that of a box.
func isBox(node Node) bool { return boxTitle(node.Name()) }

func boxTitle(title string) bool {
	return slices.ContainsFunc(boxWords, func(word string) bool { return strings.HasPrefix(title, word) })
}

// boxAbove returns the box in which a node stands, the node itself included; "" none. Headings hold no path of their own: what
// stands before them in the text tells in which box they are.
func (g *gathering) boxAbove(node Node) string {
	if node.Track == "" {
		return ""
	}
	if node.Kind != plan.Heading {
		return boxIn(node.Path)
	}
	level := node.Field("level")
	for _, before := range slices.Backward(g.outline.Nodes[:g.outline.places[node.Track]+1]) {
		if before.Kind != plan.Heading || before.Track != node.Track && before.Field("level") >= level {
			continue
		}
		if isBox(before) {
			return before.Name()
		}
		level = before.Field("level")
	}
	return ""
}

// boxIn returns the innermost box of a path.
func boxIn(path []string) string {
	for _, title := range slices.Backward(path) {
		if boxTitle(title) {
			return title
		}
	}
	return ""
}
