package plan

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"jiaoheng/document"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/web/shell"
)

// Operate does one act at the desk. A script gets the changed cards as JSON; a form without scripts gets the desk
// or, when something is wrong, the page that lists it.
func (p *Pages) Operate(w http.ResponseWriter, r *http.Request) error {
	open, err := p.openDraft(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return fault.List{fault.New("plan.import_broken", nil)}
	}
	requests, err := requestsOf(r, open)
	done := []plan.Operation{}
	for i, request := range requests {
		if err != nil {
			break
		}
		if once := r.PostForm.Get("once"); once != "" {
			request.Once = fmt.Sprintf("%s-%d", once, i)
		}
		var operation plan.Operation
		if operation, err = p.desks.Review(r.Context(), actorOf(r), open.Draft.ID, request); err == nil {
			done = append(done, operation)
		}
	}
	if r.Header.Get("Accept") == "application/json" {
		return p.answer(w, r, open.Desk.Head(), err)
	}
	if err != nil {
		return found(err)
	}
	address := draftAddress(open.Draft.ID)
	if len(done) > 0 && len(done[0].Items) > 0 {
		address += "#item-" + done[0].Items[0]
	}
	shell.Redirect(w, r, address, "plan.desk.done", nil)
	return nil
}

// requestsOf reads what the form asks for: usually one operation, none when nothing was changed.
func requestsOf(r *http.Request, open plan.Opened) ([]plan.Request, error) {
	act, argument, _ := strings.Cut(r.PostForm.Get("act"), ":")
	request := plan.Request{Act: plan.Act(act), Items: r.PostForm["items"], Seen: seenOf(r)}
	switch act {
	case "accept_confident":
		request.Act, request.Seen = plan.Accept, nil
		request.Items = open.Desk.Confident(plan.Kind(r.PostForm.Get("kind")))
	case "merge":
		request.Items = inTextOrder(open.Desk, request.Items)
	case "undo":
		request.Items = nil
		request.Undoes = number(r.PostForm.Get("undoes"))
		if !r.PostForm.Has("undoes") {
			last, ok := open.Desk.LastUndoable(actorOf(r).Post.Person)
			if !ok {
				return nil, fault.List{fault.New("plan.undo_none", nil)}
			}
			request.Undoes = last.Number
		}
	case "move":
		request.Kind = plan.Kind(argument)
		request.Fields = fieldsOf(r, request.Kind, "")
	case "split", "add":
		return partsRequest(r, open, request)
	case "correct", "save_accept":
		return correctRequests(r, open, request, act == "save_accept")
	}
	return []plan.Request{request}, nil
}

// seenOf pairs the items of a form with the numbers of the operations that the person has seen on them.
func seenOf(r *http.Request) map[string]int {
	items, numbers := r.PostForm["items"], r.PostForm["seen"]
	if len(items) != len(numbers) {
		return nil
	}
	seen := map[string]int{}
	for i, id := range items {
		seen[id] = number(numbers[i])
	}
	return seen
}

func inTextOrder(desk *plan.Desk, ids []string) []string {
	var ordered []string
	for _, item := range desk.Items {
		if slices.Contains(ids, item.ID) {
			ordered = append(ordered, item.ID)
		}
	}
	return ordered
}

// fieldsOf returns the fields of a kind that the form holds. A flag that is not ticked is sent by no browser: it
// counts as empty when the form holds the name as well.
func fieldsOf(r *http.Request, kind plan.Kind, prefix string) map[string]string {
	fields := map[string]string{}
	for _, field := range plan.FieldsOf(kind) {
		key := prefix + field.Key
		switch {
		case field.Type == plan.FlagField && r.PostForm.Has(key) && r.PostForm.Get(key) != "":
			fields[field.Key] = "1"
		case r.PostForm.Has(key):
			fields[field.Key] = r.PostForm.Get(key)
		case field.Type == plan.FlagField && r.PostForm.Has(prefix+"name"):
			fields[field.Key] = ""
		}
	}
	return fields
}

// correctRequests corrects the fields that differ and then, when asked to, accepts the item.
func correctRequests(r *http.Request, open plan.Opened, request plan.Request, accept bool) ([]plan.Request, error) {
	if len(request.Items) != 1 {
		return nil, fault.List{fault.New("plan.item_one", nil)}
	}
	item, ok := open.Desk.Item(request.Items[0])
	if !ok {
		return []plan.Request{request}, nil
	}
	request.Act, request.Fields = plan.Correct, map[string]string{}
	for key, value := range fieldsOf(r, item.Kind, "") {
		if plan.CleanField(item.Kind, key, value) != item.Fields[key] {
			request.Fields[key] = value
		}
	}
	var requests []plan.Request
	if len(request.Fields) > 0 {
		requests = append(requests, request)
	}
	if accept && item.State != plan.Accepted {
		following := plan.Request{Act: plan.Accept, Items: request.Items}
		if len(requests) == 0 {
			following.Seen = request.Seen
		}
		requests = append(requests, following)
	}
	return requests, nil
}

