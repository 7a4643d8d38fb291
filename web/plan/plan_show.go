package plan

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"

	exportjson "jiaoheng/export/json"
	"jiaoheng/export/xlsx"
	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/web/shell"
)

// Views of an adopted plan.
var planViews = []string{"targets", "tasks", "projects", "mechanisms", "facts", "outline"}

// viewKind is the kind of node that each view shows.
var viewKind = map[string]plan.Kind{"targets": plan.Target, "tasks": plan.Task, "projects": plan.Project, "mechanisms": plan.Mechanism, "facts": plan.Fact, "outline": plan.Heading}

// planView is what the page of a plan shows.
type planView struct {
	Plan     plan.Plan
	Version  plan.Version
	Versions []plan.Version
	View     string
	Counts   map[plan.Kind]int
	Revises  bool // the person may import a revision
}

// openVersion returns the version of the address.
func (p *Pages) openVersion(r *http.Request) (plan.Plan, plan.Version, error) {
	if !plan.MaySee(actorOf(r).Post) {
		return plan.Plan{}, plan.Version{}, shell.NoRight
	}
	version := max(number(r.URL.Query().Get("version")), 0)
	one, of, err := p.desks.Version(r.Context(), r.PathValue("plan"), version)
	return one, of, found(err)
}

// Show shows an adopted version: goals and targets by stage, tasks, projects, mechanisms.
func (p *Pages) Show(w http.ResponseWriter, r *http.Request) error {
	one, version, err := p.openVersion(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	view := planView{Plan: one, Version: version, View: r.URL.Query().Get("view"), Counts: map[plan.Kind]int{}, Revises: plan.MayReview(actorOf(r).Post)}
	if viewKind[view.View] == "" {
		view.View = planViews[0]
	}
	for _, node := range version.Content.Nodes {
		view.Counts[node.Kind]++
	}
	if view.Versions, err = p.desks.Versions(ctx, one.ID); err != nil {
		return err
	}
	page := shell.Page{Title: version.Content.Title, Word: "plan", Trail: trail(ctx), Styles: []string{"plan.css"}, Actions: planActions(view),
		Lead: shell.Text(ctx, "plan.show.lead", message.Args{"region": version.Content.Region, "from": version.Content.From, "to": version.Content.To,
			"number": version.Number, "date": shell.Date(ctx, version.At), "name": version.Name}),
		Source: shell.Text(ctx, "plan.show.source", message.Args{"title": version.Content.Title, "number": version.Number})}
	return shell.Render(w, r, http.StatusOK, page, planPage(view))
}

func (v planView) address(view string) string {
	return fmt.Sprintf("%s?version=%d&view=%s", planAddress(v.Plan.ID), v.Version.Number, view)
}

func (v planView) nodeAddress(node plan.Node) string {
	return fmt.Sprintf("%s/node/%s?version=%d", planAddress(v.Plan.ID), node.ID, v.Version.Number)
}

func (v planView) nodes(kind plan.Kind) []plan.Node {
	var nodes []plan.Node
	for _, node := range v.Version.Content.Nodes {
		if node.Kind == kind {
			nodes = append(nodes, node)
		}
	}
	return nodes
}

// Text shows the whole text of a version with the words that its nodes were read from.
func (p *Pages) Text(w http.ResponseWriter, r *http.Request) error {
	one, version, err := p.openVersion(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	text, err := p.desks.Text(ctx, version)
	if err != nil {
		return found(err)
	}
	var items []plan.Item
	for _, node := range version.Content.Nodes {
		items = append(items, node.Item())
	}
	page := shell.Page{Title: shell.Text(ctx, "plan.show.text"), Lead: version.Content.Title, Word: "plan", Styles: []string{"plan.css"},
		Trail: trail(ctx, shell.Link{Label: version.Content.Title, Address: planAddress(one.ID)})}
	return shell.Render(w, r, http.StatusOK, page, versionText(segments(text, items)))
}

// Node shows one node with the paragraph it was read from, in the side panel or as a page.
func (p *Pages) Node(w http.ResponseWriter, r *http.Request) error {
	one, version, err := p.openVersion(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	text, err := p.desks.Text(ctx, version)
	if err != nil {
		return found(err)
	}
	for _, node := range version.Content.Nodes {
		if node.ID != r.PathValue("node") {
			continue
		}
		view := nodeView{Node: node, Paragraphs: paragraphs(text, node),
			Text: fmt.Sprintf("%s/text?version=%d#w-%d", planAddress(one.ID), version.Number, node.Item().From())}
		if r.Header.Get("HX-Request") == "true" {
			return shell.RenderPart(w, r, http.StatusOK, nodePanel(view))
		}
		page := shell.Page{Title: nameOf(ctx, node.Item()), Lead: version.Content.Title, Word: "plan", Styles: []string{"plan.css"},
			Trail: trail(ctx, shell.Link{Label: version.Content.Title, Address: planAddress(one.ID)})}
		return shell.Render(w, r, http.StatusOK, page, nodePage(view))
	}
	return shell.NotFound
}

// nodeView is one node with the paragraphs around its places.
type nodeView struct {
	Node       plan.Node
	Paragraphs []paragraph
	Text       string // address of the words in the whole text
}

// paragraph is one line of the text in which the words of a node stand.
type paragraph struct{ Before, Words, After string }

func paragraphs(text string, node plan.Node) []paragraph {
	var made []paragraph
	for _, place := range node.Places {
		from, to := onRune(text, place.Clean.From), onRune(text, place.Clean.To)
		if from >= to {
			continue
		}
		start := strings.LastIndexByte(text[:from], '\n') + 1
		end := len(text)
		if at := strings.IndexByte(text[to:], '\n'); at >= 0 {
			end = to + at
		}
		made = append(made, paragraph{text[start:from], strings.TrimRight(text[from:to], "\n"), text[to:end]})
	}
	return made
}

// ExportXlsx sends a version as a workbook.
func (p *Pages) ExportXlsx(w http.ResponseWriter, r *http.Request) error {
	return p.export(w, r, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", func(out *bytes.Buffer, version plan.Version) error {
		return xlsx.WritePlan(out, shell.From(r.Context()).Language, version)
	})
}

// ExportJSON sends a version as JSON.
func (p *Pages) ExportJSON(w http.ResponseWriter, r *http.Request) error {
	return p.export(w, r, "application/json", ".json", func(out *bytes.Buffer, version plan.Version) error {
		return exportjson.WritePlan(out, version)
	})
}

func (p *Pages) export(w http.ResponseWriter, r *http.Request, kind, extension string, write func(out *bytes.Buffer, version plan.Version) error) error {
	_, version, err := p.openVersion(r)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := write(&out, version); err != nil {
		return err
	}
	name := strings.Map(func(letter rune) rune {
		if strings.ContainsRune(`\/:*?"<>|`, letter) || letter < ' ' {
			return -1
		}
		return letter
	}, version.Content.Title)
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", attachmentNamed(fmt.Sprintf("%s-%d%s", name, version.Number, extension)))
	w.Header().Set("Cache-Control", "no-store")
	_, err = out.WriteTo(w)
	return err
}
