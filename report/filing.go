package report

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/publication"
)

// ErrNotFound is the fault that a report is not there.
var ErrNotFound = fault.New("report.not_found", nil)

// State is where a report stands.
type State string

// The states of a report. A draft may be composed again and written in; a filed one is frozen for ever; a withdrawn one keeps number
// and content.
const (
	Draft     State = "draft"
	Filed     State = "filed"
	Withdrawn State = "withdrawn"
)

// File is a report with who did what.
type File struct {
	ID          string
	State       State
	Report      Report
	Title       string
	Hash        string // of the report as filed; "" before
	Year        int    // of the run of numbers, 0 before it is filed
	Number      int64
	Composer    string // ids of persons
	Editor      string // who changed it last
	Signer      string
	Withdrawer  string
	Reason      string // why it was withdrawn
	ComposedAt  time.Time
	EditedAt    time.Time
	SignedAt    time.Time
	WithdrawnAt time.Time
	Publication string // id of the publication that was prepared of it
	Version     int64
}

// Query names reports. Zero parts do not narrow.
type Query struct {
	Kind   Kind
	Plan   string
	Unit   string
	States []State
	Before period.Date // figures of an earlier day only
	Limit  int         // 0: MaxList
}

// MaxList is how many reports a list holds.
const MaxList = 500

// Store keeps reports. The methods that write may only be called inside action.Do.
type Store interface {
	action.Store
	ReportInsert(ctx context.Context, one File) error
	// ReportUpdate stores a new version; fault action.stale when somebody was faster.
	ReportUpdate(ctx context.Context, one File) error
	// Report returns a report by id, ErrNotFound when it is not there, an error when a filed one is not what was filed.
	Report(ctx context.Context, id string) (File, error)
	// Reports returns the reports that the query names without their blocks, that of the latest figures first.
	Reports(ctx context.Context, query Query) ([]File, error)
}

// Fields of the forms, as faults name them.
const (
	FieldReason = "reason"
	FieldKind   = "kind"
	FieldPlan   = "plan"
	FieldUnit   = "unit"
	FieldDay    = "day"
)

// thing is a report as rights see it.
func thing(unit string) access.Thing {
	return access.Thing{Class: access.Plan, Unit: access.Unit{Code: unit}}
}

// MayCompose tells whether somebody in post may compose reports on a unit: whoever changes plans and stands at the unit or above it.
func MayCompose(post access.Post, unit access.Unit) bool {
	return access.May(post, access.Change, thing(unit.Code)) && (post.Role == access.Program || post.Unit.Contains(unit))
}

// MaySign tells whether somebody in post may sign reports on a unit.
func MaySign(post access.Post, unit access.Unit) bool {
	return access.May(post, access.Approve, thing(unit.Code)) && (post.Role == access.Program || post.Unit.Contains(unit))
}

// MaySee tells whether somebody in post may see a report on a unit. What is filed is seen from the unit and from all below and above
// it; a draft by who may compose it, who is asked in it, and the auditor.
func MaySee(post access.Post, unit access.Unit, one File) bool {
	if !access.May(post, access.See, thing(unit.Code)) {
		return false
	}
	if MayCompose(post, unit) || post.Role == access.Auditor {
		return true
	}
	if one.State == Draft {
		return slices.ContainsFunc(one.Report.Narratives(), func(n *Narrative) bool { return asked(post, *n) })
	}
	return post.Unit.Contains(unit) || unit.Contains(post.Unit)
}

// asked tells whether a narrative is asked of the unit of a post.
func asked(post access.Post, n Narrative) bool { return n.Of != "" && n.Of == post.Unit.Code }

// MayWrite tells whether somebody in post may write a narrative of a draft.
func MayWrite(post access.Post, unit access.Unit, n Narrative) bool {
	return MayCompose(post, unit) || asked(post, n) && access.May(post, access.Change, askedThing(post, n))
}

// askedThing is a narrative as a row that its unit leads.
func askedThing(post access.Post, n Narrative) access.Thing {
	return access.Thing{Class: access.Record, Unit: post.Unit, Lead: n.Of, Subject: post.Subject, Owner: post.Person}
}