// partsRequest reads the parts of a split, or the one part of an addition from selected words.
func partsRequest(r *http.Request, open plan.Opened, request plan.Request) ([]plan.Request, error) {
	if request.Act == plan.Add {
		kind := plan.Kind(r.PostForm.Get("kind"))
		span := document.Span{From: number(r.PostForm.Get("span_from")), To: number(r.PostForm.Get("span_to"))}
		part, err := open.Desk.Select(open.Clean, span, kind, fieldsOf(r, kind, ""))
		if err != nil {
			return nil, err
		}
		request.Items, request.Parts = nil, []plan.Part{part}
		return []plan.Request{request}, nil
	}
	if len(request.Items) != 1 {
		return nil, fault.List{fault.New("plan.item_one", nil)}
	}
	item, _ := open.Desk.Item(request.Items[0])
	for n := 1; n <= min(number(r.PostForm.Get("parts")), plan.MaxTogether); n++ {
		request.Parts = append(request.Parts, plan.Part{Kind: item.Kind, Fields: fieldsOf(r, item.Kind, fmt.Sprint(n)+"."),
			Places: item.Places, Sentence: item.Sentence, Path: item.Path})
	}
	return []plan.Request{request}, nil
}

// card is one item as the script shows it.
type card struct {
	ID    string `json:"id"`
	After string `json:"after"` // id of the item before it in the text
	HTML  string `json:"html"`
}

// deskAnswer is what changed at the desk since an operation.
type deskAnswer struct {
	Head     int      `json:"head"`
	Saved    string   `json:"saved"` // hour and minute
	Progress string   `json:"progress"`
	Cards    []card   `json:"cards"`
	Gone     []string `json:"gone"`
	Text     bool     `json:"text"`   // the marks in the text changed
	Faults   []string `json:"faults"` // why it was refused
	Fields   []string `json:"fields"` // names of the fields that faults speak of
	Others   []string `json:"others"` // what others did meanwhile
}

// Changes tells what happened at the desk since the operation that the script knows.
func (p *Pages) Changes(w http.ResponseWriter, r *http.Request) error {
	return p.answer(w, r, number(r.URL.Query().Get("since")), nil)
}

// answer sends the cards of every item touched after operation since, with the faults that refused.
func (p *Pages) answer(w http.ResponseWriter, r *http.Request, since int, refused error) error {
	faults := fault.Of(refused)
	if refused != nil && faults == nil {
		return found(refused)
	}
	if known := number(r.FormValue("head")); known >= 0 {
		since = min(since, known)
	}
	open, err := p.openDraft(r)
	if err != nil {
		return err
	}
	answer, err := answerSince(r, open, max(since, 0))
	if err != nil {
		return err
	}
	for _, one := range faults {
		answer.Faults = append(answer.Faults, plan.FaultText(shell.From(r.Context()).Language, one))
		answer.Fields = append(answer.Fields, one.Place.Column)
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if len(faults) > 0 {
		w.WriteHeader(http.StatusUnprocessableEntity)
	}
	return json.NewEncoder(w).Encode(answer)
}

func answerSince(r *http.Request, open plan.Opened, since int) (deskAnswer, error) {
	ctx, post := r.Context(), actorOf(r).Post
	answer := deskAnswer{Head: open.Desk.Head(), Saved: clock(ctx), Cards: []card{}, Gone: []string{}}
	var err error
	if answer.Progress, err = htmlOf(r, deskProgress(open.Desk.Progress())); err != nil {
		return answer, err
	}
	may := plan.MayReview(post) && open.Draft.State == plan.Reviewing
	previous := ""
	for _, item := range open.Desk.Items {
		switch {
		case item.Gone():
			if item.Touched > since {
				answer.Gone = append(answer.Gone, item.ID)
			}
			continue
		case item.Touched > since:
			html, err := htmlOf(r, itemCard(open.Draft.ID, item, may, false))
			if err != nil {
				return answer, err
			}
			answer.Cards = append(answer.Cards, card{ID: item.ID, After: previous, HTML: html})
		}
		previous = item.ID
	}
	for _, entry := range open.Desk.Log[min(since, len(open.Desk.Log)):] {
		answer.Text = answer.Text || entry.Act != plan.Accept && entry.Act != plan.Correct
		if entry.Act == plan.Undo {
			answer.Gone = append(answer.Gone, unmade(open.Desk, entry)...)
		}
		if entry.By != post.Person {
			answer.Others = append(answer.Others, shell.Text(ctx, "plan.desk.other", message.Args{"name": entry.Name, "act": plan.ActName(shell.From(ctx).Language, entry.Act), "number": strconv.Itoa(entry.Number)}))
		}
	}
	return answer, nil
}

// unmade returns the items that an undoing took away: what the undone operation had made is no longer there.
func unmade(desk *plan.Desk, undo plan.Entry) []string {
	var ids []string
	root := desk.Log[undo.Undoes-1]
	for root.Act == plan.Undo {
		root = desk.Log[root.Undoes-1]
	}
	for i := range root.Parts {
		id := plan.MadeID(root.Number, i)
		if _, there := desk.Item(id); !there {
			ids = append(ids, id)
		}
	}
	return ids
}

func htmlOf(r *http.Request, part templ.Component) (string, error) {
	var out strings.Builder
	err := part.Render(r.Context(), &out)
	return out.String(), err
}
