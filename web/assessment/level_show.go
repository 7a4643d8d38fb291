package assessment

import (
	"context"
	"errors"
	"net/http"

	"jiaoheng/assessment"
	"jiaoheng/assessment/sample"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// maxFrameFile is the largest sampling table in bytes.
const maxFrameFile = 4 << 20

// levelView is the page of weighted levels.
type levelView struct {
	sample.View
	tabs     []shell.Tab
	fields   []shell.Field
	form     shell.Form
	query    string
	says     []string // what is to be seen, from the figures
	groups   shell.Table
	apart    shell.Caterpillar
	beside   shell.Table
	besides  []string // how each may be compared
	trend    shell.Table
	trending string
	schools  shell.Table
	notes    []string
	samples  []shell.Option // exams that this one may have been held beside
	shown    bool
}

func levelText(ctx context.Context, key string, args ...message.Args) string {
	return shell.Text(ctx, "sample.page."+key, args...)
}

// hasLevels tells whether the page of levels has something to say of an exam.
func hasLevels(e assessment.Exam, _ assessment.Sight) bool {
	return e.Kind == assessment.Monitoring || e.Design != assessment.Census
}

func (p *Pages) samples() *sample.Desk { return sample.NewDesk(p.set(), p.desk, p.store) }

// Levels shows the levels of a monitoring test with what they stand for.
func (p *Pages) Levels(w http.ResponseWriter, r *http.Request) error {
	v, err := p.levels(r)
	if err != nil {
		return err
	}
	return p.showLevels(w, r, http.StatusOK, v)
}

func (p *Pages) showLevels(w http.ResponseWriter, r *http.Request, status int, v levelView) error {
	ctx := r.Context()
	frame := examPage(ctx, v.Report.Exam, levelText(ctx, "title"))
	frame.Styles, frame.Wide = append(frame.Styles, "chart.css"), true
	if v.shown {
		frame.Actions = shell.Press(shell.Button{Label: text(ctx, "export"), Icon: "download", Address: address(v.Report.Exam.ID, "/levels/export?"+v.query)})
	}
	return shell.Render(w, r, status, frame, levelsShow(v))
}

// LevelsExport gives out the table of levels as it is shown.
func (p *Pages) LevelsExport(w http.ResponseWriter, r *http.Request) error {
	v, err := p.levels(r)
	if err != nil {
		return err
	}
	if !v.shown {
		return shell.NotFound
	}
	out := workbook(levelText(r.Context(), "title"), v.groups)
	for _, row := range workbook("", v.schools).Rows {
		out.Rows = append(out.Rows, row)
	}
	for _, row := range append(append([]string{}, v.says...), v.notes...) {
		out.Rows = append(out.Rows, []string{row})
	}
	return giveOut(w, levelText(r.Context(), "title"), out)
}

// levels makes the view of a request; a subject that is not there is the first one.
func (p *Pages) levels(r *http.Request) (levelView, error) {
	ctx, query := r.Context(), r.URL.Query()
	e, _, err := p.sight(r)
	if err != nil {
		return levelView{}, err
	}
	subject := query.Get("subject")
	if _, _, known := e.Subject(subject); !known && len(e.Subjects) > 0 {
		subject = levelSubject(e)
	}
	view, err := p.samples().Levels(ctx, actorOf(ctx), e.ID, subject)
	if err != nil {
		return levelView{}, found(err)
	}
	v := levelView{View: view, query: r.URL.RawQuery, tabs: tabsOf(ctx, e, view.Sight, "/levels"), form: shell.Form{Values: query}}
	v.fields = []shell.Field{{Name: "subject", Kind: "select", Label: figureText(ctx, "subject"), Value: subject, Options: subjectOptions(ctx, e, "")}}
	v.shown = !view.Missing && view.Findings == nil && (view.Report.Whole.Schools > 0 || len(view.Report.Schools) > 0)
	if v.shown {
		v.words(ctx)
	}
	if view.Sight.Holder && e.Design == assessment.Beside {
		all, err := p.desk.List(ctx, actorOf(ctx))
		if err != nil {
			return v, err
		}
		for _, one := range all {
			if one.Design == assessment.Sample && one.Stage == e.Stage && one.Grade == e.Grade && one.State != assessment.Withdrawn {
				v.samples = append(v.samples, shell.Option{Value: one.ID, Label: one.Name})
			}
		}
	}
	return v, nil
}

// levelSubject is the subject that is shown first: one with cuts, if there is one.
func levelSubject(e assessment.Exam) string {
	for _, cut := range e.Cuts {
		if cut.Subject != "" {
			return cut.Subject
		}
	}
	return e.Subjects[0].Code
}

// SaveFrame takes a sampling table, checks the marks against it and stores it if everything agrees.
func (p *Pages) SaveFrame(w http.ResponseWriter, r *http.Request) error {
	e, err := p.held(r)
	if err != nil {
		return err
	}
	name, data, err := uploaded(r, maxFrameFile)
	frame := sample.Frame{Exam: e.ID, Of: r.PostFormValue("of"), Comparable: sample.Comparable(r.PostFormValue("comparable")),
		Supplier: r.PostFormValue("supplier"), Note: r.PostFormValue("note")}
	if err == nil {
		var rows [][]string
		if rows, err = readTable(name, data); err == nil {
			frame.Strata, err = sample.Read(name, rows)
		}
	}
	if err == nil {
		err = p.samples().Save(r.Context(), actorOf(r.Context()), frame)
	}
	var faults fault.List
	if faults = fault.Of(err); len(faults) > 0 && !errors.Is(err, assessment.ErrNotFound) {
		v, err := p.levels(r)
		if err != nil {
			return err
		}
		v.form = shell.Form{Values: r.PostForm, Faults: faults}
		return p.showLevels(w, r, http.StatusUnprocessableEntity, v)
	}
	if err != nil {
		return found(err)
	}
	shell.Redirect(w, r, address(e.ID, "/levels"), "sample.page.saved", message.Args{"strata": len(frame.Strata)})
	return nil
}
