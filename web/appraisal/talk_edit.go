package appraisal

import (
	"net/http"
	"strconv"
	"strings"

	"jiaoheng/appraisal"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// talkView is what scorers differ about.
type talkView struct {
	appraisal.View
	lines   []talkLine
	limit   string
	form    shell.Form
	may     bool
	address string
}

type talkLine struct {
	appraisal.Difference
	given  []string // what each scorer gave
	points string
	holds  string
	words  string
	errors []string
}

// TalkShow shows what scorers differ about by more than the limit.
func (p *Pages) TalkShow(w http.ResponseWriter, r *http.Request) error {
	v, err := p.view(r)
	if err != nil {
		return err
	}
	return p.talkForm(w, r, http.StatusOK, v, shell.Form{})
}

func (p *Pages) talkForm(w http.ResponseWriter, r *http.Request, status int, v appraisal.View, form shell.Form) error {
	ctx := r.Context()
	if v.Own || !(v.Scores || v.Holds || v.Decides) {
		return shell.NoRight
	}
	differences, limit, err := p.desk.Differences(ctx, v)
	if err != nil {
		return err
	}
	t := talkView{View: v, limit: pointsText(limit), form: form, may: v.Case.State == appraisal.Talking && (v.Scores || v.Holds), address: r.URL.Path}
	for _, difference := range differences {
		line := talkLine{Difference: difference}
		for _, mark := range difference.Marks {
			entry := mark.Entries[difference.Name]
			words := p.nameOf(ctx, mark.Person) + " "
			if entry.Points != nil {
				words += pointsText(*entry.Points)
			} else if entry.Holds != nil {
				words += holdsText(ctx, *entry.Holds)
			}
			if entry.Note != "" {
				words += "：" + entry.Note
			}
			line.given = append(line.given, words)
		}
		if agreed := difference.Agreed; agreed != nil {
			line.words = agreed.Note
			if agreed.Points != nil {
				line.points = pointsText(*agreed.Points)
			}
			if agreed.Holds != nil {
				line.holds = map[bool]string{true: "yes", false: "no"}[*agreed.Holds]
			}
		}
		if form.Values != nil {
			line.points, line.words, line.holds = form.Values.Get("points_"+difference.Name), form.Values.Get("note_"+difference.Name), form.Values.Get("holds_"+difference.Name)
		}
		for _, one := range form.Faults {
			if one.Place.Column == difference.Name {
				line.errors = append(line.errors, one.Reason(shell.From(ctx).Language))
			}
		}
		t.lines = append(t.lines, line)
	}
	frame := page(ctx, text(ctx, "talk"), shell.Link{Label: v.Run.Name, Address: "/appraisal/run/" + v.Run.ID}, shell.Link{Label: p.who(ctx, v.Case), Address: caseLink(v.Case.ID)})
	frame.Lead = text(ctx, "talk_lead", message.Args{"limit": t.limit})
	return shell.Render(w, r, status, frame, talkEdit(t))
}

// TalkSave stores what was agreed on. Lines without a value and a note stay open.
func (p *Pages) TalkSave(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := p.view(r)
	if err != nil {
		return err
	}
	if v.Own || !(v.Scores || v.Holds) {
		return shell.NoRight
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	differences, _, err := p.desk.Differences(ctx, v)
	if err != nil {
		return err
	}
	entries := map[string]appraisal.Entry{}
	for _, difference := range differences {
		typed, note, holds := strings.TrimSpace(r.PostForm.Get("points_"+difference.Name)), r.PostForm.Get("note_"+difference.Name), r.PostForm.Get("holds_"+difference.Name)
		if typed == "" && note == "" && holds == "" {
			continue
		}
		entry := appraisal.Entry{Note: note}
		if number, err := strconv.ParseFloat(typed, 64); err == nil {
			entry.Points = &number
		}
		if holds != "" {
			yes := holds == "yes"
			entry.Holds = &yes
		}
		entries[difference.Name] = entry
	}
	err = p.desk.Talk(ctx, actorOf(ctx), v.Case.ID, entries)
	if faults := fault.Of(err); len(faults) > 0 {
		return p.talkForm(w, r, http.StatusUnprocessableEntity, v, shell.Form{Values: r.PostForm, Faults: faults})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, caseLink(v.Case.ID), "appraisal.page.saved", nil)
	return nil
}
