package assessment

import (
	"context"
	"path"
	"strings"

	"jiaoheng/assessment"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

const maxFileName = 100 // characters

// fileName is a name without folders and invisible characters.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > maxFileName {
		name = string(runes[:maxFileName])
	}
	return name
}

// subjectOptions are the subjects of an exam as options; first stands before them where it is not empty.
func subjectOptions(_ context.Context, e assessment.Exam, first string) []shell.Option {
	var options []shell.Option
	if first != "" {
		options = append(options, shell.Option{Label: first})
	}
	for _, s := range e.Subjects {
		options = append(options, shell.Option{Value: s.Code, Label: s.Name})
	}
	return options
}

// keysOf counts the items of a paper that have a key.
func keysOf(s assessment.Subject) int {
	count := 0
	for _, item := range s.Items {
		if item.Key != "" {
			count++
		}
	}
	return count
}

// cutText is a cut in words: 优秀（语文）102 分及以上.
func cutText(ctx context.Context, e assessment.Exam, cut assessment.Cut) string {
	of := text(ctx, "total")
	if s, _, known := e.Subject(cut.Subject); known {
		of = s.Name
	}
	if cut.Track != "" {
		of += " · " + cut.Track
	}
	return text(ctx, "cut_line", message.Args{"cut": cut.Name, "of": of, "least": plain(cut.Least)})
}

// turnReason is the field for the reason of a step; it shows what was wrong with the one that was sent.
func turnReason(ctx context.Context, v showView, name string) shell.Field {
	field := shell.Field{Name: assessment.FieldReason, Key: "reason-" + name, Label: text(ctx, "reason"), Required: true, Limit: 200, Autocomplete: "off"}
	if v.turn == name {
		return field.From(ctx, v.form)
	}
	return field
}

// pupilReason is the field for the reason of a look.
func pupilReason(ctx context.Context, v pupilView, one assessment.OwnPupil) shell.Field {
	field := shell.Field{Name: assessment.FieldReason, Key: "reason-" + one.Ref, Label: text(ctx, "reason"), Required: true, Limit: 200, Autocomplete: "off"}
	if v.asked == one.Ref {
		return field.From(ctx, v.form)
	}
	return field
}
