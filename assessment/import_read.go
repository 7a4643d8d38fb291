package assessment

import (
	"slices"
	"strings"
	"unicode/utf8"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/secret"
	"jiaoheng/unit"
)

// maxNumber and maxPerson are how long a number and a name may be in characters.
const (
	maxNumber = 40
	maxPerson = 50
)

// reader reads one file for one exam.
type reader struct {
	exam     Exam
	source   Source
	keys     *secret.Keyring
	schools  *schools
	ofSchool bool // the exam is that of one school, so that no column need name it
	subjects map[string]int
	paper    int // whose items the headings name without a subject; -1: unclear

	head    int
	columns []columnAt
	long    bool
	result  *Import
	draft   *draft
	more    int // faults that are not told
	warned  int
	byKey   map[string]int // pupil
	cells   map[cellKey]int
	unknown map[string]*unknownSchool
}

// cellKey is a mark or an answer of the long form, with the row where it stood.
type cellKey struct{ pupil, subject, item int }

func newReader(e Exam, source Source, keys *secret.Keyring, tree *unit.Tree) *reader {
	r := &reader{exam: e, source: source, keys: keys, schools: newSchools(tree, e.Owner), subjects: subjectsByName(e), paper: -1, result: &Import{},
		byKey: map[string]int{}, cells: map[cellKey]int{}, unknown: map[string]*unknownSchool{}}
	if u, known := tree.Find(e.Owner); known {
		r.ofSchool = u.Kind == unit.School
	}
	papers := 0
	for n, s := range e.Subjects {
		switch {
		case source.Subject != "" && s.Code == source.Subject && len(s.Items) > 0:
			r.paper, papers = n, -MaxSubjects
		case len(s.Items) > 0:
			papers++
			if source.Subject == "" {
				r.paper = n
			}
		}
	}
	if papers > 1 {
		r.paper = -1
	}
	n := len(e.Subjects)
	r.draft = &draft{given: make([]bool, n), status: make([][]Status, n), marks: make([][]float64, n), answers: make([][][]string, n), answered: make([]bool, n), marked: make([]bool, n), items: make([][]bool, n)}
	for k, s := range e.Subjects {
		r.draft.items[k] = make([]bool, len(s.Items))
	}
	return r
}

// read reads the whole file; what is wrong stands in the result.
func (r *reader) read() {
	if len(r.source.Rows) > MaxPupils+maxHeadRows {
		r.fault(fault.Place{}, "assessment.too_many", message.Args{"limit": MaxPupils})
		return
	}
	readable := r.findHead()
	for _, c := range r.columns {
		r.result.Columns = append(r.result.Columns, c.Column)
	}
	r.result.Long = r.long
	for i := r.head + 1; readable && i < len(r.source.Rows); i++ {
		cells := r.source.Rows[i]
		if emptyRow(cells) {
			continue
		}
		r.result.Rows++
		r.row(cells, i+1)
	}
	if readable && r.result.Rows == 0 {
		r.fault(fault.Place{}, "assessment.empty", nil)
	}
	r.tellSchools()
	if readable {
		r.finish()
	}
	slices.SortStableFunc(r.result.Faults, func(a, b *fault.Fault) int { return a.Place.Row - b.Place.Row })
	if r.more > 0 {
		r.result.Faults.Add(fault.New("assessment.more_faults", message.Args{"count": r.more, "limit": MaxFaults}))
	}
	r.result.Pupils = len(r.draft.pupils)
}

func emptyRow(cells []string) bool {
	return !slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" })
}

func (r *reader) fault(place fault.Place, code string, args message.Args) {
	if len(r.result.Faults) >= MaxFaults {
		r.more++
		return
	}
	r.result.Faults.Add(fault.At(place, code, args))
}

func (r *reader) warn(place fault.Place, code string, args message.Args) {
	if r.warned++; r.warned <= MaxFaults {
		r.result.Warnings.Add(fault.At(place, code, args))
	}
}

// place is a cell of the file, its column by heading.
func (r *reader) place(row, at int) fault.Place {
	place := fault.Place{Row: row}
	if at >= 0 && at < len(r.columns) {
		place.Column = r.columns[at].Heading
	}
	return place
}

func shortened(text string) string {
	if runes := []rune(text); len(runes) > 30 {
		return string(runes[:30]) + "…"
	}
	return text
}

// row reads one row. A row whose pupil cannot be told is read on, so that every fault of it is told.
func (r *reader) row(cells []string, number int) {
	pupil := r.pupil(cells, number)
	at := -1
	if pupil.Key != "" {
		at = r.enter(pupil, number)
	}
	if r.long {
		r.longMark(cells, number, at)
		return
	}
	for i, c := range r.columns {
		switch c.Role {
		case RoleMark:
			r.mark(r.text(cells, i), c.subject, at, pupil.Track, r.place(number, i))
		case RoleAnswer:
			r.answer(r.text(cells, i), c.subject, c.item, at, r.place(number, i))
		}
	}
}

