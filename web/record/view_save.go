package record

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/record"
	"jiaoheng/web/shell"
)

// Limits of saved views.
const (
	maxViews    = 30 // of one owner and one register
	maxViewName = 40 // characters
)

// The parts of an address that offer to save a deleted view again.
const (
	undoName   = "undo_name"
	undoQuery  = "undo_query"
	undoShared = "undo_shared"
	undoFirst  = "undo_first"
)

// savedView is a view as a page shows it.
type savedView struct {
	record.View
	shared bool // of everyone at the unit of the post
	may    bool // the present post may take it away
}

// officeOwner is the owner of the views that the posts of a unit share.
func officeOwner(unit string) string { return "unit:" + unit }

// viewThing is what a view belongs to, as rights ask for it: one's own account, or the unit of the post.
func viewThing(post access.Post, shared bool) access.Thing {
	if !shared {
		return access.Thing{Class: access.Self, Owner: post.Person}
	}
	return access.Thing{Class: access.Record, Unit: post.Unit, Lead: post.Unit.Code, Owner: post.Person, Subject: post.Subject}
}

// viewsOf reads the views of the person and those that the unit of the post shares.
func (p *Pages) viewsOf(ctx context.Context, s scene) ([]savedView, error) {
	post := shell.From(ctx).Actor.Post
	var all []savedView
	for _, shared := range []bool{false, true} {
		owner := post.Person
		if shared {
			owner = officeOwner(post.Unit.Code)
		}
		views, err := p.store.RecordViews(ctx, owner, s.register.Name)
		if err != nil {
			return nil, err
		}
		may := access.May(post, access.Change, viewThing(post, shared))
		for _, one := range views {
			all = append(all, savedView{View: one, shared: shared, may: may})
		}
	}
	return all, nil
}

// firstView is the view with which the list of the person begins, "" when they chose none.
func firstView(views []savedView) string {
	at := slices.IndexFunc(views, func(v savedView) bool { return v.First && !v.shared })
	if at < 0 {
		return ""
	}
	return views[at].Query
}

// ViewSave saves what a list shows under a name. A view of the same name is replaced.
func (p *Pages) ViewSave(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	s, err := p.openRows(r)
	if err != nil {
		return err
	}
	post, shared := actorOf(r).Post, r.PostFormValue("shared") != ""
	views, err := p.viewsOf(ctx, s)
	if err != nil {
		return err
	}
	one := record.View{Owner: post.Person, Register: s.register.Name, Name: strings.Join(strings.Fields(r.PostFormValue("name")), " "), Query: listParts(r.PostFormValue("query")),
		First: r.PostFormValue("first") != "" && !shared, Made: p.store.Now()}
	if shared {
		one.Owner = officeOwner(post.Unit.Code)
	}
	if faults := checkView(one, views); len(faults) > 0 {
		return faults
	}
	err = action.Do(ctx, p.store, actorOf(r), action.Write{Name: "record.action.view_save", Thing: viewThing(post, shared), Reason: one.Name, Do: func(ctx context.Context, tx action.Tx) error {
		for _, other := range views {
			same := other.Owner == one.Owner && other.Name == one.Name
			if !same && !(one.First && other.First && other.Owner == one.Owner) {
				continue
			}
			if err := p.store.RecordViewDelete(ctx, other.ID); err != nil {
				return err
			}
			if !same { // another one was the first
				other.First, other.ID = false, tx.NewID()
				if err := p.store.RecordViewInsert(ctx, other.View); err != nil {
					return err
				}
			}
		}
		one.ID = tx.NewID()
		return p.store.RecordViewInsert(ctx, one)
	}})
	if err != nil {
		return err
	}
	shell.Redirect(w, r, viewAddress(ctx, s, one.Query), "record.view.saved", message.Args{"name": one.Name})
	return nil
}

// checkView tells what is wrong with a view that is to be saved beside others.
func checkView(one record.View, views []savedView) fault.List {
	var faults fault.List
	count := 0
	for _, other := range views {
		if other.Owner == one.Owner && other.Name != one.Name {
			count++
		}
	}
	if one.Name == "" {
		faults.Add(fault.At(fault.Place{Column: "name"}, "record.view.name_missing", nil))
	}
	if utf8.RuneCountInString(one.Name) > maxViewName {
		faults.Add(fault.At(fault.Place{Column: "name"}, "record.view.name_long", message.Args{"limit": maxViewName}))
	}
	if count >= maxViews {
		faults.Add(fault.New("record.view.many", message.Args{"limit": maxViews}))
	}
	return faults
}

// viewAddress is the list of a view: never without parts, so that a first view does not take its place.
func viewAddress(ctx context.Context, s scene, query string) string {
	if query == "" {
		query = onlyPart + "=" + onlyOpen
	}
	return backAddress(ctx, s.register, query)
}

// ViewDelete takes a view away, and offers to save it again.
func (p *Pages) ViewDelete(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	s, err := p.openRows(r)
	if err != nil {
		return err
	}
	views, err := p.viewsOf(ctx, s)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(views, func(v savedView) bool { return v.ID == r.PathValue("view") })
	if at < 0 {
		return shell.NotFound
	}
	one := views[at]
	err = action.Do(ctx, p.store, actorOf(r), action.Write{Name: "record.action.view_delete", Thing: viewThing(actorOf(r).Post, one.shared), Reason: one.Name,
		Do: func(ctx context.Context, _ action.Tx) error { return p.store.RecordViewDelete(ctx, one.ID) }})
	if err != nil {
		return err
	}
	undo := url.Values{onlyPart: {onlyOpen}, undoName: {one.Name}, undoQuery: {one.Query}}
	if one.shared {
		undo.Set(undoShared, "1")
	}
	if one.First {
		undo.Set(undoFirst, "1")
	}
	shell.Redirect(w, r, backAddress(ctx, s.register, undo.Encode()), "", nil)
	return nil
}
