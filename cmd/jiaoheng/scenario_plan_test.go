package main

import (
	"context"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"jiaoheng/action"
	"jiaoheng/document"
	"jiaoheng/intake"
	"jiaoheng/plan"
	"jiaoheng/plan/reading"
)

// adopt: adopt FILE REGION FROM TO WORDS… hands over a plan, accepts what was read of it, makes a target of each of the further
// WORDS of its text, as a person does by hand, and adopts it; its id stands in $PLAN. With $PLAN set before, it is adopted as a
// revision of that plan. WORDS are 'words of the text field=value field=value'.
func (s *scenario) adopt(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 {
		ts.Fatalf("usage: adopt FILE REGION FROM TO WORDS…")
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
	head, requests := 0, []plan.Request{{Act: plan.Accept, Items: sure}, {Act: plan.Ignore, Items: others}, {Act: plan.Add, Parts: marked(ts, open, args[4:])}}
	for _, request := range requests {
		if len(request.Items)+len(request.Parts) == 0 {
			continue
		}
		operation, err := desks.Review(ctx, actor, draft.ID, request)
		ts.Check(err)
		head = operation.Number
		for part := range request.Parts {
			accepted, err := desks.Review(ctx, actor, draft.ID, plan.Request{Act: plan.Accept, Items: []string{plan.MadeID(operation.Number, part)}})
			ts.Check(err)
			head = accepted.Number
		}
	}
	adopted, _, err := desks.Adopt(ctx, actor, draft.ID, plan.Adoption{Title: args[1] + "教育发展规划", Region: args[1], From: args[2], To: args[3], Head: head})
	ts.Check(err)
	ts.Setenv("PLAN", adopted.ID)
}

// marked are the targets that a person makes of words of the text.
func marked(ts *testscript.TestScript, open plan.Opened, all []string) []plan.Part {
	var parts []plan.Part
	for _, one := range all {
		words := strings.Fields(one)
		at := strings.Index(open.Clean.Text, words[0])
		if at < 0 {
			ts.Fatalf("adopt: the text does not hold %q", words[0])
		}
		fields := map[string]string{"name": words[0]}
		for _, field := range words[1:] {
			key, value, _ := strings.Cut(field, "=")
			fields[key] = value
		}
		part, err := open.Desk.Select(open.Clean, document.Span{From: at, To: at + len(words[0])}, plan.Target, fields)
		ts.Check(err)
		parts = append(parts, part)
	}
	return parts
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
