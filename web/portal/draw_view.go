package portal

import (
	"context"
	"strconv"
	"strings"

	"jiaoheng/draw"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// drawFact is one thing that a page says of a draw. Code is for hashes, Entered for words of the office.
type drawFact struct {
	Name    string
	Lines   []string
	Code    bool
	Entered bool
}

// drawView is what the page of a draw shows.
type drawView struct {
	one         PublicDraw
	facts       []drawFact
	certificate []string
}

func viewOf(ctx context.Context, one PublicDraw) drawView {
	a := one.Announcement
	facts := []drawFact{
		{Name: drawText(ctx, "fact.unit"), Lines: []string{one.Unit}, Entered: true},
		{Name: drawText(ctx, "fact.kind"), Lines: []string{kindName(ctx, a.Kind)}},
		{Name: drawText(ctx, "fact.announced"), Lines: []string{shell.Moment(ctx, one.AnnouncedAt)}},
		{Name: drawText(ctx, "fact.count"), Lines: []string{shell.Count(a.Count)}},
		{Name: drawText(ctx, "fact.sources"), Lines: sourceLines(ctx, a.Sources), Entered: true},
		{Name: drawText(ctx, "fact.commitment"), Lines: []string{draw.Hex(a.Commitment())}, Code: true},
	}
	if one.Proof != nil {
		facts = append(facts, drawFact{Name: drawText(ctx, "fact.drawn"), Lines: []string{shell.Moment(ctx, one.DrawnAt)}},
			drawFact{Name: drawText(ctx, "fact.origin"), Lines: []string{drawText(ctx, "script."+a.Origin())}},
			drawFact{Name: drawText(ctx, "fact.digest"), Lines: []string{one.Proof.Digest}, Code: true})
	}
	return drawView{one: one, facts: facts, certificate: sentences(one.Certificate)}
}

// sourceLines say in words where the randomness comes from.
func sourceLines(ctx context.Context, sources []draw.Source) []string {
	lines := []string{}
	for _, source := range sources {
		lines = append(lines, drawText(ctx, "source."+source.Kind, message.Args{"text": source.Text}))
	}
	if len(lines) == 0 {
		lines = append(lines, drawText(ctx, "source.none"))
	}
	return lines
}

// kindName is the name of a kind of draw.
func kindName(ctx context.Context, kind string) string {
	if key := "draw.public.script.kind." + kind; message.Has(key) {
		return shell.Text(ctx, key)
	}
	return kind
}

// lineFacts are what a line and its result say.
func lineFacts(ctx context.Context, one PublicDraw, slip draw.Slip) []drawFact {
	facts := []drawFact{
		{Name: drawText(ctx, "script.line"), Lines: []string{slip.Line}, Code: true},
		{Name: drawText(ctx, "fact.place"), Lines: []string{drawText(ctx, "place", message.Args{"place": strconv.Itoa(slip.Index + 1), "count": shell.Count(one.Announcement.Count)})}},
	}
	words := draw.ResultWords(shell.From(ctx).Language, one.Announcement.Kind, slip.Result)
	facts = append([]drawFact{{Name: drawText(ctx, "fact.result"), Lines: []string{words}}}, facts...)
	return facts
}

// scriptKeys begins the keys of the texts that the verifier's page shows.
const scriptKeys = "draw.public.script."

// scriptTexts are these texts by language, without the head of their keys.
func scriptTexts(languages ...message.Language) map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, language := range languages {
		texts := map[string]string{}
		for _, key := range message.Keys() {
			if rest, ok := strings.CutPrefix(key, scriptKeys); ok {
				texts[rest] = message.Text(language, key, nil)
			}
		}
		all[string(language)] = texts
	}
	return all
}
