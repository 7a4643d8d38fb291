package assessment

import (
	"context"
	"crypto/rand"
	"io"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/person"
)

// Fields of the forms, as faults name them.
const (
	FieldName     = "name"
	FieldKind     = "kind"
	FieldDesign   = "design"
	FieldStage    = "stage"
	FieldHeld     = "held"
	FieldIdentity = "identity"
	FieldSubjects = "subjects"
	FieldCuts     = "cuts"
	FieldReason   = "reason"
)

// Desk is where exams are made, filled and read. It keeps the sheets that were read last.
type Desk struct {
	set    *pack.Set
	store  Store
	random io.Reader

	lock  sync.Mutex
	kept  map[string]*keptSheet
	order []string // the least recently used first
}

// NewDesk returns a desk over the store. set gives the least size of groups.
func NewDesk(set *pack.Set, store Store) *Desk {
	return &Desk{set: set, store: store, random: rand.Reader, kept: map[string]*keptSheet{}}
}

func field(name, code string, args message.Args) *fault.Fault {
	return fault.At(fault.Place{Column: name}, code, args)
}

// Create stores a new exam, which is open. Whoever may hold exams at its owner may make one.
func (d *Desk) Create(ctx context.Context, actor action.Actor, e Exam) (Exam, error) {
	e.State, e.Closer, e.Version, e.Name = Open, "", 1, strings.TrimSpace(e.Name)
	err := d.write(ctx, actor, e, "assessment.action.create", "", func(ctx context.Context, tx action.Tx, _ Exam) error {
		e.ID = tx.NewID()
		return d.store.ExamInsert(ctx, e)
	}, Check(e))
	return e, err
}

// Edit changes what an exam says of itself while it is open. What marks were stored for stays: a subject with marks is not taken
// away, and its full mark is never below a mark.
func (d *Desk) Edit(ctx context.Context, actor action.Actor, e Exam) (Exam, error) {
	old, err := d.store.Exam(ctx, e.ID)
	if err != nil {
		return e, err
	}
	e.Owner, e.State, e.Closer, e.Name = old.Owner, old.State, old.Closer, strings.TrimSpace(e.Name)
	faults := Check(e)
	if old.State != Open {
		faults = append(fault.List{fault.New("assessment.not_open", nil)}, faults...)
	}
	sheet, err := d.sheet(ctx, old)
	if err != nil {
		return e, err
	}
	batches, err := d.present(ctx, e.ID)
	if err != nil {
		return e, err
	}
	faults = append(append(faults, keepsMarks(sheet, e)...), keepsAnswers(batches, old, e)...)
	err = d.write(ctx, actor, old, "assessment.action.edit", "", func(ctx context.Context, _ action.Tx, now Exam) error {
		if now.State != Open {
			return fault.New("assessment.not_open", nil)
		}
		return d.store.ExamUpdate(ctx, e)
	}, faults)
	e.Version++
	return e, err
}

// keepsMarks tells what of a changed exam does not fit the marks that are stored.
func keepsMarks(sheet Sheet, e Exam) fault.List {
	var faults fault.List
	if len(sheet.Pupils) > 0 && e.Identity != sheet.Exam.Identity {
		faults.Add(field(FieldIdentity, "assessment.identity_fixed", nil))
	}
	for n, subject := range sheet.Exam.Subjects {
		most, some := 0.0, false
		for p, status := range sheet.Status[n] {
			if status != NotTaken {
				some = true
			}
			if status == Present {
				most = max(most, sheet.Marks[n][p])
			}
		}
		now, _, there := e.Subject(subject.Code)
		switch {
		case some && !there:
			faults.Add(field(FieldSubjects, "assessment.subject_has_marks", message.Args{"subject": subject.Name}))
		case some && now.Full < most:
			faults.Add(field(FieldSubjects, "assessment.full_below_mark", message.Args{"subject": subject.Name, "full": plain(now.Full), "mark": plain(most)}))
		}
	}
	return faults
}

// keepsAnswers tells which items of a changed exam were taken away though answers to them are stored.
func keepsAnswers(batches []Batch, old, e Exam) fault.List {
	var faults fault.List
	told := map[string]bool{}
	for _, b := range batches {
		for _, part := range b.Parts {
			now, _, there := e.Subject(part.Subject)
			before, _, _ := old.Subject(part.Subject)
			for _, code := range part.Items {
				kept := slices.ContainsFunc(now.Items, func(i Item) bool { return i.Code == code })
				stood := slices.ContainsFunc(before.Items, func(i Item) bool { return i.Code == code })
				if key := part.Subject + "/" + code; there && stood && !kept && part.Answers > 0 && !told[key] {
					told[key] = true
					faults.Add(field(FieldSubjects, "assessment.item_has_answers", message.Args{"subject": now.Name, "item": code}))
				}
			}
		}
	}
	return faults
}