// FileDraft stores a composed report as a draft and returns it. There is at most one draft of a kind, plan and unit for a period: an
// older one is composed again, what was written in it stays.
func FileDraft(ctx context.Context, store Store, actor action.Actor, unit access.Unit, composed Report) (File, error) {
	var one File
	err := action.Do(ctx, store, actor, action.Write{Name: "report.action.compose", Thing: thing(unit.Code),
		Check: func(context.Context) error { return mayOrFault(MayCompose(actor.Post, unit)) },
		Do: func(ctx context.Context, tx action.Tx) error {
			older, err := store.Reports(ctx, Query{Kind: composed.Kind, Plan: composed.Plan, Unit: composed.Unit, States: []State{Draft}})
			if err != nil {
				return err
			}
			for _, draft := range older {
				if draft.Report.Period != composed.Period {
					continue
				}
				if one, err = store.Report(ctx, draft.ID); err != nil {
					return err
				}
				composed.Keep(one.Report)
				one.Report, one.Title, one.Editor, one.EditedAt = composed, composed.Title, actor.Post.Person, tx.Now()
				return store.ReportUpdate(ctx, one)
			}
			one = File{ID: tx.NewID(), State: Draft, Report: composed, Title: composed.Title, Composer: actor.Post.Person, Editor: actor.Post.Person,
				ComposedAt: tx.Now(), EditedAt: tx.Now(), Version: 1}
			return store.ReportInsert(ctx, one)
		}})
	return one, err
}

func mayOrFault(may bool) error {
	if may {
		return nil
	}
	return fault.New("report.no_right", nil)
}

// step is one change of a report.
type step struct {
	name      string
	operation access.Operation
	thing     access.Thing
	id        string
	version   int64
	from      State
	reason    string
	check     func(one File) fault.List
	do        func(ctx context.Context, one *File, tx action.Tx) error
}

// change does a step in one action: the report is read and checked where no other write can come between.
func change(ctx context.Context, store Store, actor action.Actor, s step) error {
	return action.Do(ctx, store, actor, action.Write{Name: s.name, Operation: s.operation, Thing: s.thing, Reason: s.reason,
		Do: func(ctx context.Context, tx action.Tx) error {
			one, err := store.Report(ctx, s.id)
			if err != nil {
				return err
			}
			if s.version != 0 && one.Version != s.version {
				return fault.New("action.stale", nil)
			}
			if one.State != s.from {
				return fault.New("report.state_wrong", message.Args{"state": message.Word("report.state." + string(one.State))})
			}
			if err := s.check(one).Err(); err != nil {
				return err
			}
			if err := s.do(ctx, &one, tx); err != nil {
				return err
			}
			return store.ReportUpdate(ctx, one)
		}})
}

// Written is what somebody writes into one narrative: the text, and by the name of a figure what is stated and why.
type Written struct {
	Text   string
	Stated map[string]Value
	Why    map[string]string
}

// Write writes into a narrative of a draft. A figure stated otherwise than it is stored, in its field or in the text, is refused
// without a reason.
func Write(ctx context.Context, store Store, actor action.Actor, unit access.Unit, id, narrative string, written Written) error {
	draft, err := store.Report(ctx, id)
	if err != nil {
		return err
	}
	about := thing(unit.Code)
	if n := draft.Report.narrative(narrative); n != nil && !MayCompose(actor.Post, unit) && asked(actor.Post, *n) {
		about = askedThing(actor.Post, *n)
	}
	return change(ctx, store, actor, step{name: "report.action.write", operation: access.Change, thing: about, id: id, from: Draft,
		check: func(one File) fault.List {
			n := one.Report.narrative(narrative)
			if n == nil {
				return fault.List{fault.New("report.narrative_unknown", nil)}
			}
			if !MayWrite(actor.Post, unit, *n) {
				return fault.List{fault.New("report.no_right", nil)}
			}
			n.take(written)
			return n.Check()
		},
		do: func(_ context.Context, one *File, tx action.Tx) error {
			one.Report.narrative(narrative).take(written)
			one.Editor, one.EditedAt = actor.Post.Person, tx.Now()
			return nil
		}})
}

func (r *Report) narrative(id string) *Narrative {
	for _, one := range r.Narratives() {
		if one.ID == id {
			return one
		}
	}
	return nil
}

// take puts what was written into the narrative. A figure stated as it is stored is not kept as stated.
func (n *Narrative) take(written Written) {
	n.Text = strings.TrimSpace(strings.ReplaceAll(written.Text, "\r\n", "\n"))
	for k := range n.Figures {
		one := &n.Figures[k]
		one.Stated, one.Why = written.Stated[one.Name], strings.TrimSpace(written.Why[one.Name])
		if !one.Differs() {
			one.Stated = Value{}
		}
	}
}

