package quota

import (
	"context"
	"net/http"
	"strings"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/export/xlsx"
	"jiaoheng/fault"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/register"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// Publicity opens the list that is made public by the rule, with numbers and names. The look is an action with a reason; with
// the button of the file the same list is given out.
func (p *Pages) Publicity(w http.ResponseWriter, r *http.Request) error {
	s, err := p.open(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	if !s.single || s.quota.Show == pack.ShowNobody || !p.mayOpen(ctx, s) {
		return shell.NoRight
	}
	reason := strings.TrimSpace(r.PostFormValue("reason"))
	err = action.Do(ctx, p.store, shell.From(ctx).Actor, action.Write{Name: "quota.action.open", Operation: access.Open,
		Thing:  access.Thing{Class: access.Personal, Unit: person.At(shell.From(ctx).Tree, s.Unit.Code), Subject: s.done.Subject},
		Reason: reason,
		Check: func(context.Context) error {
			if reason == "" {
				return fault.List{fault.At(fault.Place{Column: "reason"}, "quota.page.reason_missing", nil)}
			}
			return nil
		},
		Do: func(context.Context, action.Tx) error { return nil }})
	if faults := fault.Of(err); faults != nil {
		return p.show(w, r, http.StatusUnprocessableEntity, quotaView{scene: s, form: shell.Form{Values: r.PostForm, Faults: faults}})
	}
	if err != nil {
		return err
	}
	shown := s.progress.Shown(s.quota.Show)
	if r.PostFormValue("file") != "" {
		return giveOutList(w, ctx, s, shown)
	}
	table := personTable(ctx, s, s.persons, shown, false)
	return p.show(w, r, http.StatusOK, quotaView{scene: s, shown: &table})
}

func giveOutList(w http.ResponseWriter, ctx context.Context, s scene, shown []register.Duty) error {
	file := registerpages.File{Name: shell.Text(ctx, "quota.page.list") + "-" + s.Unit.Name + "-" + strings.ReplaceAll(s.Period.String(), "/", "-"),
		Head: append(personColumns(ctx, s), xlsx.TableColumn{Heading: shell.Text(ctx, "quota.page.state")})}
	return file.GiveOut(w, ctx, func(write func(line []string) error) error {
		for _, d := range shown {
			if err := write(append(personCells(ctx, s, s.persons, d, false), shell.Text(ctx, "quota.state."+string(d.State())))); err != nil {
				return err
			}
		}
		return nil
	})
}
