package shell

import (
	"cmp"
	"context"
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Form is what a person sent and what is wrong with it. An empty Form is a form not yet sent.
type Form struct {
	Values url.Values
	Faults fault.List
}

// Option is one choice of a Select or a Radio field.
type Option struct {
	Value string
	Label string
}

// Field is one question of a form. Kind is the type of an input: text (default), password, email, date, number, file,
// search; or area, select, radio, check.
type Field struct {
	Name         string
	Key          string // of the element, where forms of one page have fields of the same name; Name when ""
	Kind         string
	Label        string
	Help         string // one line
	Value        string
	Unit         string // stands behind a number
	Autocomplete string
	Accept       string // file kinds
	Required     bool
	Checked      bool
	Limit        int // longest text, 0 for none
	Rows         int // height of an area
	Options      []Option
	Errors       []string
}

// From returns the field with the value that was sent, so that nothing typed is lost, and with the faults that name it
// in fault.Place.Column. Passwords and files are not sent back.
func (f Field) From(ctx context.Context, form Form) Field {
	if form.Values.Has(f.Name) && f.Kind != "password" && f.Kind != "file" {
		f.Value = form.Values.Get(f.Name)
	}
	if f.Kind == "check" && form.Values != nil {
		f.Checked = form.Values.Has(f.Name)
	}
	for _, one := range form.Faults {
		if one.Place.Column == f.Name {
			f.Errors = append(f.Errors, faultText(ctx, one))
		}
	}
	return f
}

func (f Field) key() string     { return cmp.Or(f.Key, f.Name) }
func (f Field) id() string      { return "field-" + f.key() }
func (f Field) helpID() string  { return "help-" + f.key() }
func (f Field) errorID() string { return "error-" + f.key() }

func (f Field) describedBy() string {
	switch {
	case len(f.Errors) > 0 && f.Help != "":
		return f.errorID() + " " + f.helpID()
	case len(f.Errors) > 0:
		return f.errorID()
	case f.Help != "":
		return f.helpID()
	}
	return ""
}

func (f Field) inputKind() string {
	if f.Kind == "" || f.Kind == "number" {
		return "text"
	}
	return f.Kind
}

// faultText is reason and remedy of a fault without its place, which the field beside it shows already.
func faultText(ctx context.Context, one *fault.Fault) string {
	language := From(ctx).Language
	if remedy := one.Remedy(language); remedy != "" {
		return one.Reason(language) + Text(ctx, "shell.form.then") + remedy
	}
	return one.Reason(language)
}

// fullFaultText is like faultText with the place in front where the place is more than the name of a field.
func fullFaultText(ctx context.Context, one *fault.Fault) string {
	place := one.Place
	if place.File == "" && place.Row == 0 && place.Line == 0 {
		return faultText(ctx, one)
	}
	return place.Text(From(ctx).Language) + Text(ctx, "shell.form.colon") + faultText(ctx, one)
}

func fieldAttributes(f Field) templ.Attributes {
	attributes := templ.Attributes{}
	if f.Required {
		attributes["required"] = true
	}
	if f.Limit > 0 {
		attributes["maxlength"] = strconv.Itoa(f.Limit)
	}
	if f.Autocomplete != "" {
		attributes["autocomplete"] = f.Autocomplete
	}
	if f.Kind == "number" {
		attributes["inputmode"] = "decimal"
		attributes["class"] = "number"
	}
	if f.Accept != "" && f.Kind == "file" {
		attributes["accept"] = f.Accept
	}
	if by := f.describedBy(); by != "" {
		attributes["aria-describedby"] = by
	}
	if len(f.Errors) > 0 {
		attributes["aria-invalid"] = "true"
	}
	return attributes
}

// args makes message.Args from name and value.
func args(name string, value any) message.Args { return message.Args{name: value} }
