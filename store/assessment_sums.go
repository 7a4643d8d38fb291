package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"jiaoheng/assessment"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// ExamSums returns the moments of every school, by its code in byte order: one statement that groups in the database, so that no pupil's row
// leaves it. Pupils known by name alone (loose) are left out, as two of them may be taken for one; so is who lacks a mark.
//
// Of several imports the one counts that counts on the sheet: for each school the last one that holds it, from the last import
// of the whole subject on.
//
// Numerics: marks are summed about the stated centre as doubles; with a centre near the means ten figures hold.
// Errors: faults for an ask without subjects, with too many entries or a centre of another length; ErrNotFound.
func (s *Store) ExamSums(ctx context.Context, ask assessment.SumsAsk) ([]assessment.SchoolSums, error) {
	measures := append(append([]assessment.Measure{}, ask.Entries...), ask.Exit)
	if len(ask.Entries) > assessment.MaxMeasures || len(ask.Centre) != len(measures) {
		return nil, fault.New("sums.ask", message.Args{"limit": assessment.MaxMeasures})
	}
	var q sumsQuery
	for n, m := range measures {
		if len(m.Subjects) == 0 {
			return nil, fault.New("sums.ask", message.Args{"limit": assessment.MaxMeasures})
		}
		if err := q.measure(ctx, s, n, m); err != nil {
			return nil, err
		}
	}
	if q.empty {
		return nil, nil
	}
	text, args := q.text(ask.Centre)
	rows, err := s.reads(ctx).QueryContext(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("store: sums of exams: %w", err)
	}
	defer rows.Close()
	var all []assessment.SchoolSums
	for rows.Next() {
		one := assessment.SchoolSums{Moments: make([]float64, (len(measures)+1)*(len(measures)+2)/2)}
		places := []any{&one.Unit, &one.Rows}
		for i := 1; i < len(one.Moments); i++ {
			places = append(places, &one.Moments[i])
		}
		if err := rows.Scan(places...); err != nil {
			return nil, fmt.Errorf("store: sums of exams: %w", err)
		}
		one.Moments[0] = float64(one.Rows)
		all = append(all, one)
	}
	return all, rows.Err()
}

// sumsQuery puts the statement together.
type sumsQuery struct {
	with  []string
	args  []any
	empty bool // a subject has no marks at all
}

// measure adds the table w<n> of pupil, unit and mark: one table for each subject, joined by pupil.
func (q *sumsQuery) measure(ctx context.Context, s *Store, n int, m assessment.Measure) error {
	if _, err := s.Exam(ctx, m.Exam); err != nil {
		return err
	}
	batches, err := s.ExamBatches(ctx, m.Exam)
	if err != nil {
		return err
	}
	sum, joins := "", ""
	for k, subject := range m.Subjects {
		serials := standing(batches, subject)
		if len(serials) == 0 {
			q.empty = true
			return nil
		}
		name := fmt.Sprintf("s%d_%d", n, k)
		q.with = append(q.with, name+` as materialized (select p.pupil as pupil, p.unit as unit, m.mark as mark
			from (select unit, max(batch) as batch from exam_pupil where batch in (?) group by unit) last
			join exam_pupil p on p.batch = last.batch and p.unit = last.unit and p.loose = 0
			join exam_mark m on m.batch = p.batch and m.subject = ? and m.position = p.position and m.status = ?)`)
		q.args = append(q.args, bun.In(serials), subject, int64(assessment.Present))
		if k > 0 {
			sum += " + "
			joins += fmt.Sprintf(" join %s on %s.pupil = s%d_0.pupil", name, name, n)
		}
		sum += name + ".mark"
	}
	q.with = append(q.with, fmt.Sprintf("w%d as materialized (select s%d_0.pupil as pupil, s%d_0.unit as unit, %s as mark from s%d_0%s)", n, n, n, sum, n, joins))
	return nil
}

// text returns the statement: the marks about their centre, then one sum for every pair of columns.
func (q *sumsQuery) text(centre []float64) (string, []any) {
	last := len(centre) - 1
	inner, from := fmt.Sprintf("select w%d.unit as unit", last), fmt.Sprintf(" from w%d", last)
	args := q.args
	for n := range centre {
		inner += fmt.Sprintf(", w%d.mark - ? as v%d", n, n)
		args = append(args, centre[n])
		if n < last {
			from += fmt.Sprintf(" join w%d on w%d.pupil = w%d.pupil", n, n, last)
		}
	}
	sums := "select unit, count(*)"
	for i := range centre {
		sums += fmt.Sprintf(", sum(v%d)", i)
		for j := range i + 1 {
			sums += fmt.Sprintf(", sum(v%d * v%d)", i, j)
		}
	}
	return "with " + strings.Join(q.with, ", ") + " " + sums + " from (" + inner + from + ") marks group by unit order by unit", args
}

// standing returns the serials of the imports of a subject that count, oldest first: those from the last one on that replaced
// the whole subject; sums of answers count only until a file gave marks.
func standing(batches []assessment.Batch, subject string) []int64 {
	var serials []int64
	given := false
	for _, b := range batches {
		for _, part := range b.Parts {
			if b.Gone || part.Subject != subject || part.Derived && given {
				continue
			}
			given = given || !part.Derived
			if b.Scope != assessment.ItsSchools {
				serials = serials[:0]
			}
			serials = append(serials, b.Serial)
		}
	}
	return serials
}
