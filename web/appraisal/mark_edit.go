package appraisal

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/appraisal"
	"jiaoheng/attachment"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/web/shell"
)

// markView is the form in which a unit scores itself, or a scorer scores a unit.
type markView struct {
	appraisal.View
	kind    appraisal.MarkKind
	name    string
	done    bool // handed in already
	parts   []markPart
	form    shell.Form
	before  string // address of the case before in the list of a scorer
	after   string
	place   string // "3 / 12"
	address string
}

type markPart struct {
	title string
	full  string
	lines []markLine
}

// markLine is one entry: what the figures say, what the unit gave itself, and the fields to fill.
type markLine struct {
	name, title, full, most string
	source                  string
	evidence                string
	automatic               string // points by the figures; "" where there are none
	why                     string // value behind it
	self, selfNote          string
	selfFiles               []attachment.Attachment
	asks                    bool // has fields; else only shown
	veto                    bool
	note                    bool
	attach                  bool
	points, words, rows     string
	holds                   string // "yes", "no", ""
	files                   []attachment.Attachment
	errors                  []string
}

// SelfShow shows the form in which a unit scores itself.
func (p *Pages) SelfShow(w http.ResponseWriter, r *http.Request) error {
	return p.markShow(w, r, appraisal.OfSelf)
}

// CheckShow shows the desk of a scorer for a unit.
func (p *Pages) CheckShow(w http.ResponseWriter, r *http.Request) error {
	return p.markShow(w, r, appraisal.OfScorer)
}

func (p *Pages) markShow(w http.ResponseWriter, r *http.Request, kind appraisal.MarkKind) error {
	v, err := p.view(r)
	if err != nil {
		return err
	}
	if kind == appraisal.OfSelf && !v.Own || kind == appraisal.OfScorer && !v.Scores {
		return shell.NoRight
	}
	return p.markForm(w, r, http.StatusOK, v, kind, shell.Form{})
}

func (p *Pages) markForm(w http.ResponseWriter, r *http.Request, status int, v appraisal.View, kind appraisal.MarkKind, form shell.Form) error {
	ctx := r.Context()
	m := markView{View: v, kind: kind, name: p.who(ctx, v.Case), form: form, address: r.URL.Path}
	mark := v.Self
	if kind == appraisal.OfScorer {
		mark = v.Mine
		p.neighbours(ctx, &m)
	}
	m.done = mark != nil && mark.Done
	preview, err := p.desk.Preview(ctx, v.Case.ID)
	if err != nil {
		return err
	}
	if m.parts, err = p.markParts(ctx, m, mark, preview); err != nil {
		return err
	}
	frame := page(ctx, m.name, shell.Link{Label: v.Run.Name, Address: caseLink(v.Case.ID)})
	frame.Lead = text(ctx, "lead_"+string(kind), message.Args{"run": v.Run.Name})
	frame.Wide, frame.Scripts = true, []string{"appraisal.js"}
	return shell.Render(w, r, status, frame, markEdit(m))
}

// neighbours finds the cases of the run before and after this one that wait for the scorer.
func (p *Pages) neighbours(ctx context.Context, m *markView) {
	cases, err := p.casesSeen(ctx, m.Run, m.Sheet)
	if err != nil {
		return // the form works without its neighbours
	}
	cases = slices.DeleteFunc(cases, func(one seenCase) bool { return !appraisal.IsScorer(actorOf(ctx).Post, m.Run, one.Case) })
	for k, one := range cases {
		if one.ID != m.Case.ID {
			continue
		}
		if m.place = strconv.Itoa(k+1) + " / " + strconv.Itoa(len(cases)); k > 0 {
			m.before = caseLink(cases[k-1].ID) + "/check"
		}
		if k+1 < len(cases) {
			m.after = caseLink(cases[k+1].ID) + "/check"
		}
	}
}

