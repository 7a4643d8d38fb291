package register

import (
	"context"
	"errors"
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"

	"jiaoheng/attachment"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// FieldOf is the field of a column with a cell in it. masked tells that a personal cell comes as its mask.
func FieldOf(ctx context.Context, c *pack.Column, cell register.Cell, masked bool) shell.Field {
	language := shell.From(ctx).Language
	f := shell.Field{Name: FieldPrefix + c.Name, Label: c.Title.In(language), Help: c.Help.In(language), Value: register.CellText(cell, c, language),
		Required: c.Required, Autocomplete: "off"}
	none := shell.Option{Label: shell.Text(ctx, "register.page.unreported")}
	switch {
	case masked && cell.Known && c.Type != pack.Line:
	case c.Type.Numeric():
		f.Kind, f.Unit = "number", MeasureOf(ctx, c)
	case c.Type == pack.Flag:
		f.Kind, f.Value = "select", selectValue(cell, c)
		f.Options = []shell.Option{none, {Value: "1", Label: shell.Text(ctx, "register.form.yes")}, {Value: "0", Label: shell.Text(ctx, "register.form.no")}}
	case c.Type == pack.Choice:
		f.Kind, f.Value, f.Options = "select", cell.Text, []shell.Option{none}
		for _, option := range c.Choices {
			f.Options = append(f.Options, shell.Option{Value: option.Name, Label: option.Title.In(language)})
		}
	case c.Type == pack.Date:
		f.Kind = "date"
	}
	return f
}

func selectValue(cell register.Cell, c *pack.Column) string {
	switch {
	case !cell.Known:
		return ""
	case c.Type == pack.Flag:
		return strconv.Itoa(int(cell.Number))
	}
	return cell.Text
}

// Inner is the reason, or the remedy, of a fault inside another one.
type Inner struct {
	*fault.Fault
	Does bool // the remedy
}

// In returns the text in the language.
func (i Inner) In(language message.Language) string {
	if i.Does {
		return i.Remedy(language)
	}
	return i.Reason(language)
}

// FieldFault names the column of a fault, for the list at the top of a form. prefix stands before the name of the field.
func FieldFault(prefix string, c *pack.Column, one *fault.Fault) *fault.Fault {
	return fault.At(fault.Place{Column: prefix + FieldPrefix + c.Name}, "register.page.field", message.Args{"column": c.Title, "why": Inner{one, false}, "do": Inner{one, true}})
}

// SizeText is the size of a file as people read it.
func SizeText(size int64) string {
	if size >= 1<<20 {
		return strconv.FormatFloat(float64(size)/(1<<20), 'f', 1, 64) + " MB"
	}
	return strconv.FormatInt((size+1023)>>10, 10) + " kB"
}

// Prepared reads and looks through the attachments that a form sends under field, at most limit of them. Faults name the field.
func Prepared(r *http.Request, preparer *attachment.Preparer, field string, limit int) ([]attachment.Prepared, error) {
	wrong := func(one *fault.Fault) error {
		one.Place = fault.Place{Column: field}
		return fault.List{one}
	}
	if err := r.ParseMultipartForm(4 << 20); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
			return nil, wrong(fault.New("attachment.too_large", message.Args{"limit": attachment.MaxBytes >> 20}))
		}
		return nil, wrong(fault.New("register.page.file_broken", nil))
	}
	if r.MultipartForm == nil {
		return nil, nil
	}
	defer r.MultipartForm.RemoveAll()
	// A browser sends a nameless empty file where none was chosen.
	headers := slices.DeleteFunc(slices.Clone(r.MultipartForm.File[field]), func(h *multipart.FileHeader) bool { return h.Filename == "" && h.Size == 0 })
	if len(headers) > limit {
		return nil, wrong(fault.New("register.page.files_many", message.Args{"limit": limit}))
	}
	var all []attachment.Prepared
	for _, header := range headers {
		file, err := header.Open()
		if err != nil {
			return nil, err
		}
		data, err := attachment.Read(file)
		file.Close()
		var one attachment.Prepared
		if err == nil {
			one, err = preparer.Prepare(r.Context(), header.Filename, data)
		}
		if faults := fault.Of(err); faults != nil {
			return nil, wrong(fault.New("register.page.file_refused", message.Args{"file": fileName(header.Filename), "why": Inner{faults[0], false}, "do": Inner{faults[0], true}}))
		}
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}
