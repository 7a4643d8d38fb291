package shell

import (
	"context"
	"math"
	"strconv"
	"strings"

	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/standard"
)

// Number writes a number with at most so many decimals, without zeros at its end, and with separators of thousands.
func Number(number float64, decimals int) string {
	text := FixedNumber(number, decimals)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

// FixedNumber is Number with all of its decimals, for columns that are read downward. A half goes up, as people round by
// hand (四舍五入); nothing is ever -0.
func FixedNumber(number float64, decimals int) string {
	scale := math.Pow10(decimals)
	rounded := math.Round(math.Abs(number)*scale) / scale
	if math.IsInf(rounded, 0) {
		rounded = math.Abs(number)
	}
	text := strconv.FormatFloat(rounded, 'f', decimals, 64)
	whole, rest, _ := strings.Cut(text, ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if rest != "" {
		whole += "." + rest
	}
	if number < 0 && strings.Trim(text, "0.") != "" {
		return "-" + whole
	}
	return whole
}

// SignedNumber is Number with a plus before what grows.
func SignedNumber(number float64, decimals int) string {
	text := Number(number, decimals)
	if number > 0 && text != "0" {
		return "+" + text
	}
	return text
}

// ThresholdDecimals is how far a threshold is written out: as a person would type it, no zeros at its end.
const ThresholdDecimals = 6

// CloseNumber writes a value beside its threshold: one that would look like the threshold although it is not gets more
// decimals. write is Number or FixedNumber.
func CloseNumber(value, threshold float64, decimals int, write func(float64, int) string) string {
	for decimals < ThresholdDecimals && measure.Compare(value, threshold) != 0 && Number(value, decimals) == Number(threshold, ThresholdDecimals) {
		decimals++
	}
	return write(value, decimals)
}

// ComparatorSign is the sign of a comparison, such as ≥.
func ComparatorSign(comparator pack.Comparator) string {
	switch comparator {
	case pack.AtLeast:
		return "≥"
	case pack.AtMost:
		return "≤"
	case pack.Above:
		return ">"
	case pack.Below:
		return "<"
	}
	return "="
}

// VerdictCondition is how a verdict is shown.
func VerdictCondition(verdict standard.Verdict) Condition {
	switch verdict {
	case standard.Pass:
		return Met
	case standard.Fail:
		return Unmet
	}
	return Unknown
}

// MeasureText is what a number counts, in the words that stand behind it; a pure number has none.
func MeasureText(language message.Language, m measure.Measure) string {
	text := m.Text(language)
	if m.Pure() && !strings.ContainsAny(text, "%‰") {
		return ""
	}
	return text
}

// AmountText writes what is lacking with what it counts, never less than it is: people and rooms whole.
func AmountText(ctx context.Context, lack standard.Shortfall, decimals int) string {
	language := From(ctx).Language
	amount, known := lack.Amount.Number()
	switch {
	case !known:
		return lack.Amount.Text(language)
	case lack.Whole:
		decimals = 0
	case amount >= 100:
		decimals = 1
	}
	scale := math.Pow10(decimals)
	text := Number(math.Ceil(amount*scale-measure.Tolerance*amount*scale)/scale, decimals)
	if counts := MeasureText(language, lack.Counts); counts != "" {
		text += " " + counts
	}
	return text
}
