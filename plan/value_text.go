package plan

import (
	"regexp"
	"strings"

	"jiaoheng/message"
)

// ValueText returns what a target or a fact says of its number in words: 不低于 95%, 新增 1,200 个, 约 3 所.
// Without a number it is the wording of the document, and "" where that is missing too.
func ValueText(language message.Language, fields map[string]string) string {
	value := fields["value"]
	if value == "" {
		return fields["verbal"]
	}
	args := message.Args{"value": Thousands(value), "max": Thousands(fields["value_max"]), "unit": fields["unit"]}
	key := "plan.value.equal"
	switch {
	case fields["comparator"] == ">=":
		key = "plan.value.at_least"
	case fields["comparator"] == "<=":
		key = "plan.value.at_most"
	case fields["comparator"] == "range" && fields["value_max"] != "":
		key = "plan.value.range"
	case fields["comparator"] == "increase":
		key = "plan.value.increase"
	case fields["comparator"] == "decrease":
		key = "plan.value.decrease"
	}
	out := message.Text(language, key, args)
	if fields["approx"] != "" {
		out = message.Text(language, "plan.value.about", message.Args{"value": out})
	}
	if fields["per"] != "" {
		out = message.Text(language, "plan.value.per", message.Args{"value": out, "per": fields["per"]})
	}
	return out
}

// BaselineText returns the value from which a target starts, with its year: 88.5%（2020年）; "" where there is none.
func BaselineText(language message.Language, fields map[string]string) string {
	if fields["baseline"] == "" {
		return ""
	}
	out := message.Text(language, "plan.value.equal", message.Args{"value": Thousands(fields["baseline"]), "unit": fields["unit"]})
	if fields["baseline_year"] == "" {
		return out
	}
	return message.Text(language, "plan.value.of_year", message.Args{"value": out, "year": DateText(language, fields["baseline_year"])})
}

// Thousands puts separators into the whole part of a number of five digits and more in front of the point; a
// number of four digits gets one too, as officials write 1,200.
func Thousands(number string) string {
	whole, rest, point := strings.Cut(number, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		rest = "." + rest
	}
	return sign + whole + rest
}

var datePattern = regexp.MustCompile(`^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$`)
var yearsPattern = regexp.MustCompile(`^(\d{4})-(\d{4})$`)

// DateText returns a date, a month, a year or a run of years as people write it. Everything else, such as
// 每学期, stays as it is.
func DateText(language message.Language, date string) string {
	if years := yearsPattern.FindStringSubmatch(date); years != nil {
		return message.Text(language, "plan.date.years", message.Args{"from": years[1], "to": years[2]})
	}
	parts := datePattern.FindStringSubmatch(date)
	if parts == nil {
		return date
	}
	args := message.Args{"year": parts[1], "month": strings.TrimLeft(parts[2], "0"), "day": strings.TrimLeft(parts[3], "0")}
	switch {
	case parts[3] != "":
		return message.Text(language, "plan.date.day", args)
	case parts[2] != "":
		return message.Text(language, "plan.date.month", args)
	}
	return message.Text(language, "plan.date.year", args)
}

// DeadlineText returns by when a target or task is to be reached: its deadline, else how often, else that the
// plan names no date of its own.
func DeadlineText(language message.Language, fields map[string]string) string {
	switch {
	case fields["deadline"] != "":
		return DateText(language, fields["deadline"])
	case fields["time"] != "":
		return DateText(language, fields["time"])
	case fields["frequency"] != "":
		return fields["frequency"]
	}
	return message.Text(language, "plan.date.within", nil)
}

// Owners splits the parties that a task names: the first one leads, the others take part.
func Owners(responsible string) (lead, others string) {
	parts := strings.FieldsFunc(responsible, func(r rune) bool { return r == '、' || r == '，' || r == '；' || r == ';' || r == ',' })
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	if len(parts) == 0 {
		return "", ""
	}
	return parts[0], strings.Join(parts[1:], "、")
}

// StageName returns what people call a stage.
func StageName(language message.Language, stage Stage) string {
	return message.Text(language, "plan.stage."+string(stage), nil)
}
