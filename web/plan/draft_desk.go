package plan

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jiaoheng/plan"
	"jiaoheng/web/shell"
)

// filter says which items a desk shows. An empty part does not filter.
type filter struct {
	Kind  plan.Kind
	State plan.State
	Sure  string // uncertain or confident
	Words string
}

func filterOf(query url.Values) filter {
	f := filter{Kind: plan.Kind(query.Get("kind")), State: plan.State(query.Get("state")), Sure: query.Get("sure"), Words: strings.TrimSpace(query.Get("q"))}
	if !slices.Contains(plan.Kinds(), f.Kind) {
		f.Kind = ""
	}
	if !slices.Contains(plan.States(), f.State) {
		f.State = ""
	}
	return f
}

// sureness is the class of confidence of an item, by which people filter.
func sureness(item plan.Item) string {
	switch {
	case item.Kind == plan.Number || item.Confidence < plan.UncertainBelow:
		return "uncertain"
	case item.Confidence >= plan.ConfidentFrom:
		return "confident"
	}
	return "middling"
}

func (f filter) shows(item plan.Item) bool {
	return (f.Kind == "" || item.Kind == f.Kind) && (f.State == "" || item.State == f.State) && (f.Sure == "" || sureness(item) == f.Sure) &&
		(f.Words == "" || strings.Contains(item.Name()+item.Sentence, f.Words))
}

// with returns the address of the desk with one part of the filter changed.
func (f filter) with(draft, key, value string) string {
	query := url.Values{}
	for name, part := range map[string]string{"kind": string(f.Kind), "state": string(f.State), "sure": f.Sure, "q": f.Words} {
		if name == key {
			part = value
		}
		if part != "" {
			query.Set(name, part)
		}
	}
	if len(query) == 0 {
		return draftAddress(draft)
	}
	return draftAddress(draft) + "?" + query.Encode()
}

// deskView is what the desk shows.
type deskView struct {
	plan.Opened
	Filter    filter
	Items     []plan.Item // all that are not gone; cards that the filter leaves out are hidden
	Lines     []textLine
	Counts    map[string]int
	Selected  string
	MayReview bool
	MayAdopt  bool
	Confident int // items that may be accepted together
}

// Desk shows outline, text and items of a draft side by side.
func (p *Pages) Desk(w http.ResponseWriter, r *http.Request) error {
	open, err := p.openDraft(r)
	if err != nil {
		return err
	}
	ctx, post := r.Context(), actorOf(r).Post
	view := newDeskView(open, filterOf(r.URL.Query()))
	view.Selected = r.URL.Query().Get("item")
	reviewing := open.Draft.State == plan.Reviewing
	view.MayReview, view.MayAdopt = reviewing && plan.MayReview(post), reviewing && plan.MayAdopt(post)
	page := shell.Page{Title: open.Draft.Title, Word: "plan", Trail: trail(ctx), Wide: true, Styles: []string{"plan.css"},
		Scripts: []string{"plan.js"}, Actions: deskActions(view)}
	return shell.Render(w, r, http.StatusOK, page, deskPage(view))
}

// DeskText shows the text pane alone, for a desk whose items changed their places.
func (p *Pages) DeskText(w http.ResponseWriter, r *http.Request) error {
	open, err := p.openDraft(r)
	if err != nil {
		return err
	}
	return shell.RenderPart(w, r, http.StatusOK, deskText(newDeskView(open, filter{}).Lines))
}

func newDeskView(open plan.Opened, f filter) deskView {
	view := deskView{Opened: open, Filter: f, Counts: map[string]int{}, Confident: len(open.Desk.Confident(f.Kind))}
	for _, item := range open.Desk.Items {
		if item.Gone() {
			continue
		}
		view.Items = append(view.Items, item)
		view.Counts["all"]++
		view.Counts[string(item.Kind)]++
		view.Counts[string(item.State)]++
		view.Counts[sureness(item)]++
	}
	view.Lines = segments(open.Clean.Text, view.Items)
	return view
}
