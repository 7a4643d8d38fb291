package progress

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jiaoheng/assessment/progress"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// Parts of the address of a study.
const (
	partPart  = "part"  // phase, track and subject, joined by colons
	orderPart = "order" // effect, else by code
	unitPart  = "unit"
	whatPart  = "without"
	withPart  = "with"
)

// showView is a study with the part of its result that is shown.
type showView struct {
	progress.Look
	part    progress.Part
	order   string
	unit    string
	speaker progress.Speaker
	what    *what
	with    *with
	others  []progress.Study // whose result can be added
	form    shell.Form
	frozen  string // who froze it
}

// what is the result without one school.
type what struct {
	unit     string
	sentence string
	part     progress.Part
}

// with is the effect over two results together.
type with struct {
	study    progress.Study
	estimate progress.Estimate
}

// Show shows a study: a school's own page where the address names a school.
func (p *Pages) Show(w http.ResponseWriter, r *http.Request) error {
	v, err := p.view(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	frame := page(ctx, v.Study.Name)
	frame.Wide = true
	if v.unit != "" {
		frame.Title = text(ctx, "school_title", message.Args{"school": unitName(ctx, v.unit), "study": v.Study.Name})
		frame.Trail = append(frame.Trail, shell.Link{Label: v.Study.Name, Address: v.address()})
		frame.Actions = shell.Press(shell.Button{Label: text(ctx, "paper"), Icon: "report", Address: v.base() + "/paper?" + unitPart + "=" + v.unit})
		return shell.Render(w, r, http.StatusOK, frame, schoolShow(v))
	}
	frame.Lead = v.lead(ctx)
	frame.Actions = studyActions(v)
	return shell.Render(w, r, http.StatusOK, frame, studyShow(v))
}

// view reads a study and what of it an address asks for.
func (p *Pages) view(r *http.Request) (showView, error) {
	ctx, query := r.Context(), r.URL.Query()
	found, err := p.look(r)
	if err != nil {
		return showView{}, err
	}
	v := showView{Look: found, order: query.Get(orderPart), unit: query.Get(unitPart), speaker: speaker(ctx, found.Study.Owner), frozen: p.nameOf(ctx, found.Kept.Person)}
	if v.unit == "" && v.Sight.Some && len(v.Result.Schools) == 1 {
		v.unit = v.Result.Schools[0].Unit
	}
	if v.unit != "" && !v.Sight.School(v.unit) {
		return v, shell.NoRight
	}
	phase, rest, _ := strings.Cut(query.Get(partPart), ":")
	track, subject, _ := strings.Cut(rest, ":")
	var known bool
	if v.part, known = v.Result.Part(progress.Phase(phase), track, subject); !known {
		if phase != "" {
			return v, shell.NotFound
		}
		v.part = v.Result.Parts[0]
	}
	if v.order == "effect" {
		v.part.Main.Schools = slices.Clone(v.part.Main.Schools)
		slices.SortStableFunc(v.part.Main.Schools, func(a, b progress.Effect) int {
			switch {
			case a.Effect > b.Effect:
				return -1
			case a.Effect < b.Effect:
				return 1
			}
			return 0
		})
	}
	return v, p.ask(ctx, &v, query)
}

// ask computes what-if questions from the sums. Only who sees every school may ask them.
func (p *Pages) ask(ctx context.Context, v *showView, query url.Values) error {
	if !v.Sight.All || v.unit != "" {
		return nil
	}
	all, err := p.desk.Studies(ctx, shell.From(ctx).Actor)
	if err != nil {
		return err
	}
	for _, one := range all {
		if one.ID != v.Study.ID && one.Owner == v.Study.Owner {
			v.others = append(v.others, one)
		}
	}
	if unit := query.Get(whatPart); unit != "" {
		changed, err := v.Kept.Without(unit)
		if faults := fault.Of(err); len(faults) > 0 {
			v.form.Faults = append(v.form.Faults, faults...)
		} else if err != nil {
			return err
		} else if part, known := changed.Part(v.part.Phase, v.part.Track, v.part.Subject); known {
			v.what = &what{unit: unit, part: part, sentence: v.speaker.WithoutSchool(v.part, part, unit)}
		}
	}
	if id := query.Get(withPart); id != "" {
		other, err := p.desk.Look(ctx, shell.From(ctx).Actor, id, "")
		if err != nil || !other.Sight.All {
			return shell.NotFound
		}
		both, err := v.Kept.With(other.Kept)
		if faults := fault.Of(err); len(faults) > 0 {
			v.form.Faults = append(v.form.Faults, faults...)
		} else if err != nil {
			return err
		} else {
			v.with = &with{study: other.Study, estimate: both}
		}
	}
	return nil
}

// lead is the line below the title: whose it is, when it was computed, by whom.
func (v showView) lead(ctx context.Context) string {
	return text(ctx, "show_lead", message.Args{"owner": unitName(ctx, v.Study.Owner), "moment": shell.Moment(ctx, v.Kept.At), "person": v.frozen})
}

func partName(one progress.Part) string {
	return strings.Join([]string{string(one.Phase), one.Track, one.Subject}, ":")
}

// query are the parts of the address that stay when another is changed.
func (v showView) query() url.Values {
	values := url.Values{}
	if name := partName(v.part); name != "whole::" {
		values.Set(partPart, name)
	}
	if v.order == "effect" {
		values.Set(orderPart, v.order)
	}
	if len(v.All) > 0 && v.Kept.ID != v.All[0].ID {
		values.Set("result", v.Kept.ID)
	}
	return values
}

// address is the page with parts changed; values stand behind their names.
func (v showView) address(changes ...string) string {
	values := v.query()
	for n := 0; n+1 < len(changes); n += 2 {
		values.Set(changes[n], changes[n+1])
		if changes[n+1] == "" {
			values.Del(changes[n])
		}
	}
	if len(values) == 0 {
		return "/progress/" + v.Study.ID
	}
	return "/progress/" + v.Study.ID + "?" + values.Encode()
}

// partTitle names a part: its stretch, and its track or subject.
func partTitle(ctx context.Context, one progress.Part) string {
	title := text(ctx, "phase."+string(one.Phase))
	switch {
	case one.Track != "":
		return text(ctx, "of_track", message.Args{"phase": title, "track": one.Track})
	case one.Subject != "":
		return text(ctx, "of_subject", message.Args{"phase": title, "subject": one.SubjectName})
	}
	return title
}

func (v showView) partChips(ctx context.Context) []shell.Chip {
	var chips []shell.Chip
	for _, one := range v.Result.Parts {
		name := partName(one)
		if name == "whole::" {
			name = ""
		}
		chips = append(chips, shell.Chip{Label: partTitle(ctx, one), Address: v.address(partPart, name), Current: partName(one) == partName(v.part)})
	}
	return chips
}

func (v showView) orderChips(ctx context.Context) []shell.Chip {
	return []shell.Chip{{Label: text(ctx, "order.unit"), Address: v.address(orderPart, ""), Current: v.order != "effect"},
		{Label: text(ctx, "order.effect"), Address: v.address(orderPart, "effect"), Current: v.order == "effect"}}
}
