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

// Tie ties the projects that belong to no measure yet and name the chosen words to a measure, each as an action of its own. Rows
// that somebody else changed meanwhile are refused with the reason; the others stand.
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
	chosen := r.PostForm["words"]
	var faults fault.List
	if !known {
		faults.Add(fault.At(fault.Place{Column: "track"}, "project.tie_no_measure", nil))
	}
	if len(chosen) == 0 {
		faults.Add(fault.New("project.tie_no_row", nil))
	}
	if faults != nil {
		return p.show(w, r, http.StatusUnprocessableEntity, shell.Form{Values: r.PostForm, Faults: faults})
	}
	tied := 0
	for _, one := range duty.GatherProjects(outline, projects).Open {
		if !slices.Contains(chosen, one.Measure) || !editable[one.Row] {
			continue
		}
		if tied == maxTied {
			faults.Add(fault.New("project.tie_many", message.Args{"limit": maxTied}))
			break
		}
		_, err := p.records.Edit(ctx, shell.From(ctx).Actor, changeOf(outline, one.Project, node))
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
