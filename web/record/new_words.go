package record

import (
	"context"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"jiaoheng/attachment"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/record"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// newSheetTitle stands over the form when another row was just made.
func newSheetTitle(ctx context.Context, view newView) string {
	if view.done == nil {
		return ""
	}
	return shell.Text(ctx, "record.new.another")
}

// newBack leads to where the form was opened from.
func newBack(ctx context.Context, view newView) string {
	if view.part.Row != "" {
		return shell.Here(ctx, "/record/"+view.part.Register+"/row/"+url.PathEscape(view.part.Row))
	}
	return shell.Here(ctx, address(view.register))
}

func typedValue(ctx context.Context, view newView) string {
	if view.unit.Code == "" {
		return ""
	}
	return unitChoice(ctx, view.unit)
}

// filesFieldOf is a field for files: which kinds, how large, how many.
func filesFieldOf(ctx context.Context, name string, form shell.Form, required bool) shell.Field {
	var kinds, accept []string
	for _, k := range attachment.Kinds() {
		kinds, accept = append(kinds, string(k)), append(accept, "."+string(k))
	}
	accept = append(accept, ".jpeg")
	help := shell.Text(ctx, "record.row.files_help", message.Args{"kinds": strings.Join(kinds, " "), "limit": attachment.MaxBytes >> 20, "count": record.MaxFiles, "all": maxFilesBody >> 20})
	return shell.Field{Name: name, Kind: "file", Label: shell.Text(ctx, "record.row.files"), Help: help, Accept: strings.Join(accept, ","), Required: required}.From(ctx, form)
}

// draftAttributes make the script keep what is typed until it is stored: key names the form, prefix stands before its fields.
// Personal columns are never kept in the browser. A form that came back with faults
// holds what was typed already; one whose row was stored forgets it.
func draftAttributes(ctx context.Context, of *pack.Register, key, prefix string, form shell.Form, done bool) templ.Attributes {
	var private []string
	for _, c := range of.Columns {
		if c.Personal {
			private = append(private, prefix+registerpages.FieldPrefix+c.Name)
		}
	}
	attributes := templ.Attributes{"data-draft-private": strings.Join(private, " "), "data-draft": key, "data-draft-saved": shell.Text(ctx, "record.draft.saved"), "data-draft-back": shell.Text(ctx, "record.draft.back"),
		"data-draft-drop": shell.Text(ctx, "record.draft.drop")}
	if form.Values != nil {
		attributes["data-draft-typed"] = true
	}
	if done {
		attributes["data-draft-done"] = true
	}
	return attributes
}
