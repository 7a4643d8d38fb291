package letter

import (
	"context"
	"strings"
	"unicode/utf8"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// MaxName is the longest name of an organ, in characters.
const MaxName = 60

// Fields of the form of the head of letters, as faults name them.
const (
	FieldBureau  = "bureau"
	FieldOrgan   = "organ"
	FieldPrinted = "printed"
)

// Settings is what the templates and the head of letters are for rights: settings of the bureau.
var Settings = access.Thing{Class: access.Publication}

// ChangeHead sets what the bureau says in all letters from now on.
func ChangeHead(ctx context.Context, store Store, actor action.Actor, head Head) error {
	head = Head{Bureau: strings.TrimSpace(head.Bureau), Organ: strings.TrimSpace(head.Organ), Printed: strings.TrimSpace(head.Printed)}
	return action.Do(ctx, store, actor, action.Write{Name: "letter.action.head", Thing: Settings,
		Check: func(context.Context) error { return checkHead(head).Err() },
		Do: func(ctx context.Context, _ action.Tx) error {
			return store.LetterHeadPut(ctx, head)
		}})
}

func checkHead(head Head) fault.List {
	var faults fault.List
	for _, field := range []struct {
		name, text string
		wanted     bool
	}{{FieldBureau, head.Bureau, true}, {FieldOrgan, head.Organ, true}, {FieldPrinted, head.Printed, false}} {
		n := utf8.RuneCountInString(field.text)
		if n > MaxName || n == 0 && field.wanted || strings.ContainsAny(field.text, "\r\n\t") {
			faults.Add(fault.At(fault.Place{Column: field.name}, "letter.head_name", message.Args{"limit": MaxName}))
		}
	}
	return faults
}
