package progress

import (
	"context"
	"strings"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/assessment"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/unit"
)

// ErrNotFound is the fault that a study or a result is not there.
var ErrNotFound = fault.New("progress.not_found", nil)

// Store keeps studies and their results. The methods that write may only be called inside action.Do.
type Store interface {
	action.Store
	StudyInsert(ctx context.Context, one Study) error
	// StudyUpdate stores a new version; fault action.stale when somebody was faster.
	StudyUpdate(ctx context.Context, one Study) error
	// Study returns a study by id, ErrNotFound when it is not there.
	Study(ctx context.Context, id string) (Study, error)
	// Studies returns at most limit studies, the newest first.
	Studies(ctx context.Context, limit int) ([]Study, error)
	StudyResultInsert(ctx context.Context, kept Kept) error
	// StudyResults returns the results of a study without inputs and results, the newest first.
	StudyResults(ctx context.Context, study string) ([]Kept, error)
	// StudyResult returns one result with everything; ErrNotFound when there is none.
	StudyResult(ctx context.Context, id string) (Kept, error)
	Tree(ctx context.Context) (*unit.Tree, error)
}

// Exams gives exams as whoever asks may compute on them.
type Exams interface {
	Sheet(ctx context.Context, actor action.Actor, exam string) (assessment.Sheet, assessment.Sight, error)
}

// Desk is where studies are made, computed and looked at.
type Desk struct {
	set   func() *pack.Set
	store Store
	exams Exams
}

// NewDesk returns a desk over a store and exams. set gives the rules.
func NewDesk(set func() *pack.Set, store Store, exams Exams) *Desk {
	return &Desk{set: set, store: store, exams: exams}
}

// Create stores a new study and computes it. Nothing is stored of a study that cannot be computed.
//
// Errors: a fault.List with everything that is wrong: the study, its exams, the rules, or pupils who cannot be linked.
func (d *Desk) Create(ctx context.Context, actor action.Actor, study Study) (Study, Kept, error) {
	study.Name, study.Reliable = strings.TrimSpace(study.Name), strings.TrimSpace(study.Reliable)
	study.Person, study.Version = actor.Post.Person, 1
	owner, err := d.owner(ctx, study.Owner)
	if err != nil {
		return study, Kept{}, err
	}
	var kept Kept
	var result Result
	var sums Sums
	err = action.Do(ctx, d.store, actor, action.Write{Name: "progress.action.create", Thing: thing(owner),
		Check: func(ctx context.Context) error {
			if !MayMake(actor.Post, owner) {
				return action.Refused("progress.action.create")
			}
			if err := study.Check().Err(); err != nil {
				return err
			}
			result, sums, err = d.compute(ctx, actor, study)
			return err
		},
		Do: func(ctx context.Context, tx action.Tx) error {
			study.ID, study.At = tx.NewID(), tx.Now()
			if err := d.store.StudyInsert(ctx, study); err != nil {
				return err
			}
			result.Study = study
			kept, err = d.keep(ctx, tx, actor, result, sums)
			return err
		}})
	return study, kept, err
}

// Again computes a study once more, as after marks were put right. What was frozen before stays.
func (d *Desk) Again(ctx context.Context, actor action.Actor, id string) (Kept, error) {
	var kept Kept
	study, err := d.store.Study(ctx, id)
	if err != nil {
		return kept, err
	}
	owner, err := d.owner(ctx, study.Owner)
	if err != nil {
		return kept, err
	}
	var result Result
	var sums Sums
	err = action.Do(ctx, d.store, actor, action.Write{Name: "progress.action.again", Thing: thing(owner),
		Check: func(ctx context.Context) error {
			if !MayMake(actor.Post, owner) {
				return action.Refused("progress.action.again")
			}
			result, sums, err = d.compute(ctx, actor, study)
			return err
		},
		Do: func(ctx context.Context, tx action.Tx) error {
			kept, err = d.keep(ctx, tx, actor, result, sums)
			return err
		}})
	return kept, err
}

func (d *Desk) keep(ctx context.Context, tx action.Tx, actor action.Actor, result Result, sums Sums) (Kept, error) {
	kept, err := Freeze(result, sums)
	if err != nil {
		return kept, err
	}
	kept.ID, kept.At, kept.Person = tx.NewID(), tx.Now(), actor.Post.Person
	return kept, d.store.StudyResultInsert(ctx, kept)
}

func (d *Desk) owner(ctx context.Context, code string) (access.Unit, error) {
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return access.Unit{}, err
	}
	if _, known := tree.Find(code); !known {
		return access.Unit{}, fault.New("progress.owner_unknown", message.Args{"code": code})
	}
	return person.At(tree, code), nil
}