func (p *Pages) markParts(ctx context.Context, m markView, mark *appraisal.Mark, preview *appraisal.Result) ([]markPart, error) {
	var parts []markPart
	for _, part := range m.Sheet.Parts {
		one := markPart{title: inLanguage(ctx, part.Title), full: pointsText(part.Points)}
		for _, item := range part.Items {
			line := markLine{name: item.Name, title: inLanguage(ctx, item.Title), full: pointsText(item.Points), most: pointsText(item.Points), source: item.Source.Document + "：" + item.Source.Clause,
				evidence: inLanguage(ctx, item.Evidence), note: true, asks: m.kind == appraisal.OfSelf && item.Self || m.kind == appraisal.OfScorer && item.Checked,
				attach: line(m.kind, item)}
			if got := preview.Item(item.Name); got.Automatic != nil {
				line.automatic, line.why = scoreText(ctx, got.Automatic.Score), traceText(ctx, got.Automatic)
			}
			one.lines = append(one.lines, line)
		}
		parts = append(parts, one)
	}
	if m.kind == appraisal.OfScorer {
		parts = append(parts, p.extraPart(ctx, m.Sheet, preview), vetoPart(ctx, m.Sheet, preview))
	}
	parts = slices.DeleteFunc(parts, func(part markPart) bool { return len(part.lines) == 0 })
	for k := range parts {
		for n := range parts[k].lines {
			if err := p.fillLine(ctx, m, mark, &parts[k].lines[n]); err != nil {
				return nil, err
			}
		}
	}
	return parts, nil
}

// line tells whether files may be attached to an item.
func line(kind appraisal.MarkKind, item *pack.SheetItem) bool {
	return kind == appraisal.OfScorer || item.Attach || item.Evidence.Chinese != ""
}

func (p *Pages) extraPart(ctx context.Context, sheet *pack.Sheet, preview *appraisal.Result) markPart {
	part := markPart{title: text(ctx, "extras")}
	for k, extra := range sheet.Extras() {
		sign := "minus"
		if preview.Extras[k].Bonus {
			sign = "plus"
		}
		line := markLine{name: extra.Name, title: inLanguage(ctx, extra.Title), full: text(ctx, sign, message.Args{"cap": pointsText(extra.Cap)}), most: pointsText(extra.Cap),
			source: extra.Source.Document + "：" + extra.Source.Clause, asks: extra.Indicator == "", note: true, attach: true}
		if trace := preview.Extras[k].Trace; trace != nil {
			line.automatic, line.why = scoreText(ctx, preview.Extras[k].Points), inLanguage(ctx, trace.Title)+" "+scoreText(ctx, trace.Value)
		}
		part.lines = append(part.lines, line)
	}
	return part
}

func vetoPart(ctx context.Context, sheet *pack.Sheet, preview *appraisal.Result) markPart {
	part := markPart{title: text(ctx, "vetoes")}
	for k, veto := range sheet.Vetoes {
		line := markLine{name: veto.Name, title: inLanguage(ctx, veto.Title), full: text(ctx, "veto_gives", message.Args{"card": preview.Vetoes[k].Card}), veto: true,
			source: veto.Source.Document + "：" + veto.Source.Clause, asks: veto.Indicator == "", note: true, attach: true}
		if trace := preview.Vetoes[k].Trace; trace != nil {
			line.automatic = scoreText(ctx, preview.Vetoes[k].Holds)
			if preview.Vetoes[k].Holds.Known {
				line.automatic = holdsText(ctx, preview.Vetoes[k].Holds.Points != 0)
			}
		}
		part.lines = append(part.lines, line)
	}
	return part
}

// traceText says which value gave the points.
func traceText(ctx context.Context, a *appraisal.Automatic) string {
	var all []string
	for _, trace := range a.Traces {
		words := inLanguage(ctx, trace.Title)
		if stage := stageText(ctx, trace.Stage); stage != "" {
			words += "（" + stage + "）"
		}
		words += " " + scoreText(ctx, trace.Value)
		if trace.Value.Known {
			words += inLanguage(ctx, trace.Measure)
		}
		all = append(all, words)
	}
	return strings.Join(all, "；")
}

