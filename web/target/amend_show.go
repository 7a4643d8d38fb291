package target

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/web/shell"
)

// maxAmended is how many items the form takes at once.
const maxAmended = 40

// amendView is what the page of amendments shows.
type amendView struct {
	plan    *plan.Tracked
	nodes   []plan.Node // that the form asks about
	form    shell.Form
	may     bool
	all     []plan.Amendment
	waiting []plan.Amendment
	second  map[string]bool // of those that wait: the person may approve
	names   map[string]string
}

// AmendShow shows the amendments of a plan, and the form of a new one for the items of the address.
func (p *Splits) AmendShow(w http.ResponseWriter, r *http.Request) error {
	return p.showAmend(w, r, http.StatusOK, r.URL.Query()["node"], shell.Form{})
}

func (p *Splits) showAmend(w http.ResponseWriter, r *http.Request, status int, nodes []string, form shell.Form) error {
	ctx := r.Context()
	post := shell.From(ctx).Actor.Post
	if !plan.MaySee(post) {
		return shell.NoRight
	}
	tracked, err := p.plans.Tracked(ctx, r.PathValue("plan"))
	if err != nil {
		return found(err)
	}
	view := amendView{plan: tracked, form: form, may: access.May(post, access.Change, access.Thing{Class: access.Plan}), second: map[string]bool{}, names: map[string]string{}}
	for _, node := range tracked.Last().Content.Nodes {
		if slices.Contains(nodes, node.ID) && len(plan.Amendable(node.Kind)) > 0 && len(view.nodes) < maxAmended {
			view.nodes = append(view.nodes, node)
		}
	}
	if view.all, err = p.plans.Amendments(ctx, tracked.Plan.ID); err != nil {
		return err
	}
	for _, one := range view.all {
		for _, id := range []string{one.By, one.ApprovedBy} {
			if id != "" && view.names[id] == "" {
				view.names[id] = p.nameOf(ctx, id)
			}
		}
		if one.State == plan.AmendmentProposed {
			view.waiting = append(view.waiting, one)
			view.second[one.ID] = plan.MayAdopt(post) && one.By != post.Person
		}
	}
	page := shell.Page{Title: shell.Text(ctx, "plan.amend.title"), Lead: shell.Text(ctx, "plan.amend.lead", message.Args{"number": tracked.Last().Number}), Word: "plan", Wide: true,
		Trail: planTrail(ctx, tracked.Plan), Styles: []string{"plan.css", "target-split.css"},
		Source: shell.Text(ctx, "plan.show.source", message.Args{"title": tracked.Plan.Title, "number": tracked.Last().Number})}
	return shell.Render(w, r, status, page, amendPage(view))
}

// amendable lists the targets and tasks of the last version.
func (v amendView) amendable() []plan.Node {
	var nodes []plan.Node
	for _, node := range v.plan.Last().Content.Nodes {
		if len(plan.Amendable(node.Kind)) > 0 {
			nodes = append(nodes, node)
		}
	}
	return nodes
}

// name is what the node of a change is called in the version that it was proposed for.
func (v amendView) name(amendment plan.Amendment, change plan.AmendmentChange) string {
	if amendment.Base < 1 || amendment.Base > len(v.plan.Versions) {
		return change.Node
	}
	for _, node := range v.plan.Versions[amendment.Base-1].Content.Nodes {
		if node.ID == change.Node {
			return nodeName(node)
		}
	}
	return change.Node
}

func fieldName(node plan.Node, key string) string { return "f-" + node.ID + "-" + key }

// amendField is one field of the form with what the plan says now.
func amendField(ctx context.Context, node plan.Node, key string) shell.Field {
	language := shell.From(ctx).Language
	field := shell.Field{Name: fieldName(node, key), Label: plan.FieldName(language, key), Value: node.Field(key), Limit: plan.MaxField}
	switch key {
	case "comparator":
		field.Kind = "select"
		for _, choice := range append([]string{""}, plan.Comparators...) {
			field.Options = append(field.Options, shell.Option{Value: choice, Label: comparatorText(ctx, choice)})
		}
	case "value", "value_max", "baseline":
		field.Kind, field.Unit = "number", node.Field("unit")
	case "deadline":
		field.Help = shell.Text(ctx, "plan.amend.deadline_help")
	}
	return field
}

// comparatorKeys are the words of comparators, as the desk of drafts has them.
var comparatorKeys = map[string]string{"": "plan.choice.none", ">=": "plan.choice.at_least", "<=": "plan.choice.at_most", "=": "plan.choice.equal", "range": "plan.choice.range",
	"increase": "plan.choice.increase", "decrease": "plan.choice.decrease"}