// Close fixes the figures of an exam.
func (d *Desk) Close(ctx context.Context, actor action.Actor, id string) error {
	return d.turn(ctx, actor, id, "assessment.action.close", "", func(e *Exam) *fault.Fault {
		if e.State != Open {
			return fault.New("assessment.not_open", nil)
		}
		e.State, e.Closer = Closed, actor.Post.Person
		return nil
	})
}

// Reopen opens a closed exam again, with a reason. Whoever closed it last cannot.
func (d *Desk) Reopen(ctx context.Context, actor action.Actor, id, reason string) error {
	return d.turn(ctx, actor, id, "assessment.action.reopen", reason, func(e *Exam) *fault.Fault {
		switch {
		case e.State != Closed:
			return fault.New("assessment.not_closed", nil)
		case strings.TrimSpace(reason) == "":
			return field(FieldReason, "assessment.reason_wanted", nil)
		case e.Closer != "" && e.Closer == actor.Post.Person:
			return fault.New("assessment.second_person", nil)
		}
		e.State = Open
		return nil
	})
}

// Withdraw takes an exam out of every list and figure, with a reason. Its rows stay for whoever must look back.
func (d *Desk) Withdraw(ctx context.Context, actor action.Actor, id, reason string) error {
	return d.turn(ctx, actor, id, "assessment.action.withdraw", reason, func(e *Exam) *fault.Fault {
		switch {
		case e.State == Withdrawn:
			return fault.New("assessment.withdrawn", nil)
		case strings.TrimSpace(reason) == "":
			return field(FieldReason, "assessment.reason_wanted", nil)
		}
		e.State = Withdrawn
		return nil
	})
}

func (d *Desk) turn(ctx context.Context, actor action.Actor, id, name, reason string, change func(e *Exam) *fault.Fault) error {
	e, err := d.store.Exam(ctx, id)
	if err != nil {
		return err
	}
	return d.write(ctx, actor, e, name, reason, func(ctx context.Context, _ action.Tx, now Exam) error {
		if refusal := change(&now); refusal != nil {
			return fault.List{refusal}
		}
		return d.store.ExamUpdate(ctx, now)
	}, nil)
}

// write is a write of whoever holds an exam. do gets the exam as it stands inside the transaction.
func (d *Desk) write(ctx context.Context, actor action.Actor, e Exam, name, reason string, do func(ctx context.Context, tx action.Tx, now Exam) error, faults fault.List) error {
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return err
	}
	if !MayHold(actor.Post, e.Owner) {
		return action.Refused(name)
	}
	thing := access.Thing{Class: access.Fact, Unit: person.At(tree, e.Owner), Subject: subjectOf(actor.Post)}
	return action.Do(ctx, d.store, actor, action.Write{Name: name, Thing: thing, Reason: strings.TrimSpace(reason),
		Check: func(context.Context) error { return faults.Err() },
		Do: func(ctx context.Context, tx action.Tx) error {
			if e.ID == "" {
				return do(ctx, tx, e)
			}
			now, err := d.store.Exam(ctx, e.ID)
			if err != nil {
				return err
			}
			return do(ctx, tx, now)
		}})
}

// Check tells everything that is wrong with what an exam says of itself.
func Check(e Exam) fault.List {
	var faults fault.List
	bad := func(name, code string, args message.Args) { faults.Add(field(name, code, args)) }
	if n := utf8.RuneCountInString(e.Name); n == 0 || n > MaxName {
		bad(FieldName, "assessment.name_wanted", message.Args{"limit": MaxName})
	}
	if !oneOf(e.Kind, Kinds()) {
		bad(FieldKind, "assessment.choice_wanted", message.Args{"what": message.Word("assessment.field.kind")})
	}
	if !oneOf(e.Design, Designs()) {
		bad(FieldDesign, "assessment.choice_wanted", message.Args{"what": message.Word("assessment.field.design")})
	}
	if !oneOf(e.Identity, Identities()) {
		bad(FieldIdentity, "assessment.choice_wanted", message.Args{"what": message.Word("assessment.field.identity")})
	}
	if !oneOf(e.Stage, Stages()) {
		bad(FieldStage, "assessment.choice_wanted", message.Args{"what": message.Word("assessment.field.stage")})
	}
	if !e.Held.Valid() || e.Held.Year < 2000 || e.Held.Year > 2100 {
		bad(FieldHeld, "assessment.held_wanted", nil)
	}
	faults = append(faults, checkSubjects(e)...)
	return append(faults, checkCuts(e)...)
}

func oneOf[T comparable](value T, all []T) bool {
	for _, one := range all {
		if one == value {
			return true
		}
	}
	return false
}

// Stages are the stages whose pupils are tested, as in the pack census.
func Stages() []string { return []string{"primary", "junior", "senior", "vocational"} }
