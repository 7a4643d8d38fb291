package main

import (
	"context"
	"regexp"

	"github.com/rogpeppe/go-internal/testscript"

	"jiaoheng/action"
	"jiaoheng/document"
	"jiaoheng/intake"
	"jiaoheng/plan"
	"jiaoheng/plan/reading"
)

// adopt: adopt FILE REGION FROM TO hands over a plan, accepts what was read of it and adopts it; its id stands in $PLAN. With
// $PLAN set before, it is adopted as a revision of that plan.
func (s *scenario) adopt(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: adopt FILE REGION FROM TO")
	}
	s.open(ts)
	ctx, actor := context.Background(), action.TheProgram()
	data := []byte(ts.ReadFile(args[0]))
	source, err := intake.Read(ctx, args[0], data)
	ts.Check(err)
	repaired := document.Clean(source)
	desks := plan.NewDesks(s.store, func(context.Context, string) string { return "" })
	draft, err := desks.Import(ctx, actor, plan.Handed{File: args[0], Data: data, Document: repaired, Reading: reading.Read(repaired), Plan: ts.Getenv("PLAN")})
	ts.Check(err)
	open, err := desks.Open(ctx, draft.ID)
	ts.Check(err)
	var sure, others []string
	for _, item := range open.Desk.Items {
		if item.Kind != plan.Number && len(item.Faults()) == 0 {
			sure = append(sure, item.ID)
		} else {
			others = append(others, item.ID)
		}
	}
	head := 0
	for _, request := range []plan.Request{{Act: plan.Accept, Items: sure}, {Act: plan.Ignore, Items: others}} {
		if len(request.Items) == 0 {
			continue
		}
		operation, err := desks.Review(ctx, actor, draft.ID, request)
		ts.Check(err)
		head = operation.Number
	}
	adopted, _, err := desks.Adopt(ctx, actor, draft.ID, plan.Adoption{Title: args[1] + "教育发展规划", Region: args[1], From: args[2], To: args[3], Head: head})
	ts.Check(err)
	ts.Setenv("PLAN", adopted.ID)
}

// targetLink is the address of the page of a target.
var targetLink = regexp.MustCompile(`^/target/[^/]+/([^/?]+)`)

// track: track notes the track of the target whose page was seen last in $TRACK.
func (s *scenario) track(ts *testscript.TestScript, neg bool, args []string) {
	found := targetLink.FindStringSubmatch(s.at)
	if neg || len(args) != 0 || found == nil {
		ts.Fatalf("usage: track, after the page of a target; the last page was %s", s.at)
	}
	ts.Setenv("TRACK", found[1])
}
