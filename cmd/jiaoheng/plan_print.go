package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"jiaoheng/message"
	"jiaoheng/plan/reading"
)

// nameWidth is the width in columns of the first cell of a printed table.
const nameWidth = 44

func printDraft(e *environment, draft reading.Draft) {
	say := func(key string, args message.Args) { fmt.Fprintln(e.out, message.Text(e.language, key, args)) }
	meta := draft.Meta
	fmt.Fprintln(e.out, orDash(meta.Title))
	say("command.plan_meta", message.Args{"issuer": orDash(meta.Issuer), "number": orDash(meta.DocNumber), "date": orDash(meta.IssueDate), "period": periodText(meta.Period)})
	say("command.plan_counts", message.Args{"outline": len(draft.Outline), "targets": len(draft.Targets), "facts": len(draft.Facts), "tasks": len(draft.Tasks),
		"projects": len(draft.Projects), "mechanisms": len(draft.Mechanisms), "repairs": len(draft.Repairs), "unclaimed": len(draft.Unclaimed)})
	section := func(key string, n int, print func(io.Writer)) {
		if n > 0 {
			fmt.Fprintln(e.out)
			say(key, message.Args{"count": n})
			print(e.out)
		}
	}
	section("command.plan_targets", len(draft.Targets), func(out io.Writer) { printQuantities(out, draft.Targets) })
	section("command.plan_facts", len(draft.Facts), func(out io.Writer) { printQuantities(out, draft.Facts) })
	section("command.plan_tasks", len(draft.Tasks), func(out io.Writer) {
		for _, task := range draft.Tasks {
			fmt.Fprintf(out, "  %s %s %s\n", pad(task.Title, nameWidth), pad(orDash(task.Responsible), 24), orDash(value(task.Deadline)))
		}
	})
	section("command.plan_projects", len(draft.Projects), func(out io.Writer) {
		for _, project := range draft.Projects {
			fmt.Fprintf(out, "  %s\n", project.Name)
		}
	})
	section("command.plan_mechanisms", len(draft.Mechanisms), func(out io.Writer) {
		for _, mechanism := range draft.Mechanisms {
			fmt.Fprintf(out, "  %s %s\n", pad(mechanism.Name, nameWidth), mechanism.Type)
		}
	})
	section("command.plan_unclaimed", len(draft.Unclaimed), func(out io.Writer) {
		for _, number := range draft.Unclaimed {
			fmt.Fprintf(out, "  %s [%d,%d)\n", number.Text, number.Span.From, number.Span.To)
		}
	})
}

func printQuantities(out io.Writer, quantities []reading.Quantity) {
	for _, q := range quantities {
		from := ""
		if q.Baseline != nil {
			from = number(&q.Baseline.Value) + " → "
		}
		to := comparatorText[q.Comparator] + number(q.Value)
		if q.Comparator == "range" {
			to += "—" + number(q.ValueMax)
		}
		to += q.Unit
		if q.Verbal != "" {
			to = q.Verbal
		}
		when := q.Deadline
		if when == nil {
			when = q.Time
		}
		fmt.Fprintf(out, "  %s %s %s\n", pad(q.Name, nameWidth), pad(from+to, 24), orDash(value(when)))
	}
}

// comparatorText shows a comparator as people write it.
var comparatorText = map[string]string{">=": "≥", "<=": "≤", "increase": "+", "decrease": "-"}

func number(value *float64) string {
	if value == nil {
		return "—"
	}
	return strconv.FormatFloat(*value, 'f', -1, 64)
}

func value(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

func orDash(text string) string {
	if text == "" {
		return "—"
	}
	return text
}

func periodText(period []int) string {
	if len(period) != 2 {
		return "—"
	}
	return fmt.Sprintf("%d—%d", period[0], period[1])
}

// pad fills text with spaces up to width columns of a terminal, where a Chinese character takes two; longer text is cut.
func pad(text string, width int) string {
	var out strings.Builder
	used := 0
	for _, c := range text {
		w := 1
		if c >= 0x2E80 {
			w = 2
		}
		if used+w > width-1 {
			out.WriteRune('…')
			used++
			break
		}
		out.WriteRune(c)
		used += w
	}
	return out.String() + strings.Repeat(" ", max(0, width-used))
}
