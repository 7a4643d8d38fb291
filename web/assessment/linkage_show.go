package assessment

import (
	"context"
	"net/http"
	"slices"

	"jiaoheng/assessment"
	"jiaoheng/export/xlsx"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// linkView is the linkage of several exams, or the question which ones.
type linkView struct {
	exams  []linkChoice
	chosen []string
	found  assessment.Linkage
	asked  bool
	table  shell.Table
	query  string
	form   shell.Form
}

type linkChoice struct {
	assessment.Exam
	checked bool
}

// Linkage shows how far pupils are found again over several exams.
func (p *Pages) Linkage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := p.linkView(r)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if len(v.form.Faults) > 0 {
		status = http.StatusUnprocessableEntity
	}
	frame := page(ctx, text(ctx, "linkage"))
	frame.Lead = text(ctx, "linkage_lead")
	if v.asked && len(v.form.Faults) == 0 {
		frame.Actions = shell.Press(shell.Button{Label: text(ctx, "export"), Icon: "download", Address: "/assessment/linkage/export?" + v.query})
	}
	return shell.Render(w, r, status, frame, linkage(v))
}

func (p *Pages) linkView(r *http.Request) (linkView, error) {
	ctx := r.Context()
	if !mayOpen(ctx) {
		return linkView{}, shell.NoRight
	}
	v := linkView{chosen: r.URL.Query()["exams"], query: r.URL.RawQuery}
	all, err := p.desk.List(ctx, actorOf(ctx))
	if err != nil {
		return v, err
	}
	for _, one := range all {
		if one.State != assessment.Withdrawn {
			v.exams = append(v.exams, linkChoice{one.Exam, slices.Contains(v.chosen, one.ID)})
		}
	}
	if v.asked = len(v.chosen) > 0; !v.asked {
		return v, nil
	}
	v.found, err = p.desk.Linkage(ctx, actorOf(ctx), v.chosen)
	if found(err) == shell.NotFound {
		return v, shell.NotFound
	}
	if faults := fault.Of(err); len(faults) > 0 {
		v.form.Faults = faults
		return v, nil
	}
	v.table = linkTable(ctx, v.found)
	return v, err
}

// linkColumns are the counts of a linkage, each with a text under "assessment.page.link.".
var linkColumns = []string{"entered", "sat", "linked", "share", "partial", "joined", "moved", "left", "twice", "loose"}

func linkCounts(ctx context.Context, s assessment.LinkedSchool) []string {
	share := text(ctx, "none_sat")
	if part, known := s.Share(); known {
		share = text(ctx, "percent", message.Args{"value": plain(float64(int(part*1000+0.5)) / 10)})
	}
	return []string{shell.Count(s.Entered), shell.Count(s.Sat), shell.Count(s.Linked), share, shell.Count(s.Partial), shell.Count(s.Joined), shell.Count(s.Moved),
		shell.Count(s.Left), shell.Count(s.Twice), shell.Count(s.Loose)}
}

func linkTable(ctx context.Context, l assessment.Linkage) shell.Table {
	table := shell.Table{Caption: text(ctx, "linkage"), Columns: []shell.Column{{Title: text(ctx, "column.school")}}}
	for _, name := range linkColumns {
		table.Columns = append(table.Columns, shell.Column{Title: text(ctx, "link."+name), Align: shell.Figures})
	}
	row := func(name string, s assessment.LinkedSchool) []shell.Cell {
		cells := []shell.Cell{{Text: name, Written: true}}
		for _, count := range linkCounts(ctx, s) {
			cells = append(cells, shell.Cell{Text: count})
		}
		return cells
	}
	for _, s := range l.Schools {
		table.Rows = append(table.Rows, row(unitName(ctx, s.Unit), s))
	}
	if l.Shown {
		table.Total = row(text(ctx, "all_schools"), l.Total)
	}
	table.Count = text(ctx, "schools_count", message.Args{"count": shell.Count(len(table.Rows))})
	return table
}

// LinkageExport gives out the linkage as it is shown.
func (p *Pages) LinkageExport(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := p.linkView(r)
	if err != nil {
		return err
	}
	if !v.asked || len(v.form.Faults) > 0 {
		return shell.NotFound
	}
	table := xlsx.Table{Name: text(ctx, "linkage"), Columns: []xlsx.TableColumn{{Heading: text(ctx, "column.school"), Wide: true}}}
	for _, name := range linkColumns {
		table.Columns = append(table.Columns, xlsx.TableColumn{Heading: text(ctx, "link."+name)})
	}
	for _, s := range v.found.Schools {
		table.Rows = append(table.Rows, append([]string{unitName(ctx, s.Unit)}, linkCounts(ctx, s)...))
	}
	if v.found.Shown {
		table.Rows = append(table.Rows, append([]string{text(ctx, "all_schools")}, linkCounts(ctx, v.found.Total)...))
	}
	return giveOut(w, text(ctx, "linkage"), table)
}

// linkSentence says what is to be seen: how many of those who sat the last exam are found in every one.
func linkSentence(ctx context.Context, l assessment.Linkage) string {
	s := l.Total
	if !l.Shown {
		for _, one := range l.Schools {
			s.Sat, s.Linked, s.Joined = s.Sat+one.Sat, s.Linked+one.Linked, s.Joined+one.Joined
		}
	}
	share := "0"
	if part, known := s.Share(); known {
		share = plain(float64(int(part*1000+0.5)) / 10)
	}
	return text(ctx, "link_sentence", message.Args{"exam": l.Exams[len(l.Exams)-1].Name, "sat": shell.Count(s.Sat), "linked": shell.Count(s.Linked), "share": share, "joined": shell.Count(s.Joined)})
}
