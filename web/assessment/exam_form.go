package assessment

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"jiaoheng/assessment"
	"jiaoheng/export/xlsx"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/web/shell"
)

// maxItemFile is the largest file of items in bytes.
const maxItemFile = 2 << 20

// Rows of the form beyond those that are filled.
const (
	moreSubjects = 3
	newSubjects  = 9
	moreCuts     = 2
)

// formView is the form of an exam.
type formView struct {
	exam     assessment.Exam
	form     shell.Form
	subjects []subjectRow
	cuts     []cutRow
	action   string
	items    shell.Form // of the upload of items
}

type subjectRow struct{ code, name, full, total, tracks string }

type cutRow struct{ name, subject, track, least string }

// New asks for an exam.
func (p *Pages) New(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if ownerOf(ctx) == "" {
		return shell.NoRight
	}
	e := assessment.Exam{Kind: assessment.Regional, Design: assessment.Census, Identity: assessment.Registered, Stage: "junior", Held: period.DayAt(shell.From(ctx).Now)}
	return p.examForm(w, r, http.StatusOK, formView{exam: e, action: "/assessment"})
}

// Edit asks for changes of an exam.
func (p *Pages) Edit(w http.ResponseWriter, r *http.Request) error {
	e, err := p.held(r)
	if err != nil {
		return err
	}
	return p.examForm(w, r, http.StatusOK, formView{exam: e, action: address(e.ID, "/edit")})
}

func (p *Pages) examForm(w http.ResponseWriter, r *http.Request, status int, v formView) error {
	ctx := r.Context()
	v.fill()
	frame := page(ctx, text(ctx, "new"))
	frame.Lead = text(ctx, "new_lead")
	if v.exam.ID != "" {
		frame = examPage(ctx, v.exam, text(ctx, "edit"))
	}
	return shell.Render(w, r, status, frame, examForm(v))
}

// fill makes the rows of the form: those of the exam, or what was sent, and some empty ones.
func (v *formView) fill() {
	empty := moreSubjects
	if v.exam.ID == "" {
		empty = newSubjects
	}
	for _, s := range v.exam.Subjects {
		v.subjects = append(v.subjects, subjectRow{s.Code, s.Name, markText(s.Full), map[bool]string{true: "yes", false: "no"}[s.Total], strings.Join(s.Tracks, "、")})
	}
	for n := 0; n < empty && len(v.subjects) < assessment.MaxSubjects && (v.exam.ID != "" || len(v.subjects) < newSubjects); n++ {
		v.subjects = append(v.subjects, subjectRow{total: "yes"})
	}
	for _, c := range v.exam.Cuts {
		v.cuts = append(v.cuts, cutRow{c.Name, c.Subject, c.Track, markText(c.Least)})
	}
	for n := 0; n < moreCuts && len(v.cuts) < assessment.MaxCuts; n++ {
		v.cuts = append(v.cuts, cutRow{})
	}
}

// markText writes a mark; what was no number is empty.
func markText(mark float64) string {
	if mark < 0 {
		return ""
	}
	return plain(mark)
}

// examOf reads the form. Numbers that are none become 0, which the check refuses with the name of the subject.
func examOf(form url.Values, before assessment.Exam) assessment.Exam {
	e := assessment.Exam{ID: before.ID, Owner: before.Owner, Version: before.Version, Name: form.Get("name"), Kind: assessment.Kind(form.Get("kind")), Design: assessment.Design(form.Get("design")),
		Stage: form.Get("stage"), Grade: strings.TrimSpace(form.Get("grade")), Identity: assessment.Identity(form.Get("identity"))}
	e.Held, _ = period.ParseDate(form.Get("held"))
	if version, err := strconv.ParseInt(form.Get("version"), 10, 64); err == nil && before.ID != "" {
		e.Version = version
	}
	at := func(name string, n int) string {
		if values := form[name]; n < len(values) {
			return strings.TrimSpace(values[n])
		}
		return ""
	}
	taken := func(code string) bool {
		_, _, known := e.Subject(code)
		return known
	}
	for n := range form["subject"] {
		name := at("subject", n)
		if name == "" && at("full", n) == "" {
			continue
		}
		s := assessment.Subject{Code: at("code", n), Name: name, Full: number(at("full", n)), Total: at("total", n) != "no", Tracks: listOf(at("tracks", n))}
		if old, _, known := before.Subject(s.Code); known {
			s.Items = old.Items
		} else {
			s.Code = assessment.SubjectCode(name, taken)
		}
		e.Subjects = append(e.Subjects, s)
	}
	for n := range form["cut"] {
		if name := at("cut", n); name != "" || at("least", n) != "" {
			e.Cuts = append(e.Cuts, assessment.Cut{Name: name, Subject: subjectCode(e, at("cut_subject", n)), Track: at("cut_track", n), Least: number(at("least", n))})
		}
	}
	return e
}

// subjectCode is the code of a subject that a form names by code or by name.
func subjectCode(e assessment.Exam, named string) string {
	for _, s := range e.Subjects {
		if s.Name == named {
			return s.Code
		}
	}
	return named
}