func (r *reader) text(cells []string, at int) string {
	if at < 0 || at >= len(cells) {
		return ""
	}
	return strings.TrimSpace(strings.TrimPrefix(cells[at], "'"))
}

// pupil reads whose row it is.
func (r *reader) pupil(cells []string, row int) pupilDraft {
	p := pupilDraft{Pupil: Pupil{Weight: 1}, row: row}
	for i, c := range r.columns {
		text := r.text(cells, i)
		switch c.Role {
		case RoleNumber:
			p.number = r.number(text, row, i)
		case RoleName:
			p.name = text
		case RoleSchool:
			if code := r.school(text, row, i); p.Unit == "" {
				p.Unit = code
			} else if code != "" && code != p.Unit {
				r.fault(r.place(row, i), "assessment.school_two", message.Args{"text": shortened(text)})
			}
		case RoleGoes:
			p.Goes = r.goes(text, row, i)
		case RoleClass:
			p.Class = text
		case RoleTrack:
			p.Track = r.track(text, row, i)
		case RoleGroup:
			p.Group = text
		case RoleStratum:
			p.Stratum = text
		case RoleWeight:
			p.Weight = r.weight(text, row, i)
		}
		if long := utf8.RuneCountInString(text); (c.Role == RoleName || c.Role == RoleClass || c.Role == RoleGroup || c.Role == RoleStratum) && long > maxPerson {
			r.fault(r.place(row, i), "assessment.text_long", message.Args{"limit": maxPerson})
		}
	}
	if r.ofSchool && p.Unit == "" {
		p.Unit = r.exam.Owner
	}
	switch {
	case p.number == "" && p.name == "":
		r.fault(fault.Place{Row: row}, "assessment.pupil_missing", message.Args{"wanted": identityWord(r.exam.Identity)})
	case p.number != "":
		p.Key = keyOf(r.keys, r.exam.Identity, p.number)
	case p.Unit != "":
		p.Key, p.Loose = looseKeyOf(r.keys, p.name, p.Unit, p.Class), true
	}
	p.Cluster = p.Unit
	return p
}

// enter returns the number of a pupil in the draft. In the wide form a pupil stands once.
func (r *reader) enter(p pupilDraft, row int) int {
	at, known := r.byKey[p.Key]
	switch {
	case !known:
		at = len(r.draft.pupils)
		r.byKey[p.Key] = at
		r.draft.pupils = append(r.draft.pupils, p)
		for n := range r.exam.Subjects {
			r.draft.status[n] = append(r.draft.status[n], NotTaken)
			r.draft.marks[n] = append(r.draft.marks[n], 0)
			r.draft.answers[n] = append(r.draft.answers[n], nil)
		}
		if p.Loose {
			r.result.Loose++
		}
	case !r.long:
		code := "assessment.pupil_twice"
		if p.Loose {
			code = "assessment.pupil_twice_loose"
		}
		r.fault(fault.Place{Row: row}, code, message.Args{"row": r.draft.pupils[at].row})
		return -1
	case p.Unit != "" && r.draft.pupils[at].Unit != p.Unit:
		r.fault(fault.Place{Row: row}, "assessment.pupil_moves", message.Args{"row": r.draft.pupils[at].row})
		return -1
	}
	return at
}

// longMark reads a row of the long form.
func (r *reader) longMark(cells []string, row, at int) {
	subject, subjectAt, itemAt, valueAt, item := r.paper, -1, -1, -1, -1
	for i, c := range r.columns {
		switch c.Role {
		case RoleSubject:
			subjectAt = i
		case RoleItem:
			itemAt = i
		case RoleMark, RoleAnswer:
			if valueAt < 0 || r.text(cells, valueAt) == "" {
				valueAt = i
			}
		}
	}
	if subjectAt >= 0 {
		n, known := r.subjectNamed(folded(r.text(cells, subjectAt)))
		if !known {
			r.fault(r.place(row, subjectAt), "assessment.subject_unknown", message.Args{"text": shortened(r.text(cells, subjectAt)), "subjects": r.subjectNames()})
			return
		}
		subject = n
	}
	if itemAt >= 0 && r.text(cells, itemAt) != "" {
		m, known := itemOf(r.exam.Subjects[subject], folded(r.text(cells, itemAt)))
		if !known {
			r.fault(r.place(row, itemAt), "assessment.item_unknown", message.Args{"text": shortened(r.text(cells, itemAt)), "subject": r.exam.Subjects[subject].Name})
			return
		}
		item = m
	}
	if at >= 0 {
		key := cellKey{at, subject, item}
		if first, twice := r.cells[key]; twice {
			r.fault(fault.Place{Row: row}, "assessment.mark_twice", message.Args{"row": first})
			return
		}
		r.cells[key] = row
	}
	if item >= 0 {
		r.answer(r.text(cells, valueAt), subject, item, at, r.place(row, valueAt))
		return
	}
	track := ""
	if at >= 0 {
		track = r.draft.pupils[at].Track
	}
	r.mark(r.text(cells, valueAt), subject, at, track, r.place(row, valueAt))
}
