package progress

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/assessment"
	"jiaoheng/assessment/progress"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// Fields of the form beside those of package progress.
const (
	fieldEntrySubject = "entry_subject"
	fieldExitSubject  = "exit_subject"
	fieldPopulation   = "population"
	fieldStructure    = "structure"
	fieldTracks       = "tracks"
	fieldNormal       = "normal"
	fieldSex          = "sex"
	fieldComposition  = "composition"
	fieldSubjects     = "subjects"
)

// newView is the form of a new study.
type newView struct {
	exams []assessment.Listed
	form  shell.Form
}

// New asks which exams are compared.
func (p *Pages) New(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !mayMake(ctx) {
		return shell.NoRight
	}
	v, err := p.newView(ctx, shell.Form{})
	if err != nil {
		return err
	}
	frame := page(ctx, text(ctx, "new"))
	frame.Lead = text(ctx, "new_lead")
	return shell.Render(w, r, http.StatusOK, frame, studyNew(v))
}

// newView finds the exams on which the post may compute.
func (p *Pages) newView(ctx context.Context, form shell.Form) (newView, error) {
	all, err := p.exams.List(ctx, shell.From(ctx).Actor)
	if err != nil {
		return newView{}, err
	}
	all = slices.DeleteFunc(all, func(one assessment.Listed) bool { return !one.Sight.All || one.State == assessment.Withdrawn })
	return newView{exams: all, form: form}, nil
}

// Create makes the study and computes it.
func (p *Pages) Create(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !mayMake(ctx) {
		return shell.NoRight
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	v, err := p.newView(ctx, shell.Form{Values: r.PostForm})
	if err != nil {
		return err
	}
	study, faults := v.study(ctx, r.PostForm)
	if len(faults) == 0 {
		var made progress.Study
		if made, _, err = p.desk.Create(ctx, shell.From(ctx).Actor, study); err == nil {
			shell.Redirect(w, r, "/progress/"+made.ID, "progress.page.made", nil)
			return nil
		}
		if faults = fault.Of(err); len(faults) == 0 {
			return err
		}
	}
	v.form.Faults = faults
	return shell.Render(w, r, http.StatusUnprocessableEntity, page(ctx, text(ctx, "new")), studyNew(v))
}

// study reads the form. A name that is not given is made of the exams; an entrance exam is one sat elsewhere.
func (v newView) study(ctx context.Context, values url.Values) (progress.Study, fault.List) {
	get := func(name string) string { return strings.TrimSpace(values.Get(name)) }
	entry, exit := v.exam(get(progress.FieldEntry)), v.exam(get(progress.FieldExit))
	name := get(progress.FieldName)
	if name == "" && entry.ID != "" && exit.ID != "" {
		name = cut(message.Text(message.Chinese, "progress.page.default_name", message.Args{"entry": entry.Name, "exit": exit.Name}), progress.MaxName)
	}
	study := progress.Standard(shell.From(ctx).Actor.Post.Unit.Code, name, entry.ID, exit.ID, entry.Kind == assessment.Entrance)
	study.Waves[0].Subjects, study.Waves[1].Subjects = subjectOf(get(fieldEntrySubject)), subjectOf(get(fieldExitSubject))
	if middle := v.exam(get(progress.FieldMiddle)); middle.ID != "" {
		study.Waves = append(study.Waves, progress.Wave{Exam: middle.ID, Role: progress.RoleMiddle, Elsewhere: middle.Kind == assessment.Entrance})
	}
	if values.Has(fieldPopulation) {
		study.Population, study.Structure = progress.Population(get(fieldPopulation)), progress.Structure(get(fieldStructure))
		study.Tracks, study.Normal = progress.Tracks(get(fieldTracks)), progress.Normal(get(fieldNormal))
		study.Sex, study.Composition, study.Subjects = values.Has(fieldSex), values.Has(fieldComposition), values.Has(fieldSubjects)
	}
	study.Reliable = get(progress.FieldReliable)
	var faults fault.List
	if given := get(progress.FieldReliability); given != "" {
		number, err := strconv.ParseFloat(given, 64)
		if err != nil || !(number >= 0.3 && number < 1) {
			faults.Add(fault.At(fault.Place{Column: progress.FieldReliability}, "progress.reliability_wrong", nil))
			number = 0
		}
		study.Reliability = number
	}
	if len(faults) > 0 {
		faults.Add(study.Check()...)
	}
	return study, faults
}

// exam is the exam of an id, or of its address.
func (v newView) exam(id string) assessment.Exam {
	id = strings.TrimPrefix(id, "/assessment/")
	for _, one := range v.exams {
		if one.ID == id {
			return one.Exam
		}
	}
	return assessment.Exam{}
}

func subjectOf(code string) []string {
	if code == "" {
		return nil
	}
	return []string{code}
}

func cut(name string, limit int) string {
	if runes := []rune(name); len(runes) > limit {
		return string(runes[:limit])
	}
	return name
}

func (v newView) examOptions(ctx context.Context, none bool) []shell.Option {
	var all []shell.Option
	if none {
		all = append(all, shell.Option{Label: text(ctx, "no_middle")})
	} else {
		all = append(all, shell.Option{Label: text(ctx, "choose")})
	}
	for _, one := range v.exams {
		all = append(all, shell.Option{Value: one.ID, Label: text(ctx, "exam", message.Args{"name": one.Name, "day": one.Held.Text(shell.From(ctx).Language)})})
	}
	return all
}

// subjectOptions are the total and every subject of the exams.
func (v newView) subjectOptions(ctx context.Context) []shell.Option {
	all := []shell.Option{{Label: text(ctx, "total")}}
	for _, one := range v.exams {
		for _, s := range one.Subjects {
			if !slices.ContainsFunc(all, func(o shell.Option) bool { return o.Value == s.Code }) {
				all = append(all, shell.Option{Value: s.Code, Label: s.Name})
			}
		}
	}
	return all
}

func options[T ~string](ctx context.Context, word string, values ...T) []shell.Option {
	var all []shell.Option
	for _, value := range values {
		all = append(all, shell.Option{Value: string(value), Label: text(ctx, word+"."+string(value))})
	}
	return all
}

func args(name string, value any) message.Args { return message.Args{name: value} }
