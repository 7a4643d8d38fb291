package plan

import (
	"context"
	"strings"
	"unicode/utf8"

	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/web/shell"
)

func itemAddress(draft, item string) string { return draftAddress(draft) + "?item=" + item }

// nameOf names an item even when the reader gave it no name.
func nameOf(ctx context.Context, item plan.Item) string {
	if item.Kind == plan.Heading && item.Fields["name"] == "" {
		return item.Fields["label"] + shell.Text(ctx, "plan.item.lost")
	}
	if name := strings.TrimSpace(item.Name()); name != "" {
		return name
	}
	if item.Sentence != "" {
		return item.Sentence
	}
	return shell.Text(ctx, "plan.item.nameless")
}

// ruleName returns what people call a rule of repair; a rule without a name of its own shows its key.
func ruleName(ctx context.Context, rule string) string {
	if key := "plan.repair." + rule; message.Has(key) {
		return shell.Text(ctx, key)
	}
	return rule
}

// visible shows a sample: one of white space alone as marks, any other in one line.
func visible(text string) string {
	if line := strings.Join(strings.Fields(text), " "); line != "" {
		return line
	}
	return strings.NewReplacer("\r", "", "\n", "⏎", "\t", "⇥", " ", "␣").Replace(text)
}

// around is the number of characters shown beside an unclaimed number.
const around = 16

func before(text string, item plan.Item) string {
	if len(item.Places) == 0 || item.Places[0].Clean.From > len(text) {
		return ""
	}
	line := text[:item.Places[0].Clean.From]
	if at := strings.LastIndexByte(line, '\n'); at >= 0 {
		line = line[at+1:]
	}
	runes := []rune(line)
	if len(runes) > around {
		return "…" + string(runes[len(runes)-around:])
	}
	return line
}

func after(text string, item plan.Item) string {
	if len(item.Places) == 0 || item.Places[0].Clean.To > len(text) {
		return ""
	}
	line, _, _ := strings.Cut(text[item.Places[0].Clean.To:], "\n")
	if utf8.RuneCountInString(line) > around {
		return string([]rune(line)[:around]) + "…"
	}
	return line
}

// clock returns hour and minute of the request.
func clock(ctx context.Context) string {
	moment := shell.Moment(ctx, shell.From(ctx).Now)
	return moment[max(0, len(moment)-len("15:04")):]
}