func comparatorText(ctx context.Context, comparator string) string {
	return shell.Text(ctx, comparatorKeys[comparator])
}

// changeWords says one change in words: what it was, what it becomes.
func changeWords(ctx context.Context, change plan.AmendmentChange) []string {
	return changeWordsIn(shell.From(ctx).Language, change)
}

func changeWordsIn(language message.Language, change plan.AmendmentChange) []string {
	var words []string
	for _, key := range slices.Sorted(maps.Keys(change.Fields)) {
		say := func(value string) string {
			if key == "comparator" {
				return message.Text(language, comparatorKeys[value], nil)
			}
			if value == "" {
				return message.Text(language, "plan.compare.unsaid", nil)
			}
			return value
		}
		words = append(words, message.Text(language, "plan.amend.change", message.Args{"field": plan.FieldName(language, key), "was": say(change.Was[key]), "now": say(change.Fields[key])}))
	}
	return words
}

// AmendPropose puts an amendment before a second person.
func (p *Splits) AmendPropose(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	ctx := r.Context()
	tracked, err := p.plans.Tracked(ctx, r.PathValue("plan"))
	if err != nil {
		return found(err)
	}
	amendment := plan.Amendment{Reason: r.PostForm.Get("reason")}
	nodes := r.PostForm["node"]
	if len(nodes) > maxAmended {
		return fault.List{fault.New("plan.amend_many", message.Args{"limit": maxAmended, "count": len(nodes)})}
	}
	var lines []plan.Node
	for _, node := range tracked.Last().Content.Nodes {
		if !slices.Contains(nodes, node.ID) {
			continue
		}
		fields := map[string]string{}
		for _, key := range plan.Amendable(node.Kind) {
			if r.PostForm.Has(fieldName(node, key)) {
				fields[key] = r.PostForm.Get(fieldName(node, key))
			}
		}
		lines = append(lines, node)
		amendment.Changes = append(amendment.Changes, plan.AmendmentChange{Node: node.ID, Fields: fields})
	}
	made, err := p.plans.Propose(ctx, shell.From(ctx).Actor, tracked.Plan.ID, amendment)
	if faults := fault.Of(err); len(faults) > 0 && faults[0].Code != "action.refused" {
		return p.showAmend(w, r, http.StatusUnprocessableEntity, nodes, shell.Form{Values: r.PostForm, Faults: amendFaults(faults, changedNodes(lines, r.PostForm))})
	}
	if err != nil {
		return found(err)
	}
	shell.Redirect(w, r, planAddress(tracked.Plan.ID, "amend"), "plan.amend.proposed", message.Args{"number": made.Number})
	return nil
}

// changedNodes are the nodes of which anything was changed: the lines that faults speak of.
func changedNodes(nodes []plan.Node, values url.Values) []plan.Node {
	return slices.DeleteFunc(slices.Clone(nodes), func(node plan.Node) bool {
		return !slices.ContainsFunc(plan.Amendable(node.Kind), func(key string) bool {
			return values.Has(fieldName(node, key)) && plan.CleanField(node.Kind, key, values.Get(fieldName(node, key))) != node.Field(key)
		})
	})
}

// amendFaults leads faults of a line to the field of the form.
func amendFaults(faults fault.List, changed []plan.Node) fault.List {
	var led fault.List
	for _, f := range faults {
		place := f.Place
		if place.Row > 0 && place.Row <= len(changed) && place.Column != "" {
			place = fault.Place{Column: fieldName(changed[place.Row-1], place.Column)}
		}
		led.Add(fault.At(place, f.Code, f.Args))
	}
	return led
}

// AmendApprove makes an amendment the next version.
func (p *Splits) AmendApprove(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	amendment, version, err := p.plans.Approve(ctx, shell.From(ctx).Actor, r.PostFormValue("id"))
	if err != nil {
		return found(err)
	}
	shell.Redirect(w, r, planAddress(amendment.Plan, "amend"), "plan.amend.approved", message.Args{"number": version.Number})
	return nil
}

// AmendWithdraw takes an amendment back.
func (p *Splits) AmendWithdraw(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	amendment, err := p.plans.Withdraw(ctx, shell.From(ctx).Actor, r.PostFormValue("id"), "")
	if err != nil {
		return found(err)
	}
	shell.Redirect(w, r, planAddress(amendment.Plan, "amend"), "plan.amend.withdrawn", message.Args{"number": amendment.Number})
	return nil
}

func compareAddress(of string, from, to int) string {
	return fmt.Sprintf("%s/compare?from=%d&to=%d", planAddress(of), from, to)
}
