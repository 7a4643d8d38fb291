package appraisal

import (
	"context"
	"net/http"
	"slices"

	"jiaoheng/access"
	"jiaoheng/appraisal"
	"jiaoheng/fault"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// newView is the form by which a run is opened.
type newView struct {
	sheets  []*pack.Sheet
	sheet   *pack.Sheet // chosen; nil: to be chosen
	periods []shell.Option
	units   []choice
	persons []choice
	form    shell.Form
	name    string
	until   string
}

type choice struct {
	value, label, note string
	depth              int
	checked            bool
}

// New asks for the sheet first, then for everything else.
func (p *Pages) New(w http.ResponseWriter, r *http.Request) error {
	return p.newForm(w, r, http.StatusOK, r.URL.Query().Get(appraisal.FieldSheet), shell.Form{})
}

func (p *Pages) newForm(w http.ResponseWriter, r *http.Request, status int, name string, form shell.Form) error {
	ctx := r.Context()
	if !appraisal.MayHold(actorOf(ctx).Post) {
		return shell.NoRight
	}
	v := newView{sheets: p.desk.Set().Everything().Sheets(), form: form}
	if sheet, known := p.desk.Set().Everything().Sheet(name); known {
		v.sheet = sheet
		var err error
		if v.units, err = p.unitsFor(ctx, sheet, form); err != nil {
			return err
		}
		if v.persons, err = p.personsFor(ctx, form); err != nil {
			return err
		}
		v.periods = periodsFor(ctx, sheet)
		v.name = v.periods[0].Label + inLanguage(ctx, sheet.Title)
		v.until = period.DayAt(shell.From(ctx).Now).AddDays(14).String()
	}
	frame := page(ctx, text(ctx, "new"))
	frame.Lead = text(ctx, "new_lead")
	return shell.Render(w, r, status, frame, runNew(v))
}

// unitsFor are the units below the present post that a sheet may appraise, in the order of the tree, all ticked.
func (p *Pages) unitsFor(ctx context.Context, sheet *pack.Sheet, form shell.Form) ([]choice, error) {
	tree, root := shell.From(ctx).Tree, actorOf(ctx).Post.Unit.Code
	below := tree.SubtreeOf(root)
	if below.To <= below.From {
		below = unit.Interval{From: 0, To: tree.Len()}
	}
	var all []choice
	for n := below.From; n < below.To; n++ {
		u := tree.At(n)
		if !slices.Contains(sheet.Of.Kinds(), u.Kind) || !u.OpenOn(period.DayAt(shell.From(ctx).Now)) {
			continue
		}
		one := choice{value: u.Code, label: u.Name, checked: form.Values == nil || slices.Contains(form.Values[appraisal.FieldUnits], u.Code)}
		if above := tree.Parent(n); above >= 0 && above != below.From {
			one.note = tree.At(above).Name
		}
		all = append(all, one)
	}
	return all, nil
}

// personsFor are the people of the bureau who may score: inspectors, experts, offices.
func (p *Pages) personsFor(ctx context.Context, form shell.Form) ([]choice, error) {
	tree := shell.From(ctx).Tree
	var all []choice
	known := map[string]bool{}
	for n := range tree.Len() {
		u := tree.At(n)
		if rank := u.Kind; rank == unit.Section || rank == unit.School || rank == unit.Kindergarten || rank == unit.Training {
			continue
		}
		posts, err := p.store.PostsAt(ctx, u.Code)
		if err != nil {
			return nil, err
		}
		for _, post := range posts {
			fits := post.Role == access.Inspector || post.Role == access.Expert || post.Role == access.BureauOffice
			if !fits || known[post.Person] || !post.On(today(ctx)) {
				continue
			}
			known[post.Person] = true
			all = append(all, choice{value: post.Person, label: p.nameOf(ctx, post.Person), note: post.Role.Text(shell.From(ctx).Language) + " · " + u.Name,
				checked: slices.Contains(form.Values[appraisal.FieldScorers], post.Person)})
		}
	}
	return all, nil
}

// periodsFor are the present period of a sheet and two before it.
func periodsFor(ctx context.Context, sheet *pack.Sheet) []shell.Option {
	now := period.DayAt(shell.From(ctx).Now)
	var p period.Period
	switch sheet.Every {
	case period.Year:
		p = period.Period{Kind: period.Year, Start: period.Date{Year: now.Year, Month: 1, Day: 1}}
	case period.Month:
		p = period.Period{Kind: period.Month, Start: period.Date{Year: now.Year, Month: now.Month, Day: 1}}
	case period.Term:
		p = period.SchoolYearOf(now)
		p.Kind = period.Term
		if now.Month >= 2 && now.Month < 8 {
			p = p.Next()
		}
	default:
		p = period.SchoolYearOf(now)
	}
	var all []shell.Option
	for range 3 {
		all = append(all, shell.Option{Value: p.String(), Label: p.Text(shell.From(ctx).Language)})
		p = p.Previous()
	}
	return all
}

// Create opens a run.
func (p *Pages) Create(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !appraisal.MayHold(actorOf(ctx).Post) {
		return shell.NoRight
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	tree, root := shell.From(ctx).Tree, actorOf(ctx).Post.Unit.Code
	if _, known := tree.Find(root); !known && tree.Len() > 0 {
		root = tree.At(0).Code
	}
	opening := appraisal.Opening{Name: r.PostForm.Get(appraisal.FieldName), Sheet: r.PostForm.Get(appraisal.FieldSheet), Unit: root, Units: r.PostForm[appraisal.FieldUnits],
		Scorers: r.PostForm[appraisal.FieldScorers]}
	opening.Period, _ = period.Parse(r.PostForm.Get(appraisal.FieldPeriod))
	opening.SelfUntil, _ = period.ParseDate(r.PostForm.Get(appraisal.FieldSelf))
	run, err := p.desk.OpenRun(ctx, actorOf(ctx), opening)
	if faults := fault.Of(err); len(faults) > 0 {
		return p.newForm(w, r, http.StatusUnprocessableEntity, opening.Sheet, shell.Form{Values: r.PostForm, Faults: faults})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, "/appraisal/run/"+run.ID, "appraisal.page.opened", nil)
	return nil
}
