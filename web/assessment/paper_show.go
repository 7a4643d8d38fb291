package assessment

import (
	"context"
	"net/http"
	"strings"

	"jiaoheng/assessment"
	"jiaoheng/assessment/figure"
	"jiaoheng/assessment/paper"
	"jiaoheng/assessment/progress"
	"jiaoheng/attachment"
	"jiaoheng/export/docx"
	"jiaoheng/letter"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/report"
	"jiaoheng/stats/item"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// What a paper is about, as the address says: the whole exam, one school, or the questions of one subject.
const (
	paperAll     = "all"
	paperSchool  = "school:"
	paperSubject = "items:"
)

// paperView is the report of an exam before it is taken away.
type paperView struct {
	exam    assessment.Exam
	tabs    []shell.Tab
	form    shell.Form
	about   shell.Field
	paper   *report.Report
	address string // of the document
	why     string // why there is nothing to show
}

// Paper shows the report of an exam, of one school or of the questions of one subject, as it prints.
func (p *Pages) Paper(w http.ResponseWriter, r *http.Request) error {
	v, err := p.paper(r)
	if err != nil {
		return err
	}
	frame := shell.ChartFiles(examPage(r.Context(), v.exam, text(r.Context(), "report")))
	frame.Styles = append(frame.Styles, "report.css")
	if v.paper != nil {
		frame.Actions = shell.Press(shell.Button{Label: text(r.Context(), "paper_document"), Icon: "download", Address: v.address})
	}
	return shell.Render(w, r, http.StatusOK, frame, paperShow(v))
}

// PaperDocument gives out the same report as a document that can be edited.
func (p *Pages) PaperDocument(w http.ResponseWriter, r *http.Request) error {
	v, err := p.paper(r)
	if err != nil {
		return err
	}
	if v.paper == nil {
		return shell.NotFound
	}
	data, err := docx.WriteReport(*v.paper)
	if err != nil {
		return err
	}
	return registerpages.GiveOut(w, v.paper.Title+".docx", attachment.Docx.MediaType(), data)
}

// paper composes the report that the address asks for, or the first that the viewer may read.
func (p *Pages) paper(r *http.Request) (paperView, error) {
	ctx, query := r.Context(), r.URL.Query()
	sheet, sight, err := p.desk.Sheet(ctx, actorOf(ctx), r.PathValue("exam"))
	if err != nil {
		return paperView{}, found(err)
	}
	e := sheet.Exam
	v := paperView{exam: e, tabs: tabsOf(ctx, e, sight, "/paper"), form: shell.Form{Values: query}}
	v.about = shell.Field{Name: "about", Kind: "select", Label: text(ctx, "paper_about"), Options: paperOptions(ctx, sheet, sight)}
	if len(v.about.Options) == 0 || len(sheet.Pupils) == 0 {
		v.why = text(ctx, "paper_none")
		return v, nil
	}
	about := query.Get("about")
	if !offered(v.about.Options, about) {
		about = v.about.Options[0].Value
	}
	v.about.Value, v.address = about, address(e.ID, "/paper/document?about="+about)
	head := paper.Head{Unit: e.Owner, UnitName: unitName(ctx, e.Owner), Day: period.DayAt(p.store.Now())}
	letterhead, err := letter.NewOffice(p.set(), p.store).HeadFor(ctx, e.Owner)
	if err != nil {
		return v, err
	}
	head.Bureau = letterhead.Bureau
	if code, questions := strings.CutPrefix(about, paperSubject); questions {
		v.paper, v.why, err = p.itemPaper(ctx, e, code, head)
		return v, err
	}
	one, err := p.examPaper(ctx, sheet, sight)
	if err != nil {
		return v, err
	}
	if school, single := strings.CutPrefix(about, paperSchool); single {
		v.paper = one.School(head, school)
		return v, nil
	}
	v.paper = one.Report(head)
	return v, nil
}

func offered(options []shell.Option, value string) bool {
	for _, one := range options {
		if one.Value == value {
			return true
		}
	}
	return false
}

// paperOptions are the papers that a viewer may read: of all schools who sees them all, of each school that may be seen, and of the
// questions of each subject that holds answers.
func paperOptions(ctx context.Context, sheet assessment.Sheet, sight assessment.Sight) []shell.Option {
	var all []shell.Option
	if sight.All {
		all = append(all, shell.Option{Value: paperAll, Label: text(ctx, "paper_all")})
	}
	for _, code := range sheet.Units() {
		if sight.May(code) {
			all = append(all, shell.Option{Value: paperSchool + code, Label: unitName(ctx, code)})
		}
	}
	if sight.Total(sheet.Exam.Owner) {
		for _, s := range sheet.Exam.Subjects {
			if len(s.Items) > 0 {
				all = append(all, shell.Option{Value: paperSubject + s.Code, Label: text(ctx, "paper_items", message.Args{"subject": s.Name})})
			}
		}
	}
	return all
}

func (p *Pages) examPaper(ctx context.Context, sheet assessment.Sheet, sight assessment.Sight) (paper.Exam, error) {
	rules, err := p.rulesOf(ctx, sheet.Exam, nil)
	if err != nil {
		return paper.Exam{}, err
	}
	ask := figure.Ask{By: figure.BySchool, Tree: shell.From(ctx).Tree, Sight: sight}
	one := paper.Exam{Exam: sheet.Exam, Rules: rules, Total: figure.Of(sheet, rules, ask), Name: func(code string) string { return unitName(ctx, code) },
		Region: progress.RegionWord(message.Chinese, unitName(ctx, sheet.Exam.Owner))}
	for _, subject := range sheet.Exam.Subjects {
		ask.Subject = subject.Code
		one.Subjects = append(one.Subjects, figure.Of(sheet, rules, ask))
	}
	return one, nil
}

// itemPaper composes the report on the questions of a subject; the text says why there is none.
func (p *Pages) itemPaper(ctx context.Context, e assessment.Exam, code string, head paper.Head) (*report.Report, string, error) {
	answers, sight, err := p.desk.Answers(ctx, actorOf(ctx), e.ID, code)
	if err != nil {
		return nil, "", found(err)
	}
	if answers = seen(answers, sight, e); len(answers.Pupils) < 2 || sight.Hides(len(answers.Pupils)) {
		return nil, figureText(ctx, "no_answers", message.Args{"least": sight.Least}), nil
	}
	rules, err := p.rulesOf(ctx, e, nil)
	if err != nil {
		return nil, "", err
	}
	data, faults := dataOf(answers, sight.Least)
	if len(faults) > 0 {
		return nil, "", faults
	}
	result, faults := item.Analyse(data, item.Options{Tail: rules.GroupShare.Share(), Classes: figure.ClassesOf(rules)})
	if len(faults) > 0 {
		return nil, "", faults
	}
	one := paper.Items{Exam: e, Subject: answers.Subject, Rules: rules, Result: result, Model: "Rasch"}
	if shown, left, fitted := personMap(answers, data); fitted {
		one.Map, one.Left = &shown, left
	}
	return one.Report(head), "", nil
}