// fillLine puts into a line what was given before, or typed just now, and what the unit gave itself.
func (p *Pages) fillLine(ctx context.Context, m markView, mark *appraisal.Mark, line *markLine) error {
	if mark != nil {
		entry := mark.Entries[line.name]
		if entry.Points != nil {
			line.points = pointsText(*entry.Points)
		}
		if entry.Holds != nil {
			line.holds = map[bool]string{true: "yes", false: "no"}[*entry.Holds]
		}
		line.words = entry.Note
		var rows []string
		for _, cited := range entry.Cited {
			rows = append(rows, "/record/"+cited.Register+"/row/"+cited.Row)
		}
		line.rows = strings.Join(rows, "\n")
		var err error
		if line.files, err = p.desk.FilesOf(ctx, mark.ID, line.name); err != nil {
			return err
		}
	}
	if m.kind == appraisal.OfScorer && m.Self != nil {
		if entry, given := m.Self.Entries[line.name]; given && entry.Points != nil {
			line.self, line.selfNote = pointsText(*entry.Points), entry.Note
			var err error
			if line.selfFiles, err = p.desk.FilesOf(ctx, m.Self.ID, line.name); err != nil {
				return err
			}
		}
	}
	if m.form.Values != nil {
		line.points, line.words, line.rows = m.form.Values.Get("points_"+line.name), m.form.Values.Get("note_"+line.name), m.form.Values.Get("rows_"+line.name)
		line.holds = m.form.Values.Get("holds_" + line.name)
	}
	for _, one := range m.form.Faults {
		if one.Place.Column == line.name || one.Place.Column == "files_"+line.name {
			line.errors = append(line.errors, one.Reason(shell.From(ctx).Language))
		}
	}
	return nil
}

// SelfSave stores or hands in a self score.
func (p *Pages) SelfSave(w http.ResponseWriter, r *http.Request) error {
	return p.markSave(w, r, appraisal.OfSelf)
}

// CheckSave stores or hands in the points of a scorer.
func (p *Pages) CheckSave(w http.ResponseWriter, r *http.Request) error {
	return p.markSave(w, r, appraisal.OfScorer)
}

func (p *Pages) markSave(w http.ResponseWriter, r *http.Request, kind appraisal.MarkKind) error {
	ctx := r.Context()
	v, err := p.view(r)
	if err != nil {
		return err
	}
	if kind == appraisal.OfSelf && !v.Own || kind == appraisal.OfScorer && !v.Scores {
		return shell.NoRight
	}
	given, err := p.givenIn(r, v)
	done := r.PostForm.Get("done") != ""
	if err == nil && kind == appraisal.OfSelf {
		err = p.desk.SaveSelf(ctx, actorOf(ctx), v.Case.ID, given, done)
	} else if err == nil {
		err = p.desk.SaveCheck(ctx, actorOf(ctx), v.Case.ID, given, done)
	}
	if faults := fault.Of(err); len(faults) > 0 {
		return p.markForm(w, r, http.StatusUnprocessableEntity, v, kind, shell.Form{Values: r.PostForm, Faults: faults})
	}
	if err != nil {
		return err
	}
	if !done {
		shell.Redirect(w, r, r.URL.Path, "appraisal.page.saved", nil)
		return nil
	}
	shell.Redirect(w, r, caseLink(v.Case.ID), "appraisal.page.handed_in", nil)
	return nil
}

// givenIn reads a form of scores. Points that are no number are told with the item.
func (p *Pages) givenIn(r *http.Request, v appraisal.View) (appraisal.Given, error) {
	var names []string
	for _, item := range v.Sheet.Items() {
		names = append(names, item.Name)
	}
	for _, extra := range v.Sheet.Extras() {
		names = append(names, extra.Name)
	}
	for _, veto := range v.Sheet.Vetoes {
		names = append(names, veto.Name)
	}
	fields := make([]string, len(names))
	for k, name := range names {
		fields[k] = "files_" + name
	}
	files, err := p.filesIn(r, fields...)
	if err != nil {
		return appraisal.Given{}, err
	}
	given := appraisal.Given{Entries: map[string]appraisal.Entry{}, Rows: map[string][]string{}, Files: map[string][]attachment.Prepared{}}
	var faults fault.List
	for _, name := range names {
		if !r.PostForm.Has("points_"+name) && !r.PostForm.Has("note_"+name) && !r.PostForm.Has("holds_"+name) {
			continue
		}
		entry := appraisal.Entry{Note: r.PostForm.Get("note_" + name)}
		if typed := strings.TrimSpace(r.PostForm.Get("points_" + name)); typed != "" {
			number, err := strconv.ParseFloat(typed, 64)
			if err != nil {
				faults.Add(fault.At(fault.Place{Column: name}, "appraisal.page.not_number", message.Args{"value": typed}))
			}
			entry.Points = &number
		}
		if holds := r.PostForm.Get("holds_" + name); holds != "" {
			yes := holds == "yes"
			entry.Holds = &yes
		}
		given.Entries[name] = entry
		given.Rows[name] = strings.Fields(r.PostForm.Get("rows_" + name))
		if prepared := files["files_"+name]; len(prepared) > 0 {
			given.Files[name] = prepared
		}
	}
	return given, faults.Err()
}