// number reads a number; what is none becomes −1, which no mark may be.
func number(text string) float64 {
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return -1
	}
	return value
}

// listOf splits 物理、历史.
func listOf(text string) []string {
	var all []string
	for _, one := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、,，;； /", r) }) {
		all = append(all, one)
	}
	return all
}

// Create stores a new exam.
func (p *Pages) Create(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	owner := ownerOf(ctx)
	if owner == "" {
		return shell.NoRight
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	e := examOf(r.PostForm, assessment.Exam{Owner: owner})
	made, err := p.desk.Create(ctx, actorOf(ctx), e)
	if faults := fault.Of(err); len(faults) > 0 {
		return p.examForm(w, r, http.StatusUnprocessableEntity, formView{exam: e, action: "/assessment", form: shell.Form{Values: r.PostForm, Faults: faults}})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, address(made.ID, ""), "assessment.page.created", nil)
	return nil
}

// Save stores the changes of an exam.
func (p *Pages) Save(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	before, err := p.held(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	e := examOf(r.PostForm, before)
	_, err = p.desk.Edit(ctx, actorOf(ctx), e)
	if faults := fault.Of(err); len(faults) > 0 {
		return p.examForm(w, r, http.StatusUnprocessableEntity, formView{exam: e, action: address(e.ID, "/edit"), form: shell.Form{Values: r.PostForm, Faults: faults}})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, address(e.ID, ""), "assessment.page.saved", nil)
	return nil
}

// Items takes the items of a paper from a file. Answers that are stored keep to the numbers of the items.
func (p *Pages) Items(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := p.held(r)
	if err != nil {
		return err
	}
	changed, err := p.withItems(r, e)
	if err == nil {
		_, err = p.desk.Edit(ctx, actorOf(ctx), changed)
	}
	if faults := fault.Of(err); len(faults) > 0 {
		return p.examForm(w, r, http.StatusUnprocessableEntity, formView{exam: e, action: address(e.ID, "/edit"), items: shell.Form{Faults: faults}})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, address(e.ID, "/edit"), "assessment.page.items_saved", nil)
	return nil
}

// withItems returns the exam with the items of the file that was handed over.
func (p *Pages) withItems(r *http.Request, e assessment.Exam) (assessment.Exam, error) {
	name, data, err := uploaded(r, maxItemFile)
	if err != nil {
		return e, err
	}
	rows, err := readTable(name, data)
	if err != nil {
		return e, err
	}
	items, faults := assessment.ReadItems(rows)
	if err := faults.Err(); err != nil {
		return e, err
	}
	e.Subjects = append([]assessment.Subject{}, e.Subjects...)
	for n := range e.Subjects {
		if e.Subjects[n].Code == r.FormValue("paper") {
			e.Subjects[n].Items = items
			return e, nil
		}
	}
	return e, fault.List{fault.At(fault.Place{Column: "paper"}, "assessment.subject_gone", message.Args{"subject": r.FormValue("paper")})}
}

// uploaded reads the file of a form.
func uploaded(r *http.Request, limit int) (string, []byte, error) {
	wrong := func(code string) error {
		return fault.List{fault.At(fault.Place{Column: "file"}, code, message.Args{"limit": limit >> 20})}
	}
	if err := r.ParseMultipartForm(4 << 20); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
			return "", nil, wrong("assessment.file_large")
		}
		return "", nil, wrong("assessment.file_broken")
	}
	file, header, err := r.FormFile("file")
	if err != nil {
		return "", nil, wrong("assessment.file_missing")
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, int64(limit)+1))
	switch {
	case err != nil:
		return "", nil, wrong("assessment.file_broken")
	case len(data) > limit:
		return "", nil, wrong("assessment.file_large")
	}
	return fileName(header.Filename), data, nil
}

// Template gives out a table to fill in: of marks, or with part=items of the items of a paper.
func (p *Pages) Template(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := p.held(r)
	if err != nil {
		return err
	}
	if r.URL.Query().Get("part") == "items" {
		table := xlsx.Table{Name: text(ctx, "items")}
		for _, heading := range assessment.ItemHeadings() {
			table.Columns = append(table.Columns, xlsx.TableColumn{Heading: heading})
		}
		return giveOut(w, text(ctx, "items_template"), table)
	}
	table := xlsx.Table{Name: text(ctx, "marks")}
	for n, heading := range assessment.Headings(e) {
		table.Columns = append(table.Columns, xlsx.TableColumn{Heading: heading, Wide: n < 3})
	}
	return giveOut(w, text(ctx, "marks_template", message.Args{"exam": e.Name}), table)
}

// choices are the options of a select.
func choices[T ~string](ctx context.Context, prefix string, all []T) []shell.Option {
	var options []shell.Option
	for _, one := range all {
		options = append(options, shell.Option{Value: string(one), Label: shell.Text(ctx, prefix+string(one))})
	}
	return options
}
