package plan

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// MaxField is the number of characters that a field may hold.
const MaxField = 2000

// FieldType says what a field takes.
type FieldType string

// Types of fields.
const (
	TextField   FieldType = "text"
	LongField   FieldType = "long"
	NumberField FieldType = "number"
	YearField   FieldType = "year"
	DateField   FieldType = "date"
	ChoiceField FieldType = "choice"
	FlagField   FieldType = "flag" // "1" or ""
)

// Field is one field of a kind of item. The words people see stand under "plan.field." + Key.
type Field struct {
	Key      string
	Type     FieldType
	Required bool
	Choices  []string
}

// Comparators are the values of the field "comparator".
var Comparators = []string{">=", "<=", "=", "range", "increase", "decrease"}

var quantityFields = []Field{
	{Key: "name", Type: TextField, Required: true},
	{Key: "scope", Type: TextField},
	{Key: "comparator", Type: ChoiceField, Choices: Comparators},
	{Key: "value", Type: NumberField},
	{Key: "value_max", Type: NumberField},
	{Key: "unit", Type: TextField},
	{Key: "per", Type: TextField},
	{Key: "verbal", Type: TextField},
	{Key: "approx", Type: FlagField},
	{Key: "baseline", Type: NumberField},
	{Key: "baseline_year", Type: YearField},
}

var fieldsOf = map[Kind][]Field{
	Document: {
		{Key: "name", Type: TextField, Required: true},
		{Key: "issuer", Type: TextField},
		{Key: "region", Type: TextField},
		{Key: "doc_number", Type: TextField},
		{Key: "issue_date", Type: DateField},
		{Key: "from", Type: YearField},
		{Key: "to", Type: YearField},
	},
	Heading: {
		{Key: "label", Type: TextField},
		{Key: "name", Type: TextField}, // a lost heading has a number only
		{Key: "level", Type: ChoiceField, Choices: []string{"0", "1", "2", "3", "4", "5", "6"}, Required: true},
	},
	Target: append(slices.Clone(quantityFields), Field{Key: "deadline", Type: TextField}),
	Fact:   append(slices.Clone(quantityFields), Field{Key: "time", Type: TextField}),
	Task: {
		{Key: "name", Type: LongField, Required: true},
		{Key: "responsible", Type: TextField},
		{Key: "deadline", Type: TextField},
		{Key: "frequency", Type: TextField},
	},
	Project: {
		{Key: "name", Type: TextField, Required: true},
		{Key: "description", Type: LongField},
	},
	Mechanism: {
		{Key: "name", Type: TextField, Required: true},
		{Key: "type", Type: TextField},
	},
	Number: {{Key: "name", Type: TextField, Required: true}},
}

// FieldsOf returns the fields of a kind in the order of a form.
func FieldsOf(kind Kind) []Field { return fieldsOf[kind] }

func fieldOf(kind Kind, key string) (Field, bool) {
	for _, f := range fieldsOf[kind] {
		if f.Key == key {
			return f, true
		}
	}
	return Field{}, false
}

// CleanField brings what a person typed into the form in which it is kept: no space around it, figures in
// half width and without separators.
func CleanField(kind Kind, key, value string) string {
	value = strings.TrimSpace(value)
	field, ok := fieldOf(kind, key)
	if !ok || field.Type != NumberField && field.Type != YearField && field.Type != DateField {
		return value
	}
	value = strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == '．':
			return '.'
		case r == '－' || r == '−':
			return '-'
		case r == ',' || r == '，' || r == ' ' || r == '　':
			return -1
		}
		return r
	}, value)
	if number, err := strconv.ParseFloat(value, 64); err == nil && field.Type == NumberField {
		return FormatNumber(number)
	}
	return value
}

// FormatNumber writes a number in the shortest form that reads back as the same number.
func FormatNumber(number float64) string { return strconv.FormatFloat(number, 'f', -1, 64) }

// checkField returns what is wrong with one value, nil when nothing is. An empty value is right here:
// whether a field is required shows only when the item is accepted.
func checkField(kind Kind, key, value string) *fault.Fault {
	field, known := fieldOf(kind, key)
	if !known {
		return fault.New("plan.field_unknown", message.Args{"field": key, "kind": message.Word("plan.kind." + string(kind))})
	}
	place := fault.Place{Column: key}
	switch {
	case !utf8.ValidString(value):
		return fault.At(place, "plan.field_not_text", nil)
	case utf8.RuneCountInString(value) > MaxField:
		return fault.At(place, "plan.field_too_long", message.Args{"max": MaxField})
	case value == "":
		return nil
	}
	switch field.Type {
	case NumberField:
		if number, err := strconv.ParseFloat(value, 64); err != nil || number != number || number > 1e15 || number < -1e15 {
			return fault.At(place, "plan.field_no_number", message.Args{"value": value})
		}
	case YearField:
		if year, err := strconv.Atoi(value); err != nil || year < 1949 || year > 2100 {
			return fault.At(place, "plan.field_no_year", message.Args{"value": value})
		}
	case DateField:
		if _, err := time.Parse("2006-01-02", value); err != nil {
			return fault.At(place, "plan.field_no_date", message.Args{"value": value})
		}
	case ChoiceField:
		if !slices.Contains(field.Choices, value) {
			return fault.At(place, "plan.field_no_choice", message.Args{"value": value})
		}
	case FlagField:
		if value != "1" {
			return fault.At(place, "plan.field_no_choice", message.Args{"value": value})
		}
	}
	return nil
}

// Faults returns everything that keeps the item from being accepted.
func (i Item) Faults() fault.List {
	var faults fault.List
	for _, field := range fieldsOf[i.Kind] {
		value := i.Fields[field.Key]
		if value == "" && field.Required {
			faults.Add(fault.At(fault.Place{Column: field.Key}, "plan.field_missing", nil))
		}
		if f := checkField(i.Kind, field.Key, value); f != nil {
			faults.Add(f)
		}
	}
	low, high := i.number("value"), i.number("value_max")
	if i.Fields["comparator"] == "range" && (low == nil || high == nil || *low > *high) {
		faults.Add(fault.At(fault.Place{Column: "value_max"}, "plan.field_range", nil))
	}
	from, to := i.number("from"), i.number("to")
	if from != nil && to != nil && *from > *to {
		faults.Add(fault.At(fault.Place{Column: "to"}, "plan.field_period", nil))
	}
	return faults
}

// number returns a field as a number, nil where it is empty or no number.
func (i Item) number(key string) *float64 {
	number, err := strconv.ParseFloat(i.Fields[key], 64)
	if err != nil {
		return nil
	}
	return &number
}

// FieldName returns what people call a field.
func FieldName(language message.Language, key string) string {
	return message.Text(language, "plan.field."+key, nil)
}

// KindName returns what people call a kind of item.
func KindName(language message.Language, kind Kind) string {
	return message.Text(language, "plan.kind."+string(kind), nil)
}

// FaultText returns a fault in words with the name of its field in front.
func FaultText(language message.Language, f *fault.Fault) string {
	text := f.Reason(language)
	if remedy := f.Remedy(language); remedy != "" {
		text = message.Text(language, "plan.fault_text", message.Args{"reason": text, "remedy": remedy})
	}
	if message.Has("plan.field." + f.Place.Column) {
		return message.Text(language, "plan.field_text", message.Args{"field": FieldName(language, f.Place.Column), "text": text})
	}
	return text
}
