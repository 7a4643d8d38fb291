package record

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/plan"
	"jiaoheng/record"
	"jiaoheng/store"
	"jiaoheng/web/shell"
)

// PlanEnd is the kind of an end of a link that is a node of an adopted plan: a target, a task, a project. Its address is
// the id of the plan and that of the node.
const PlanEnd = "plan"

// PlanNode tells what a node of an adopted plan is called, in the version in force. A node that the plan no longer has is not known.
func PlanNode(s *store.Store) func(ctx context.Context, row string) (name string, known bool, err error) {
	return func(ctx context.Context, row string) (string, bool, error) {
		id, node, _ := strings.Cut(row, "/")
		one, err := s.Plan(ctx, id)
		if errors.Is(err, plan.ErrNotFound) {
			return row, false, nil
		}
		if err != nil {
			return "", false, err
		}
		version, err := s.PlanVersion(ctx, id, one.Versions)
		if err != nil {
			return "", false, err
		}
		at := slices.IndexFunc(version.Content.Nodes, func(n plan.Node) bool { return n.ID == node })
		if at < 0 {
			return row, false, nil
		}
		return nodeName(version.Content.Nodes[at]), true, nil
	}
}

func nodeName(node plan.Node) string {
	return cmp.Or(strings.TrimSpace(node.Item().Name()), node.Sentence)
}

// planAddress is the page of a node of a plan.
func planAddress(row string) string {
	id, node, _ := strings.Cut(row, "/")
	return "/plan/adopted/" + id + "/node/" + node
}

// plansSearched finds nodes of the plans in force whose name holds the words.
func (p *Pages) plansSearched(ctx context.Context, words string) ([]record.Tie, error) {
	if !shell.May(ctx, access.See, access.Plan) {
		return nil, nil
	}
	plans, err := p.store.Plans(ctx)
	if err != nil {
		return nil, err
	}
	var ties []record.Tie
	for _, one := range plans {
		version, err := p.store.PlanVersion(ctx, one.ID, one.Versions)
		if err != nil {
			return nil, err
		}
		for _, node := range version.Content.Nodes {
			if name := nodeName(node); strings.Contains(name, words) && len(ties) < foundRows {
				ties = append(ties, record.Tie{Other: record.Ref{Register: PlanEnd, Row: one.ID + "/" + node.ID}, Name: name, Known: true})
			}
		}
	}
	return ties, nil
}
