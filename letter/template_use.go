package letter

import (
	"context"
	"slices"
	"strings"
	"time"

	"jiaoheng/action"
	"jiaoheng/attachment"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
)

// MaxTemplate is the largest template in bytes.
const MaxTemplate = 5 << 20

// templateTable owns the files of templates among the attachments.
const templateTable = "letter_template"

// Template is a bureau's own form of a letter. It is never taken away: letters that were made with it go on using it.
type Template struct {
	ID      string
	Letter  string // name of the declaration
	File    string // name of the file as it was uploaded
	Marks   []string
	InUse   bool
	Person  string
	At      time.Time
	Version int64
}

// CheckMarks tells every mark of a template that its letter does not have, with the nearest one that it has.
func CheckMarks(marks []string, known []MarkHelp) fault.List {
	var faults fault.List
	for _, mark := range marks {
		if slices.ContainsFunc(known, func(one MarkHelp) bool { return one.Name == mark }) {
			continue
		}
		if near := nearest(mark, known); near != "" {
			faults.Add(fault.New("letter.mark_unknown_near", message.Args{"mark": mark, "near": near}))
			continue
		}
		faults.Add(fault.New("letter.mark_unknown", message.Args{"mark": mark}))
	}
	return faults
}

// nearest returns the mark that is meant by a slip of up to a third of its letters, or by its Chinese title; "" for none.
func nearest(mark string, known []MarkHelp) string {
	best, least := "", max(1, len([]rune(mark))/3)+1
	for _, one := range known {
		if one.Means.Chinese == mark || strings.EqualFold(one.Means.English, mark) {
			return one.Name
		}
		if d := distance([]rune(strings.ToLower(mark)), []rune(one.Name)); d < least {
			best, least = one.Name, d
		}
	}
	return best
}

// distance is how many letters must be added, taken away or changed to make b of a.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		before := row[0]
		row[0] = i + 1
		for j := range b {
			cost := before
			if a[i] != b[j] {
				cost = 1 + min(before, row[j], row[j+1])
			}
			before, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}

// UseTemplate keeps a template that was read and checked, and uses it for letters issued from now on.
func UseTemplate(ctx context.Context, store Store, actor action.Actor, declared *pack.Letter, file attachment.Prepared, marks []string) error {
	return action.Do(ctx, store, actor, action.Write{Name: "letter.action.template", Thing: Settings, Do: func(ctx context.Context, tx action.Tx) error {
		if err := putAway(ctx, store, declared.Name); err != nil {
			return err
		}
		one := Template{ID: tx.NewID(), Letter: declared.Name, File: file.Name, Marks: marks, InUse: true, Person: actor.Post.Person, At: tx.Now(), Version: 1}
		if err := store.LetterTemplateInsert(ctx, one); err != nil {
			return err
		}
		_, err := file.Put(ctx, store, tx, actor, attachment.Owner{Table: templateTable, Row: one.ID}, "", false)
		return err
	}})
}

// DropTemplate goes back to the built-in form for letters issued from now on.
func DropTemplate(ctx context.Context, store Store, actor action.Actor, declared *pack.Letter) error {
	return action.Do(ctx, store, actor, action.Write{Name: "letter.action.template_drop", Thing: Settings, Do: func(ctx context.Context, _ action.Tx) error {
		return putAway(ctx, store, declared.Name)
	}})
}

func putAway(ctx context.Context, store Store, name string) error {
	old, err := store.LetterTemplate(ctx, name)
	if err != nil || old.ID == "" {
		return err
	}
	old.InUse = false
	return store.LetterTemplateUpdate(ctx, old)
}

// TemplateData returns the file of a template.
func TemplateData(ctx context.Context, store Store, id string) ([]byte, error) {
	files, err := store.AttachmentsOf(ctx, attachment.Owner{Table: templateTable, Row: id})
	if err != nil {
		return nil, err
	}
	if len(files) != 1 {
		return nil, ErrNotFound
	}
	return store.AttachmentData(ctx, files[0].ID)
}