// Sign files a draft: somebody who neither composed it nor changed it last signs it, it takes the next number of its series and
// year, and is frozen with its hash. Narratives that are wanted must be written.
func Sign(ctx context.Context, store Store, actor action.Actor, unit access.Unit, id string, version int64) error {
	return change(ctx, store, actor, step{name: "report.action.sign", operation: access.Approve, thing: thing(unit.Code), id: id, version: version, from: Draft,
		check: func(one File) fault.List { return one.signable(actor, unit) },
		do: func(ctx context.Context, one *File, tx action.Tx) error {
			day := period.DayAt(tx.Now())
			number, err := tx.Next(ctx, fmt.Sprintf("report.%s.%s.%d", one.Report.Kind, one.Report.Unit, day.Year))
			if err != nil {
				return err
			}
			one.Report.Number = say("report.number."+string(one.Report.Kind), "year", day.Year, "number", number)
			one.Report.Dated = day.String()
			one.State, one.Year, one.Number, one.Signer, one.SignedAt, one.Hash = Filed, day.Year, number, actor.Post.Person, tx.Now(), one.Report.Digest()
			return nil
		}})
}

// signable tells everything that keeps somebody from signing a draft.
func (f File) signable(actor action.Actor, unit access.Unit) fault.List {
	var faults fault.List
	if !MaySign(actor.Post, unit) {
		faults.Add(fault.New("report.no_right", nil))
	}
	if actor.Post.Person == f.Composer || actor.Post.Person == f.Editor {
		faults.Add(fault.New("report.second_person", nil))
	}
	for _, one := range f.Report.Narratives() {
		if one.Wanted && one.Text == "" {
			faults.Add(fault.New("report.narrative_wanted", message.Args{"ask": one.Ask, "who": one.Who}))
		}
		faults.Add(one.Check()...)
	}
	return faults
}

// Withdraw takes a filed report back. Number and content stay, with the reason.
func Withdraw(ctx context.Context, store Store, actor action.Actor, unit access.Unit, id string, version int64, reason string) error {
	reason = strings.TrimSpace(reason)
	return change(ctx, store, actor, step{name: "report.action.withdraw", operation: access.Approve, thing: thing(unit.Code), id: id, version: version, from: Filed, reason: reason,
		check: func(File) fault.List {
			var faults fault.List
			if !MaySign(actor.Post, unit) {
				faults.Add(fault.New("report.no_right", nil))
			}
			if n := utf8.RuneCountInString(reason); n == 0 || n > MaxReason {
				faults.Add(fault.At(fault.Place{Column: FieldReason}, "report.reason_wanted", message.Args{"limit": MaxReason}))
			}
			return faults
		},
		do: func(_ context.Context, one *File, tx action.Tx) error {
			one.State, one.Withdrawer, one.WithdrawnAt, one.Reason = Withdrawn, actor.Post.Person, tx.Now(), reason
			return nil
		}})
}

// LastBefore returns the report of a kind, plan and unit that was filed last with figures of an earlier day, nil where there is none.
func LastBefore(ctx context.Context, store Store, ask Ask) (*Report, error) {
	found, err := store.Reports(ctx, Query{Kind: ask.Kind, Plan: ask.Plan, Unit: ask.Unit, States: []State{Filed}, Before: ask.Day, Limit: 1})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	one, err := store.Report(ctx, found[0].ID)
	return &one.Report, err
}

// Publish prepares a filed report for publication: a second person approves it at the desk of publications. What the form of a
// publication has no room for is said in its last paragraph.
func Publish(ctx context.Context, store Store, publications publication.Store, actor action.Actor, unit access.Unit, id string) (publication.Publication, error) {
	one, err := store.Report(ctx, id)
	if err != nil {
		return publication.Publication{}, err
	}
	if one.State != Filed {
		return publication.Publication{}, fault.New("report.state_wrong", message.Args{"state": message.Word("report.state." + string(one.State))})
	}
	if one.Publication != "" {
		return publication.Publication{}, fault.New("report.published_already", nil)
	}
	made, err := publication.Prepare(ctx, publications, actor, one.Report.Unit, one.Report.Public())
	if err != nil {
		return made, err
	}
	return made, change(ctx, store, actor, step{name: "report.action.publish", operation: access.Change, thing: thing(unit.Code), id: id, from: Filed,
		check: func(File) fault.List { return nil },
		do: func(_ context.Context, one *File, _ action.Tx) error {
			one.Publication = made.ID
			return nil
		}})
}
