package assessment

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// maxKept is how many sheets a desk keeps: a county looks at one or two exams at a time, a study at three.
const maxKept = 6

// keptSheet is a sheet with what it was made of.
type keptSheet struct {
	stamp string
	sheet Sheet
}

// Sheet returns the marks of an exam and what the actor may see of them. The sheet holds every pupil, as means and expectations need
// them all: what is shown must keep to the Sight.
//
// Errors: ErrNotFound for an exam that is not there and for whoever may know nothing of it.
func (d *Desk) Sheet(ctx context.Context, actor action.Actor, id string) (Sheet, Sight, error) {
	e, sight, err := d.Sight(ctx, actor, id)
	if err != nil {
		return Sheet{}, Sight{}, err
	}
	sheet, err := d.sheet(ctx, e)
	return sheet, sight, err
}

// sheet returns the sheet of an exam, the one that is kept while nothing changed.
func (d *Desk) sheet(ctx context.Context, e Exam) (Sheet, error) {
	if e.ID == "" {
		return Sheet{Exam: e}, nil
	}
	batches, err := d.present(ctx, e.ID)
	if err != nil {
		return Sheet{}, err
	}
	stamp := fmt.Sprintf("%d", e.Version)
	for _, b := range batches {
		stamp += fmt.Sprintf("/%d.%d", b.Serial, b.Version)
	}
	d.lock.Lock()
	kept := d.kept[e.ID]
	if kept != nil && kept.stamp == stamp {
		d.order = append(slices.DeleteFunc(d.order, func(id string) bool { return id == e.ID }), e.ID)
		d.lock.Unlock()
		return kept.sheet, nil
	}
	d.lock.Unlock()
	sheet, err := d.build(ctx, e, batches)
	if err != nil {
		return Sheet{}, err
	}
	d.lock.Lock()
	defer d.lock.Unlock()
	d.kept[e.ID] = &keptSheet{stamp, sheet}
	d.order = append(slices.DeleteFunc(d.order, func(id string) bool { return id == e.ID }), e.ID)
	for len(d.order) > maxKept {
		delete(d.kept, d.order[0])
		d.order = d.order[1:]
	}
	return sheet, nil
}

// present are the batches of an exam that were not withdrawn.
func (d *Desk) present(ctx context.Context, exam string) ([]Batch, error) {
	batches, err := d.store.ExamBatches(ctx, exam)
	return slices.DeleteFunc(batches, func(b Batch) bool { return b.Gone }), err
}

// builder lays batches over each other.
type builder struct {
	sheet Sheet
	byKey map[string]int
	given []bool // of each subject: its marks were given, not summed from answers
}

// build reads the batches of an exam one after the other: a later one takes the place of what an earlier one held of its subjects.
func (d *Desk) build(ctx context.Context, e Exam, batches []Batch) (Sheet, error) {
	b := &builder{sheet: Sheet{Exam: e, Marks: make([][]float64, len(e.Subjects)), Status: make([][]Status, len(e.Subjects))}, byKey: map[string]int{},
		given: make([]bool, len(e.Subjects))}
	for _, batch := range batches {
		pupils, err := d.store.ExamPupils(ctx, batch.Serial)
		if err != nil {
			return Sheet{}, err
		}
		numbers, units := b.enter(batch, pupils)
		for _, part := range batch.Parts {
			_, n, known := e.Subject(part.Subject)
			if !known {
				continue
			}
			marks, err := d.store.ExamMarks(ctx, batch.Serial, part.Subject)
			if err != nil {
				return Sheet{}, err
			}
			if part.Derived && b.given[n] {
				continue // marks that a file gave stand before sums of answers
			}
			b.given[n] = b.given[n] || !part.Derived
			b.clear(n, batch.Scope, units)
			for _, m := range marks {
				b.sheet.Status[n][numbers[m.Position]], b.sheet.Marks[n][numbers[m.Position]] = m.Status, m.Mark
			}
		}
	}
	return b.sorted(), nil
}

// enter adds the pupils of a batch and returns the number of each, and the schools of the batch.
func (b *builder) enter(batch Batch, pupils []PupilRow) ([]int, map[string]bool) {
	numbers, units := make([]int, len(pupils)), map[string]bool{}
	for position, p := range pupils {
		units[p.Unit] = true
		p.Cluster = p.Unit
		n, known := b.byKey[p.Key]
		if !known {
			n = len(b.sheet.Pupils)
			b.byKey[p.Key] = n
			b.sheet.Pupils = append(b.sheet.Pupils, p.Pupil)
			b.sheet.places, b.sheet.twice = append(b.sheet.places, place{}), append(b.sheet.twice, false)
			for s := range b.sheet.Marks {
				b.sheet.Marks[s], b.sheet.Status[s] = append(b.sheet.Marks[s], 0), append(b.sheet.Status[s], NotTaken)
			}
		}
		numbers[position] = n
		b.sheet.twice[n] = b.sheet.twice[n] || b.sheet.Pupils[n].Unit != p.Unit
		b.sheet.Pupils[n] = later(b.sheet.Pupils[n], p.Pupil)
		b.sheet.places[n] = place{batch.Serial, position}
	}
	return numbers, units
}

