package project

import (
	"net/http"
	"slices"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/plan/duty"
	"jiaoheng/plan/target"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// Tie ties the chosen projects to a measure, each as an action of its own. Rows that somebody else changed meanwhile, or that the
// post may not change, are refused with the reason; the others stand.
func (p *Pages) Tie(w http.ResponseWriter, r *http.Request) error {
	outline, err := p.outline(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	ctx := r.Context()
	projects, editable, _, err := p.rows(ctx)
	if err != nil {
		return err
	}
	if len(editable) == 0 {
		return shell.NoRight
	}
	node, known := outline.Find(target.Track(r.PostFormValue("track")))
	chosen := r.PostForm["row"]
	var faults fault.List
	if !known {
		faults.Add(fault.At(fault.Place{Column: "track"}, "project.tie_no_measure", nil))
	}
	if len(chosen) == 0 {
		faults.Add(fault.New("project.tie_no_row", nil))
	}
	if len(chosen) > maxTied {
		faults.Add(fault.New("project.tie_many", message.Args{"limit": maxTied}))
	}
	if faults != nil {
		return p.show(w, r, http.StatusUnprocessableEntity, shell.Form{Values: r.PostForm, Faults: faults})
	}
	tied := 0
	for _, one := range projects {
		if !slices.Contains(chosen, one.Row) {
			continue
		}
		_, err := p.records.Edit(ctx, shell.From(ctx).Actor, changeOf(outline, one, node))
		if wrong := fault.Of(err); wrong != nil {
			for _, f := range wrong {
				faults.Add(fault.New("project.tie_refused", message.Args{"project": one.Title, "reason": message.Pair{Chinese: f.Text(message.Chinese), English: f.Text(message.English)}}))
			}
			continue
		}
		if err != nil {
			return err
		}
		tied++
	}
	if faults != nil {
		return p.show(w, r, http.StatusUnprocessableEntity, shell.Form{Values: r.PostForm, Faults: faults})
	}
	shell.Redirect(w, r, address(outline.Plan.ID)+"?by=measure", "project.tied", message.Args{"count": shell.Count(tied), "measure": node.Name()})
	return nil
}

func tieCells(plan string, node duty.Node) map[string]register.Cell {
	return map[string]register.Cell{"plan_id": register.TextCell(plan), "track": register.TextCell(string(node.Track))}
}
