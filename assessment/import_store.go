package assessment

import (
	"context"
	"maps"
	"slices"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Check reads a file as a dry run: it tells every fault at once and what an import would change. Nothing is stored.
//
// Errors: action.Refused for whoever does not hold the exam; ErrNotFound. Faults of the file stand in the result.
func (d *Desk) Check(ctx context.Context, actor action.Actor, id string, source Source) (Import, error) {
	e, err := d.store.Exam(ctx, id)
	if err != nil {
		return Import{}, err
	}
	if !MayHold(actor.Post, e.Owner) {
		return Import{}, action.Refused("assessment.action.import")
	}
	found, err := d.check(ctx, e, source)
	found.batch = nil // nobody who looks at a dry run needs the rows
	return found, err
}

func (d *Desk) check(ctx context.Context, e Exam, source Source) (Import, error) {
	if e.State != Open {
		return Import{}, fault.List{fault.New("assessment.not_open", nil)}
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return Import{}, err
	}
	batches, err := d.store.ExamBatches(ctx, e.ID)
	if err != nil {
		return Import{}, err
	}
	if len(batches) >= MaxBatches {
		return Import{}, fault.List{fault.New("assessment.batches_many", message.Args{"limit": MaxBatches})}
	}
	r := newReader(e, source, d.store.Keys(), tree)
	r.read()
	stored, err := d.sheet(ctx, e)
	if err != nil {
		return Import{}, err
	}
	found := r.result
	r.compare(stored)
	found.Schools = r.countSchools()
	found.batch = r.draft
	return *found, ctx.Err()
}

func (r *reader) countSchools() []SchoolRows {
	count := map[string]int{}
	for _, p := range r.draft.pupils {
		count[p.Unit]++
	}
	var all []SchoolRows
	for _, unit := range slices.Sorted(maps.Keys(count)) {
		all = append(all, SchoolRows{unit, count[unit]})
	}
	return all
}

// compare tells what the draft changes against what is stored.
func (r *reader) compare(stored Sheet) {
	inFile := map[string]bool{}
	for _, p := range r.draft.pupils {
		inFile[p.Unit] = true
	}
	for n, s := range r.exam.Subjects {
		if !r.draft.given[n] {
			continue
		}
		c := Change{Subject: s.Name}
		old := map[string]int{} // pupils with a mark that the import takes the place of
		for p, status := range stored.Status[n] {
			if status != NotTaken && (r.source.Scope != ItsSchools || inFile[stored.Pupils[p].Unit]) {
				old[stored.Pupils[p].Key] = p
			}
		}
		c.Replaces = len(old) > 0
		if c.Replaces && !r.draft.marked[n] && !stored.summed[n] {
			c.AnswersOnly, c.Replaces = true, false
			for p := range r.draft.pupils {
				r.count(&c, n, p)
			}
			r.result.Changes = append(r.result.Changes, c)
			continue
		}
		for p, pupil := range r.draft.pupils {
			r.count(&c, n, p)
			before, stood := old[pupil.Key]
			status := r.draft.status[n][p]
			if status == NotTaken {
				continue
			}
			delete(old, pupil.Key)
			switch {
			case !stood:
				c.Added++
			case stored.Status[n][before] != status || stored.Marks[n][before] != r.draft.marks[n][p]:
				c.Changed++
			default:
				c.Same++
			}
		}
		c.Removed = len(old)
		r.result.Changes = append(r.result.Changes, c)
	}
}

func (r *reader) count(c *Change, subject, pupil int) {
	switch r.draft.status[subject][pupil] {
	case Present:
		c.Present++
		if r.draft.marks[subject][pupil] == 0 {
			c.Zeros++
		}
	case Absent:
		c.Absent++
	case Excluded:
		c.Excluded++
	}
	if r.draft.answers[subject][pupil] != nil {
		c.Answers++
	}
}

// Import stores a file as one action. It reads the file again, so that what was seen in the dry run and what is stored cannot differ
// without a word: a fault that came meanwhile refuses all of it. told hears how many of how many rows were written; it may be nil.
func (d *Desk) Import(ctx context.Context, actor action.Actor, id string, source Source, told func(done, total int)) (Import, error) {
	e, err := d.store.Exam(ctx, id)
	if err != nil {
		return Import{}, err
	}
	if !MayHold(actor.Post, e.Owner) {
		return Import{}, action.Refused("assessment.action.import")
	}
	found, err := d.check(ctx, e, source)
	if err == nil {
		err = found.Faults.Err()
	}
	if err != nil {
		return found, err
	}
	parts, rows, err := d.rowsOf(e, found.batch)
	if err != nil {
		return found, err
	}
	total := len(rows.Pupils)
	for n := range parts {
		total += len(rows.Marks[n]) + len(rows.Answers[n])
	}
	err = d.write(ctx, actor, e, "assessment.action.import", source.File, func(ctx context.Context, tx action.Tx, now Exam) error {
		if now.State != Open || now.Version != e.Version {
			return fault.List{fault.New("action.stale", nil)}
		}
		serial, err := tx.Next(ctx, "exam.batch")
		if err != nil {
			return err
		}
		b := Batch{ID: tx.NewID(), Exam: id, Serial: serial, File: source.File, Scope: source.Scope, Pupils: len(rows.Pupils), Parts: parts,
			Person: actor.Post.Person, At: tx.Now(), Version: 1}
		if b.Scope == "" {
			b.Scope = WholeSubject
		}
		return d.store.ExamBatchInsert(ctx, b, rows, func(done int) {
			if told != nil {
				told(done, total)
			}
		})
	}, nil)
	return found, err
}

// rowsOf turns a draft into rows: names and numbers are sealed here and nowhere else.
func (d *Desk) rowsOf(e Exam, from *draft) ([]Part, Rows, error) {
	var rows Rows
	keys := d.store.Keys()
	for _, p := range from.pupils {
		name, err := keys.Seal(PurposeSeal, p.name, d.random)
		if err != nil {
			return nil, rows, err
		}
		number, err := keys.Seal(PurposeSeal, p.number, d.random)
		if err != nil {
			return nil, rows, err
		}
		rows.Pupils = append(rows.Pupils, PupilRow{Pupil: p.Pupil, Name: name, Number: number})
	}
	var parts []Part
	for n, s := range e.Subjects {
		if !from.given[n] {
			continue
		}
		var marks []MarkRow
		var answers []AnswerRow
		for p := range from.pupils {
			if status := from.status[n][p]; status != NotTaken {
				marks = append(marks, MarkRow{p, status, from.marks[n][p]})
			}
			if stored := from.answers[n][p]; stored != nil {
				answers = append(answers, AnswerRow{p, encode(only(stored, from.items[n]))})
			}
		}
		part := Part{Subject: s.Code, Marks: len(marks), Answers: len(answers), Derived: !from.marked[n]}
		if from.answered[n] {
			for k, item := range s.Items {
				if from.items[n][k] {
					part.Items = append(part.Items, item.Code)
				}
			}
		}
		parts, rows.Marks, rows.Answers = append(parts, part), append(rows.Marks, marks), append(rows.Answers, answers)
	}
	return parts, rows, nil
}

// only returns the answers to the items that a file holds.
func only(stored []string, held []bool) []string {
	var kept []string
	for n, one := range stored {
		if held[n] {
			kept = append(kept, one)
		}
	}
	return kept
}

// WithdrawImport takes an import out as a whole; what stood before it stands again.
func (d *Desk) WithdrawImport(ctx context.Context, actor action.Actor, id, batch, reason string) error {
	e, err := d.store.Exam(ctx, id)
	if err != nil {
		return err
	}
	return d.write(ctx, actor, e, "assessment.action.withdraw_import", reason, func(ctx context.Context, _ action.Tx, now Exam) error {
		if now.State != Open {
			return fault.List{fault.New("assessment.not_open", nil)}
		}
		batches, err := d.store.ExamBatches(ctx, id)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(batches, func(b Batch) bool { return b.ID == batch })
		if at < 0 || batches[at].Gone {
			return fault.List{fault.New("assessment.import_gone", nil)}
		}
		batches[at].Gone = true
		return d.store.ExamBatchUpdate(ctx, batches[at])
	}, nil)
}

// Imports returns the imports of an exam for whoever holds it or audits, the oldest first.
func (d *Desk) Imports(ctx context.Context, actor action.Actor, id string) ([]Batch, error) {
	_, sight, err := d.Sight(ctx, actor, id)
	if err != nil || !sight.All && !sight.Holder {
		return nil, err
	}
	return d.store.ExamBatches(ctx, id)
}