// later is a pupil as the later of two batches tells; where it is silent the earlier one stands.
func later(before, now Pupil) Pupil {
	for _, pair := range []struct{ now, before *string }{{&now.Class, &before.Class}, {&now.Track, &before.Track}, {&now.Group, &before.Group},
		{&now.Stratum, &before.Stratum}, {&now.Goes, &before.Goes}} {
		if *pair.now == "" {
			*pair.now = *pair.before
		}
	}
	if now.Weight == 1 {
		now.Weight = before.Weight
	}
	return now
}

// clear takes the marks of a subject away: all of them, or those of the schools of a batch.
func (b *builder) clear(subject int, scope Scope, units map[string]bool) {
	for p := range b.sheet.Pupils {
		if scope != ItsSchools || units[b.sheet.Pupils[p].Unit] {
			b.sheet.Status[subject][p], b.sheet.Marks[subject][p] = NotTaken, 0
		}
	}
}

// sorted returns the sheet in the order of unit, class and key, without pupils of whom nothing is left.
func (b *builder) sorted() Sheet {
	var order []int
	for p := range b.sheet.Pupils {
		if slices.ContainsFunc(b.sheet.Status, func(column []Status) bool { return column[p] != NotTaken }) {
			order = append(order, p)
		}
	}
	pupils := b.sheet.Pupils
	slices.SortFunc(order, func(i, j int) int {
		if c := strings.Compare(pupils[i].Unit, pupils[j].Unit); c != 0 {
			return c
		}
		if c := strings.Compare(pupils[i].Class, pupils[j].Class); c != 0 {
			return c
		}
		return strings.Compare(pupils[i].Key, pupils[j].Key)
	})
	sheet := Sheet{Exam: b.sheet.Exam, Pupils: make([]Pupil, len(order)), places: make([]place, len(order)), twice: make([]bool, len(order))}
	for _, given := range b.given {
		sheet.summed = append(sheet.summed, !given)
	}
	for to, from := range order {
		sheet.Pupils[to], sheet.places[to], sheet.twice[to] = pupils[from], b.sheet.places[from], b.sheet.twice[from]
	}
	for s := range b.sheet.Marks {
		marks, status := make([]float64, len(order)), make([]Status, len(order))
		for to, from := range order {
			marks[to], status[to] = b.sheet.Marks[s][from], b.sheet.Status[s][from]
		}
		sheet.Marks, sheet.Status = append(sheet.Marks, marks), append(sheet.Status, status)
	}
	return sheet
}

// Answers returns the answers to the paper of a subject, by its code, and what the actor may see of them. Pupils without answers
// are left out.
//
// Errors: ErrNotFound as Sheet; a fault for a subject that the exam does not have.
func (d *Desk) Answers(ctx context.Context, actor action.Actor, id, subject string) (ItemSheet, Sight, error) {
	sheet, sight, err := d.Sheet(ctx, actor, id)
	if err != nil {
		return ItemSheet{}, Sight{}, err
	}
	s, _, known := sheet.Exam.Subject(subject)
	if !known {
		return ItemSheet{}, Sight{}, fault.New("assessment.subject_gone", message.Args{"subject": subject})
	}
	batches, err := d.present(ctx, id)
	if err != nil {
		return ItemSheet{}, Sight{}, err
	}
	answers := map[string][]string{} // by key of the pupil
	for _, batch := range batches {
		at := slices.IndexFunc(batch.Parts, func(p Part) bool { return p.Subject == subject })
		if at < 0 || len(batch.Parts[at].Items) == 0 {
			continue
		}
		if err := d.addAnswers(ctx, sheet, batch, batch.Parts[at], s, answers); err != nil {
			return ItemSheet{}, Sight{}, err
		}
	}
	return itemSheet(sheet, s, answers), sight, nil
}

// addAnswers lays the answers of a batch over those of earlier ones.
func (d *Desk) addAnswers(ctx context.Context, sheet Sheet, batch Batch, part Part, s Subject, answers map[string][]string) error {
	pupils, err := d.store.ExamPupils(ctx, batch.Serial)
	if err != nil {
		return err
	}
	rows, err := d.store.ExamAnswers(ctx, batch.Serial, part.Subject)
	if err != nil {
		return err
	}
	if batch.Scope != ItsSchools {
		clear(answers)
	} else {
		units := map[string]bool{}
		for _, p := range pupils {
			units[p.Unit] = true
		}
		for _, p := range sheet.Pupils {
			if units[p.Unit] {
				delete(answers, p.Key)
			}
		}
	}
	from := make([]int, len(s.Items)) // where each item of the paper stands in the stored answers
	for n, item := range s.Items {
		from[n] = slices.Index(part.Items, item.Code)
	}
	for _, row := range rows {
		stored, present := decode(row.Answers, len(part.Items)), make([]string, len(s.Items))
		for n := range s.Items {
			if present[n] = notGivenMark; from[n] >= 0 {
				present[n] = stored[from[n]]
			}
		}
		answers[pupils[row.Position].Key] = present
	}
	return nil
}

func itemSheet(sheet Sheet, s Subject, answers map[string][]string) ItemSheet {
	items := ItemSheet{Subject: s, Scores: make([][]float64, len(s.Items)), Options: make([][]string, len(s.Items))}
	for _, pupil := range sheet.Pupils {
		stored, has := answers[pupil.Key]
		if !has {
			continue
		}
		items.Pupils = append(items.Pupils, pupil)
		for n, item := range s.Items {
			mark, chosen := earned(item, stored[n])
			items.Scores[n], items.Options[n] = append(items.Scores[n], mark), append(items.Options[n], chosen)
		}
	}
	return items
}
