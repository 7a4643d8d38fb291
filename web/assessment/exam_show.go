package assessment

import (
	"context"
	"net/http"
	"slices"

	"jiaoheng/assessment"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// showView is the page of one exam.
type showView struct {
	exam     assessment.Exam
	sight    assessment.Sight
	tabs     []shell.Tab
	facts    []shell.Fact
	subjects shell.Table
	schools  shell.Table
	imports  []importRow
	lacks    string // subjects without marks
	empty    bool   // no marks at all
	absent   bool   // none of the viewer's own pupils
	form     shell.Form
	turn     string // the step whose form has faults
}

// importRow is an import as the page shows it.
type importRow struct {
	assessment.Batch
	who, when, what string
}

// Show shows what an exam holds, what lacks and what to do next.
func (p *Pages) Show(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, http.StatusOK, "", shell.Form{})
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request, status int, turn string, form shell.Form) error {
	ctx := r.Context()
	sheet, sight, err := p.desk.Sheet(ctx, actorOf(ctx), r.PathValue("exam"))
	if err != nil {
		return found(err)
	}
	e := sheet.Exam
	v := showView{exam: e, sight: sight, tabs: tabsOf(ctx, e, sight, ""), facts: examFacts(ctx, e), form: form, turn: turn, empty: len(sheet.Pupils) == 0}
	v.subjects, v.lacks = subjectTable(ctx, sheet, sight)
	v.schools = schoolTable(ctx, sheet, sight)
	v.absent = len(sight.Units) > 0 && len(v.schools.Rows) == 0
	if v.imports, err = p.importRows(ctx, e); err != nil {
		return err
	}
	frame := page(ctx, e.Name)
	frame.Lead = kindText(ctx, e.Kind) + " · " + e.Held.Text(shell.From(ctx).Language)
	frame.Actions = showActions(v)
	return shell.Render(w, r, status, frame, examShow(v))
}

func examFacts(ctx context.Context, e assessment.Exam) []shell.Fact {
	stage := shell.Text(ctx, "assessment.stage."+e.Stage)
	facts := []shell.Fact{
		{Name: text(ctx, "column.state"), Body: shell.StatusWord(condition(e.State), stateText(ctx, e.State))},
		{Name: text(ctx, "column.owner"), Text: unitName(ctx, e.Owner), Written: true},
		{Name: text(ctx, "stage"), Text: stage, Note: e.Grade},
		{Name: text(ctx, "design"), Text: shell.Text(ctx, "assessment.design."+string(e.Design))},
		{Name: text(ctx, "identity"), Text: shell.Text(ctx, "assessment.identity."+string(e.Identity))},
	}
	if !slices.ContainsFunc(e.Subjects, func(s assessment.Subject) bool { return len(s.Tracks) > 0 }) { // else pupils take different subjects
		facts = append(facts, shell.Fact{Name: text(ctx, "full_total"), Text: plain(e.Full())})
	}
	return facts
}

// scope tells which pupils the figures of the page are about: all, or those of the viewer's schools.
func scope(sight assessment.Sight, e assessment.Exam, pupil assessment.Pupil) bool {
	return sight.All || sight.Totals[e.Owner] && len(sight.Units) == 0 || sight.Units[pupil.Unit]
}

// tally counts the marks of a subject.
type tally struct{ due, present, absent, zero, excluded int }

func tallyOf(sheet assessment.Sheet, sight assessment.Sight, subject int) tally {
	var t tally
	for p, status := range sheet.Status[subject] {
		if status == assessment.NotTaken || !scope(sight, sheet.Exam, sheet.Pupils[p]) {
			continue
		}
		t.due++
		switch status {
		case assessment.Present:
			t.present++
			if sheet.Marks[subject][p] == 0 {
				t.zero++
			}
		case assessment.Absent:
			t.absent++
		case assessment.Excluded:
			t.excluded++
		}
	}
	return t
}

// subjectTable is what the exam holds of each subject, and the names of those that it holds nothing of.
func subjectTable(ctx context.Context, sheet assessment.Sheet, sight assessment.Sight) (shell.Table, string) {
	table := shell.Table{Caption: text(ctx, "subjects")}
	for n, name := range []string{"subject", "full", "items", "due", "present", "absent", "zero", "excluded"} {
		column := shell.Column{Title: text(ctx, "column."+name)}
		if n > 0 {
			column.Align = shell.Figures
		}
		table.Columns = append(table.Columns, column)
	}
	lacks := ""
	for n, s := range sheet.Exam.Subjects {
		t := tallyOf(sheet, sight, n)
		if t.due == 0 {
			if lacks != "" {
				lacks += "、"
			}
			lacks += s.Name
		}
		row := []shell.Cell{{Text: s.Name, Written: true}, {Text: plain(s.Full)}, {Text: shell.Count(len(s.Items))}}
		if t.due > 0 && !sight.Holder && sight.Own == "" && sight.Hides(t.due) {
			row = append(row, shell.Cell{Text: text(ctx, "few", message.Args{"least": sight.Least})}, shell.Cell{}, shell.Cell{}, shell.Cell{}, shell.Cell{})
		} else {
			for _, count := range []int{t.due, t.present, t.absent, t.zero, t.excluded} {
				row = append(row, shell.Cell{Text: shell.Count(count)})
			}
		}
		table.Rows = append(table.Rows, row)
	}
	return table, lacks
}

// schoolTable is how many pupils of each school the exam holds, of the schools that the viewer may see.
func schoolTable(ctx context.Context, sheet assessment.Sheet, sight assessment.Sight) shell.Table {
	table := shell.Table{Caption: text(ctx, "schools"), Columns: []shell.Column{{Title: text(ctx, "column.school")}, {Title: text(ctx, "column.pupils"), Align: shell.Figures},
		{Title: text(ctx, "column.classes"), Align: shell.Figures}}}
	pupils, classes := map[string]int{}, map[string]map[string]bool{}
	for _, pupil := range sheet.Pupils {
		pupils[pupil.Unit]++
		if classes[pupil.Unit] == nil {
			classes[pupil.Unit] = map[string]bool{}
		}
		if pupil.Class != "" {
			classes[pupil.Unit][pupil.Class] = true
		}
	}
	for _, code := range slices.Compact(sheet.Units()) {
		if !sight.May(code) {
			continue
		}
		count := shell.Count(pupils[code])
		if !sight.Holder && sight.Own == "" && sight.Hides(pupils[code]) {
			count = text(ctx, "few", message.Args{"least": sight.Least})
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: unitName(ctx, code), Written: true}, {Text: count}, {Text: shell.Count(len(classes[code]))}})
	}
	table.Count = text(ctx, "schools_count", message.Args{"count": shell.Count(len(table.Rows))})
	return table
}

// importRows are the imports of an exam, the newest first; none for whoever may not see them.
func (p *Pages) importRows(ctx context.Context, e assessment.Exam) ([]importRow, error) {
	batches, err := p.desk.Imports(ctx, actorOf(ctx), e.ID)
	if err != nil {
		return nil, err
	}
	var rows []importRow
	for n := len(batches) - 1; n >= 0; n-- {
		b := batches[n]
		what := ""
		for _, part := range b.Parts {
			if s, _, known := e.Subject(part.Subject); known {
				if what != "" {
					what += "、"
				}
				what += s.Name
			}
		}
		rows = append(rows, importRow{Batch: b, who: p.nameOf(ctx, b.Person), when: shell.Moment(ctx, b.At), what: what})
	}
	return rows, nil
}