// compute reads the exams and evaluates. Only who sees every school of an exam may compute on it.
func (d *Desk) compute(ctx context.Context, actor action.Actor, study Study) (Result, Sums, error) {
	sheets := map[string]assessment.Sheet{}
	var faults fault.List
	var last period.Date
	for _, exam := range study.Exams() {
		sheet, sight, err := d.exams.Sheet(ctx, actor, exam)
		if own := fault.Of(err); len(own) > 0 {
			faults.Add(own...)
			continue
		}
		if err != nil {
			return Result{}, Sums{}, err
		}
		if !sight.All {
			faults.Add(fault.New("progress.exam_partial", message.Args{"exam": sheet.Exam.Name}))
		}
		sheets[exam] = sheet
		if last.Before(sheet.Exam.Held) {
			last = sheet.Exam.Held
		}
	}
	faults.Add(subjectsKnown(study, sheets)...)
	faults.Add(sameNumbers(sheets)...)
	if err := faults.Err(); err != nil {
		return Result{}, Sums{}, err
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return Result{}, Sums{}, err
	}
	rules, packs, err := RulesOf(d.set(), last, assessment.Regions(tree, study.Owner)...)
	if err != nil {
		return Result{}, Sums{}, err
	}
	return Compute(study, rules, packs, sheets)
}

// subjectsKnown tells which subjects of a study its exams do not have, and which exams have no total.
func subjectsKnown(study Study, sheets map[string]assessment.Sheet) fault.List {
	var faults fault.List
	for _, w := range study.Waves {
		sheet, read := sheets[w.Exam]
		if !read {
			continue
		}
		total := false
		known := map[string]bool{}
		for _, s := range sheet.Exam.Subjects {
			known[s.Code], total = true, total || s.Total
		}
		for _, code := range w.Subjects {
			if !known[code] {
				faults.Add(fault.At(fault.Place{Column: string(w.Role)}, "progress.subject_unknown", message.Args{"exam": sheet.Exam.Name, "subject": code}))
			}
		}
		if len(w.Subjects) == 0 && !total {
			faults.Add(fault.At(fault.Place{Column: string(w.Role)}, "progress.no_total", message.Args{"exam": sheet.Exam.Name}))
		}
	}
	return faults
}

// sameNumbers refuses exams whose pupils are known by different kinds of number: nobody could be found again.
func sameNumbers(sheets map[string]assessment.Sheet) fault.List {
	kinds := map[assessment.Identity]bool{}
	for _, sheet := range sheets {
		kinds[sheet.Exam.Identity] = true
	}
	if len(kinds) > 1 {
		return fault.List{fault.New("progress.other_numbers", nil)}
	}
	return nil
}

// Sight is what an actor may see of a study.
func (d *Desk) Sight(ctx context.Context, actor action.Actor, study Study) (Sight, error) {
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return Sight{}, err
	}
	return SightOf(actor.Post, study.Owner, func(code string) access.Unit { return person.At(tree, code) }), nil
}

// Studies are the studies of which an actor may see something, the newest first.
func (d *Desk) Studies(ctx context.Context, actor action.Actor) ([]Study, error) {
	all, err := d.store.Studies(ctx, MaxStudies)
	if err != nil {
		return nil, err
	}
	var seen []Study
	for _, one := range all {
		sight, err := d.Sight(ctx, actor, one)
		if err != nil {
			return nil, err
		}
		if sight.Any() {
			seen = append(seen, one)
		}
	}
	return seen, nil
}

// Look is a study with one of its results, as far as an actor may see it. result "" is the newest.
type Look struct {
	Study   Study
	Kept    Kept
	All     []Kept // every result of the study, the newest first, without contents
	Result  Result // Seen
	Sight   Sight
	MayMake bool
}

// Look reads a study for an actor.
//
// Errors: ErrNotFound when there is none, or none that the actor may know of.
func (d *Desk) Look(ctx context.Context, actor action.Actor, id, result string) (Look, error) {
	var out Look
	var err error
	if out.Study, err = d.store.Study(ctx, id); err != nil {
		return out, err
	}
	if out.Sight, err = d.Sight(ctx, actor, out.Study); err != nil {
		return out, err
	}
	if !out.Sight.Any() {
		return out, ErrNotFound
	}
	if out.All, err = d.store.StudyResults(ctx, id); err != nil {
		return out, err
	}
	if result == "" && len(out.All) > 0 {
		result = out.All[0].ID
	}
	if out.Kept, err = d.store.StudyResult(ctx, result); err != nil {
		return out, err
	}
	if out.Kept.Study != id {
		return out, ErrNotFound
	}
	whole, err := out.Kept.Result()
	if err != nil {
		return out, err
	}
	owner, err := d.owner(ctx, out.Study.Owner)
	out.Result, out.MayMake = whole.Seen(out.Sight), err == nil && MayMake(actor.Post, owner)
	return out, nil
}
