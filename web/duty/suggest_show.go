package duty

import (
	"context"
	"net/http"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/plan/duty"
	"jiaoheng/plan/target"
	"jiaoheng/web/shell"
)

// suggestView is what the text says of who leads the nodes that nobody leads yet.
type suggestView struct {
	Table       *duty.Table
	Tabs        []shell.Tab
	Suggestions []duty.Suggestion // those with words first
	Told        int               // of them, those of which the text says who leads
	Units       []string
	Form        shell.Form
}

func (p *Pages) openSuggest(r *http.Request) (suggestView, error) {
	table, err := p.open(r)
	if err != nil {
		return suggestView{}, err
	}
	ctx := r.Context()
	if !mayChange(ctx) {
		return suggestView{}, shell.NoRight
	}
	words, err := p.plans.Text(ctx, table.Outline.Version)
	if err != nil {
		return suggestView{}, found(err)
	}
	held := map[target.Track]duty.Duty{}
	for _, line := range table.Lines {
		if line.Duty.Lead != "" || line.Same != nil {
			held[line.Node.Track] = line.Duty
		}
	}
	view := suggestView{Table: table, Tabs: p.tabs(ctx, table.Outline, "suggest"), Units: carriers(table)}
	var rest []duty.Suggestion
	for _, s := range duty.Suggest(table.Outline, words, table.Tree, held, table.Day) {
		if s.Lead != "" {
			view.Suggestions = append(view.Suggestions, s)
		} else {
			rest = append(rest, s)
		}
	}
	view.Told = len(view.Suggestions)
	view.Suggestions = append(view.Suggestions, rest...)
	return view, nil
}

// Suggest lists the nodes that nobody leads with what the text says of them, to be confirmed many at once.
func (p *Pages) Suggest(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openSuggest(r)
	if err != nil {
		return err
	}
	return p.showSuggest(w, r, view, http.StatusOK)
}

func (p *Pages) showSuggest(w http.ResponseWriter, r *http.Request, view suggestView, status int) error {
	ctx := r.Context()
	page := frame(ctx, view.Table.Outline, text(ctx, "suggest.title"))
	return shell.Render(w, r, status, page, suggestPage(view))
}

// Confirm makes the duties that were chosen, with the leads as typed.
func (p *Pages) Confirm(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openSuggest(r)
	if err != nil {
		return err
	}
	names := duty.NewNames(view.Table.Tree, view.Table.Home, view.Table.Day)
	var drafts []duty.Draft
	var faults fault.List
	chosen := map[string]bool{}
	for _, track := range r.PostForm["node"] {
		chosen[track] = true
	}
	for i, s := range view.Suggestions {
		track := string(s.Node.Track)
		if !chosen[track] {
			continue
		}
		draft := s.Draft()
		if !r.PostForm.Has("lead-" + track) { // confirmed as suggested
			drafts = append(drafts, draft)
			continue
		}
		draft.Lead, draft.Helpers = "", nil
		for _, name := range append([]string{only(r, "lead-"+track)}, duty.SplitNames(r.PostForm.Get("helpers-"+track))...) {
			code, known := names.Find(name)
			switch {
			case name == "":
			case !known:
				faults.Add(fault.At(fault.Place{Row: i + 1}, "duty.unit_unnamed", message.Args{"name": name}))
			case draft.Lead == "":
				draft.Lead = code
			default:
				draft.Helpers = append(draft.Helpers, code)
			}
		}
		drafts = append(drafts, draft)
	}
	if err = faults.Err(); err == nil {
		var count int
		if count, err = p.desk.Confirm(r.Context(), actorOf(r), view.Table.Outline.Plan.ID, drafts); err == nil {
			shell.Redirect(w, r, address(view.Table.Outline.Plan.ID), "duty.page.confirmed", message.Args{"count": count})
			return nil
		}
	}
	if fault.Of(err) == nil {
		return err
	}
	view.Form = shell.Form{Values: r.PostForm, Faults: fault.Of(err)}
	return p.showSuggest(w, r, view, http.StatusUnprocessableEntity)
}

// rows is the table with a field for the lead and one for the others.
func (v suggestView) rows(ctx context.Context) shell.Table {
	language := shell.From(ctx).Language
	table := shell.Table{Caption: text(ctx, "suggest.title"), Count: text(ctx, "suggest.count", message.Args{"count": len(v.Suggestions), "told": v.Told})}
	for _, word := range []string{"node", "pick", "words", "lead", "helpers", "due"} {
		table.Columns = append(table.Columns, shell.Column{Title: text(ctx, "column."+word)})
	}
	for _, s := range v.Suggestions[:min(len(v.Suggestions), pageRows)] {
		words := s.Words
		if words == "" {
			words = text(ctx, "suggest.nothing")
		}
		table.Rows = append(table.Rows, []shell.Cell{
			{Text: s.Node.Name(), Note: plan.KindName(language, s.Node.Kind), Address: nodeAddress(v.Table.Outline.Plan.ID, s.Node.Track), Written: true},
			{Body: pick("node", string(s.Node.Track), v.picked(s), s.Node.Name())},
			{Text: words, Note: v.note(ctx, s), Written: s.Words != ""},
			{Body: typed("lead-"+string(s.Node.Track), v.value("lead-"+string(s.Node.Track), unitName(v.Table.Tree, s.Lead)), text(ctx, "lead_of", message.Args{"node": s.Node.Name()}))},
			{Body: typed("helpers-"+string(s.Node.Track), v.value("helpers-"+string(s.Node.Track), v.helpers(s)), text(ctx, "helpers_of", message.Args{"node": s.Node.Name()}))},
			{Text: dateOrNone(ctx, s.Due)}})
	}
	return table
}

func (v suggestView) helpers(s duty.Suggestion) string {
	var names []string
	for _, code := range s.Helpers {
		names = append(names, v.Table.Name(code))
	}
	return strings.Join(names, "、")
}

// picked tells whether the box of a suggestion is ticked: as sent, else where the text tells the lead.
func (v suggestView) picked(s duty.Suggestion) bool {
	if v.Form.Values == nil {
		return s.Lead != ""
	}
	for _, track := range v.Form.Values["node"] {
		if track == string(s.Node.Track) {
			return true
		}
	}
	return false
}

func (v suggestView) value(name, value string) string {
	if v.Form.Values.Has(name) {
		return v.Form.Values.Get(name)
	}
	return value
}

// note says where the words stand and which of them belong to no unit.
func (v suggestView) note(ctx context.Context, s duty.Suggestion) string {
	if s.Words == "" {
		return ""
	}
	note := text(ctx, "from."+string(s.From))
	if len(s.Unknown) > 0 {
		note += " " + text(ctx, "unknown", message.Args{"names": strings.Join(s.Unknown, "、")})
	}
	return note
}
