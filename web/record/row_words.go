package record

import (
	"context"
	"slices"
	"strings"

	"jiaoheng/message"
	"jiaoheng/record"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// commentLimit is how long a comment may be.
const commentLimit = record.MaxComment

// draftKey names what the browser keeps of a form of the row.
func (view rowView) draftKey(form string) string {
	return "row:" + view.register.Name + "/" + view.row.ID + ":" + form
}

// staleEntries are what others did meanwhile, in words.
func (view rowView) staleEntries() []entryView {
	var shown []entryView
	for _, one := range view.entries {
		if slices.ContainsFunc(view.stale.What, func(e record.Entry) bool { return e.Version == one.Version && e.Kind == one.Kind && e.At.Equal(one.At) }) {
			shown = append(shown, one)
		}
	}
	return shown
}

// stillOffered tells whether the form that was sent can be sent again as the row stands now.
func (view rowView) stillOffered() bool {
	if view.sent == editForm {
		return len(view.editable) > 0
	}
	return slices.ContainsFunc(view.options, func(o optionView) bool { return o.sent && len(o.blocked) == 0 })
}

// typedWords are the texts of a form that is not offered any more, so that they can be copied.
func (view rowView) typedWords() []string {
	var words []string
	for name, values := range view.form.Values {
		if !strings.HasPrefix(name, view.sent+"-") || slices.Contains([]string{sureField, leadField, ownerField}, strings.TrimPrefix(name, view.sent+"-")) {
			continue
		}
		if column, is := strings.CutPrefix(name, view.sent+"-"+registerpages.FieldPrefix); is && !isLine(view, column) {
			continue
		}
		for _, one := range values {
			if strings.TrimSpace(one) != "" {
				words = append(words, one)
			}
		}
	}
	slices.Sort(words)
	return words
}

func isLine(view rowView, column string) bool {
	c, known := registerpages.ColumnOf(view.register, column)
	return known && !c.Personal && c.Type == "text"
}

func (view rowView) joined(ctx context.Context, words []string) string {
	return strings.Join(words, shell.Text(ctx, "record.words.and"))
}

func (view rowView) editLabel(ctx context.Context) string {
	if view.stale != nil && view.sent == editForm {
		return shell.Text(ctx, "record.row.edit_go_on")
	}
	return shell.Text(ctx, "record.row.edit_do")
}

// foundOptions are the rows that a typed text fits.
func foundOptions(ctx context.Context, view rowView) []shell.Option {
	var options []shell.Option
	for _, tie := range view.found {
		title := tie.Other.Register
		if of, known := view.book.scope.Register(title); known {
			title = of.Title.In(view.book.language)
		} else if title == PlanEnd {
			title = shell.Text(ctx, "record.row.plan_end")
		}
		options = append(options, shell.Option{Value: tie.Other.String(), Label: shell.Text(ctx, "record.row.found", message.Args{"register": title, "heading": tie.Name})})
	}
	return options
}

func noteHelp(ctx context.Context, one optionView) string {
	if one.event.Letter != "" {
		return shell.Text(ctx, "record.event.note_letter")
	}
	return ""
}

// pressKind is the look of the button of an event: what asks again is dangerous.
func pressKind(one optionView) string {
	if one.event.Grave {
		return "danger"
	}
	return "primary"
}
