package json

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"

	"jiaoheng/document"
	"jiaoheng/plan"
)

// planDocument is an adopted version. Its items have the keys that `plan read --json` gives them.
type planDocument struct {
	Title      string    `json:"title"`
	Region     string    `json:"region"`
	Period     [2]int    `json:"period"`
	Issuer     string    `json:"issuer,omitempty"`
	DocNumber  string    `json:"doc_number,omitempty"`
	IssueDate  string    `json:"issue_date,omitempty"`
	Version    int       `json:"version"`
	Adopted    time.Time `json:"adopted"`
	Hash       string    `json:"hash"`
	Outline    []any     `json:"outline"`
	Targets    []any     `json:"targets"`
	Facts      []any     `json:"facts"`
	Tasks      []any     `json:"tasks"`
	Projects   []any     `json:"projects"`
	Mechanisms []any     `json:"mechanisms"`
}

type common struct {
	ID         string          `json:"id"`
	Sentence   string          `json:"sentence"`
	Path       []string        `json:"path"`
	Spans      []document.Span `json:"spans"`
	CleanSpans []document.Span `json:"clean_spans"`
	Unreviewed bool            `json:"unreviewed,omitempty"`
}

type quantity struct {
	Name       string    `json:"name_zh"`
	Scope      string    `json:"scope"`
	Stage      string    `json:"stage"`
	Comparator string    `json:"comparator"`
	Value      *float64  `json:"value"`
	ValueMax   *float64  `json:"value_max"`
	Unit       string    `json:"unit"`
	Per        string    `json:"per,omitempty"`
	Approx     bool      `json:"approx,omitempty"`
	Verbal     string    `json:"verbal,omitempty"`
	Baseline   *baseline `json:"baseline"`
	Deadline   *string   `json:"deadline,omitempty"`
	Time       *string   `json:"time,omitempty"`
	common
}

type baseline struct {
	Value float64  `json:"value"`
	Year  *float64 `json:"year"`
}

type heading struct {
	Level int    `json:"level"`
	Label string `json:"label"`
	Title string `json:"title"`
	common
}

type task struct {
	Title       string  `json:"title"`
	Stage       string  `json:"stage"`
	Responsible *string `json:"responsible"`
	Deadline    *string `json:"deadline"`
	Frequency   *string `json:"frequency"`
	common
}

type named struct {
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	Type        string `json:"type,omitempty"`
	common
}

// WritePlan writes a version of a plan.
func WritePlan(to io.Writer, version plan.Version) error {
	content := version.Content
	out := planDocument{Title: content.Title, Region: content.Region, Period: [2]int{content.From, content.To}, Issuer: content.About["issuer"],
		DocNumber: content.About["doc_number"], IssueDate: content.About["issue_date"], Version: version.Number, Adopted: version.At, Hash: version.Hash,
		Outline: []any{}, Targets: []any{}, Facts: []any{}, Tasks: []any{}, Projects: []any{}, Mechanisms: []any{}}
	for _, node := range content.Nodes {
		out.add(node)
	}
	encoder := json.NewEncoder(to)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(out); err != nil {
		return fmt.Errorf("json: plan: %w", err)
	}
	return nil
}

func (d *planDocument) add(node plan.Node) {
	c := common{ID: node.ID, Sentence: node.Sentence, Path: node.Path, Unreviewed: node.Unreviewed, Spans: []document.Span{}, CleanSpans: []document.Span{}}
	if c.Path == nil {
		c.Path = []string{}
	}
	for _, place := range node.Places {
		c.Spans, c.CleanSpans = append(c.Spans, place.Origin), append(c.CleanSpans, place.Clean)
	}
	switch node.Kind {
	case plan.Heading:
		level, _ := strconv.Atoi(node.Field("level")) // a level is one of the choices of its field
		d.Outline = append(d.Outline, heading{Level: level, Label: node.Field("label"), Title: node.Field("name"), common: c})
	case plan.Target:
		q := quantityOf(node, c)
		q.Deadline = textOf(node, "deadline")
		d.Targets = append(d.Targets, q)
	case plan.Fact:
		q := quantityOf(node, c)
		q.Time = textOf(node, "time")
		d.Facts = append(d.Facts, q)
	case plan.Task:
		d.Tasks = append(d.Tasks, task{Title: node.Field("name"), Stage: string(node.Stage), Responsible: textOf(node, "responsible"),
			Deadline: textOf(node, "deadline"), Frequency: textOf(node, "frequency"), common: c})
	case plan.Project:
		d.Projects = append(d.Projects, named{Name: node.Field("name"), Description: node.Field("description"), common: c})
	case plan.Mechanism:
		d.Mechanisms = append(d.Mechanisms, named{Name: node.Field("name"), Type: node.Field("type"), common: c})
	}
}

func quantityOf(node plan.Node, c common) quantity {
	q := quantity{Name: node.Field("name"), Scope: node.Field("scope"), Stage: string(node.Stage), Comparator: node.Field("comparator"),
		Value: numberOf(node, "value"), ValueMax: numberOf(node, "value_max"), Unit: node.Field("unit"), Per: node.Field("per"),
		Approx: node.Field("approx") != "", Verbal: node.Field("verbal"), common: c}
	if value := numberOf(node, "baseline"); value != nil {
		q.Baseline = &baseline{Value: *value, Year: numberOf(node, "baseline_year")}
	}
	return q
}

func numberOf(node plan.Node, key string) *float64 {
	number, err := strconv.ParseFloat(node.Field(key), 64)
	if err != nil {
		return nil
	}
	return &number
}

func textOf(node plan.Node, key string) *string {
	text := node.Field(key)
	if text == "" {
		return nil
	}
	return &text
}
