package plan

import (
	"context"
	"net/http"
	"strconv"

	"jiaoheng/document"
	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/web/shell"
)

// editView is a form for one item: to correct it, to split it, or to add one.
type editView struct {
	Draft string
	Do    string // correct, split or add
	Item  plan.Item
	Form  shell.Form
	Span  document.Span // add: the words that were selected
	Words string
	Part  bool // inside the desk, not a page of its own
}

// ItemEdit shows the form in which one item is corrected or split.
func (p *Pages) ItemEdit(w http.ResponseWriter, r *http.Request) error {
	open, err := p.openDraft(r)
	if err != nil {
		return err
	}
	if !plan.MayReview(actorOf(r).Post) {
		return shell.NoRight
	}
	item, ok := open.Desk.Item(r.PathValue("item"))
	if !ok || item.Gone() {
		return shell.NotFound
	}
	view := editView{Draft: open.Draft.ID, Do: "correct", Item: item, Part: r.URL.Query().Has("part")}
	if r.URL.Query().Get("do") == "split" && item.Kind != plan.Document && item.Kind != plan.Number {
		view.Do = "split"
	}
	return p.edit(w, r, http.StatusOK, open, view)
}

// ItemAdd shows the form in which an item is made of selected words.
func (p *Pages) ItemAdd(w http.ResponseWriter, r *http.Request) error {
	open, err := p.openDraft(r)
	if err != nil {
		return err
	}
	if !plan.MayReview(actorOf(r).Post) {
		return shell.NoRight
	}
	query := r.URL.Query()
	kind := plan.Kind(query.Get("kind"))
	if kind == plan.Document || kind == plan.Number || plan.FieldsOf(kind) == nil {
		kind = plan.Target
	}
	span := document.Span{From: number(query.Get("from")), To: number(query.Get("to"))}
	part, err := open.Desk.Select(open.Clean, span, kind, nil)
	if err != nil {
		return err
	}
	words := open.Clean.Text[span.From:span.To]
	view := editView{Draft: open.Draft.ID, Do: "add", Span: span, Words: words, Part: query.Has("part"),
		Item: plan.Item{Kind: kind, Fields: map[string]string{"name": words}, Sentence: part.Sentence, Path: part.Path}}
	if kind == plan.Heading {
		view.Item.Fields["level"] = "1"
	}
	return p.edit(w, r, http.StatusOK, open, view)
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return n
}

func (p *Pages) edit(w http.ResponseWriter, r *http.Request, status int, open plan.Opened, view editView) error {
	if view.Part {
		return shell.RenderPart(w, r, status, itemEditor(view))
	}
	ctx := r.Context()
	page := shell.Page{Title: shell.Text(ctx, "plan.edit."+view.Do), Lead: view.Item.Sentence, Word: "plan", Styles: []string{"plan.css"},
		Trail: trail(ctx, shell.Link{Label: open.Draft.Title, Address: draftAddress(open.Draft.ID)})}
	return shell.Render(w, r, status, page, editPage(view))
}

// formKind is the kind whose fields the form asks for: a bare number is asked what a target is asked.
func (v editView) formKind() plan.Kind {
	if v.Item.Kind == plan.Number {
		return plan.Target
	}
	return v.Item.Kind
}

// inputOf makes a field of a form. Prefix tells apart the parts of a split.
func inputOf(ctx context.Context, view editView, field plan.Field, prefix string) shell.Field {
	language := shell.From(ctx).Language
	input := shell.Field{Name: prefix + field.Key, Label: plan.FieldName(language, field.Key), Required: field.Required, Value: view.Item.Fields[field.Key], Limit: plan.MaxField}
	if view.Item.Kind == plan.Number && field.Key == "value" {
		input.Value = plan.CleanField(plan.Target, "value", view.Item.Fields["name"])
	}
	if view.Item.Kind == plan.Number && field.Key == "name" {
		input.Value = ""
	}
	if help := "plan.help." + field.Key; message.Has(help) {
		input.Help = shell.Text(ctx, help)
	}
	switch field.Type {
	case plan.NumberField:
		input.Kind = "number"
		if field.Key != "value_max" {
			input.Unit = view.Item.Fields["unit"]
		}
	case plan.YearField:
		input.Kind, input.Limit = "number", 4
	case plan.DateField:
		input.Kind = "date"
	case plan.LongField:
		input.Kind, input.Rows = "area", 3
	case plan.FlagField:
		input.Kind, input.Checked = "check", input.Value != ""
	case plan.ChoiceField:
		input.Kind = "select"
		if !field.Required {
			input.Options = []shell.Option{{Label: shell.Text(ctx, "plan.choice.none")}}
		}
		for _, choice := range field.Choices {
			input.Options = append(input.Options, shell.Option{Value: choice, Label: shell.Text(ctx, "plan.choice."+choiceWord(field.Key, choice))})
		}
	}
	return input.From(ctx, view.Form)
}

func choiceWord(key, choice string) string {
	if key == "level" {
		return "level_" + choice
	}
	return map[string]string{">=": "at_least", "<=": "at_most", "=": "equal"}[choice] + map[bool]string{true: choice}[choice[0] >= 'a']
}
