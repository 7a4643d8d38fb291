package demo

import (
	"context"
	"fmt"
	"strings"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/document"
	"jiaoheng/intake"
	"jiaoheng/plan"
	"jiaoheng/plan/reading"
	"jiaoheng/store"
)

// loadPlan hands the demo plan over as the office would, accepts what was read, has it adopted by the leader, and
// leaves a revision on the desk with its sure items accepted. Actors are the members by account.
func loadPlan(ctx context.Context, s *store.Store, actors map[string]action.Actor) error {
	desks := plan.NewDesks(s, func(context.Context, string) string { return "" })
	draft, err := handOver(ctx, desks, actors["office"], PlanTitle+".docx", PlanDocument(), "")
	if err != nil {
		return err
	}
	open, err := desks.Open(ctx, draft.ID)
	if err != nil {
		return err
	}
	accept, ignore := sorted(open.Desk)
	missed, err := missedTargets(open)
	if err != nil {
		return err
	}
	requests := []plan.Request{{Act: plan.Accept, Items: accept}, missed}
	if len(ignore) > 0 {
		requests = append(requests, plan.Request{Act: plan.Ignore, Items: ignore})
	}
	head := 0
	for _, request := range requests {
		operation, err := desks.Review(ctx, actors["office"], draft.ID, request)
		if err != nil {
			return err
		}
		head = operation.Number
		if request.Act == plan.Add {
			made := plan.Request{Act: plan.Accept, Items: []string{plan.MadeID(head, 0), plan.MadeID(head, 1)}}
			if operation, err = desks.Review(ctx, actors["office"], draft.ID, made); err != nil {
				return err
			}
			head = operation.Number
		}
	}
	adopted, _, err := desks.Adopt(ctx, actors["leader"], draft.ID, plan.Adoption{Title: PlanTitle, Region: "澄源县", From: "2025", To: "2027", Head: head})
	if err != nil {
		return err
	}
	revision, err := handOver(ctx, desks, actors["office"], PlanTitle+"（修订稿）.docx", RevisedPlanDocument(), adopted.ID)
	if err != nil {
		return err
	}
	if open, err = desks.Open(ctx, revision.ID); err != nil {
		return err
	}
	if missed, err = missedTargets(open); err != nil {
		return err
	}
	if _, err = desks.Review(ctx, actors["office"], revision.ID, missed); err != nil {
		return err
	}
	_, err = desks.Review(ctx, actors["office"], revision.ID, plan.Request{Act: plan.Accept, Items: open.Desk.Confident("")})
	return err
}

// ReformTarget is the target of the demo that is a thing to be done by a day, and AverageTarget the one that is measured by the
// average of the city.
const (
	ReformTarget  = "公办中小学完成校长职级制改革"
	AverageTarget = "劳动年龄人口平均受教育年限"
)

// missedTargets adds the targets without a number, which the reader took for something else or did not take at all, from the
// words of the document.
func missedTargets(open plan.Opened) (plan.Request, error) {
	request := plan.Request{Act: plan.Add}
	for _, one := range []struct {
		words  string
		fields map[string]string
	}{
		{"劳动年龄人口平均受教育年限高于全市平均水平", map[string]string{"name": AverageTarget, "unit": "年", "verbal": "高于全市平均水平"}},
		{"2026年8月底前，全县公办中小学完成校长职级制改革", map[string]string{"name": ReformTarget, "verbal": "完成", "deadline": "2026-08"}},
	} {
		from := strings.Index(open.Clean.Text, one.words)
		if from < 0 {
			return request, fmt.Errorf("demo: the plan does not say %s", one.words)
		}
		part, err := open.Desk.Select(open.Clean, document.Span{From: from, To: from + len(one.words)}, plan.Target, one.fields)
		if err != nil {
			return request, err
		}
		request.Parts = append(request.Parts, part)
	}
	return request, nil
}

func handOver(ctx context.Context, desks *plan.Desks, actor action.Actor, file string, data []byte, of string) (plan.Draft, error) {
	source, err := intake.Read(ctx, file, data)
	if err != nil {
		return plan.Draft{}, fmt.Errorf("demo: %s: %w", file, err)
	}
	repaired := document.Clean(source)
	return desks.Import(ctx, actor, plan.Handed{File: file, Data: data, Document: repaired, Reading: reading.Read(repaired), Plan: of})
}

// sorted returns the items that can be accepted as they were read, and all others.
func sorted(desk *plan.Desk) (accept, ignore []string) {
	for _, item := range desk.Items {
		if item.Kind != plan.Number && len(item.Faults()) == 0 && !(item.Kind == plan.Project && strings.Contains(item.Field("name"), "校长职级制")) {
			accept = append(accept, item.ID)
		} else {
			ignore = append(ignore, item.ID)
		}
	}
	return accept, ignore
}

// actorOf is a member at work in the post of the demo.
func (m Member) actorOf(person, post string, unit access.Unit) action.Actor {
	return action.Actor{Post: access.Post{ID: post, Person: person, Role: m.Role, Unit: unit, Subject: m.Subject}, Account: m.Account}
}
