package report

import (
	"strconv"
	"strings"

	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/plan/target"
)

// say returns a text of the catalogue in Chinese, the language of official documents. pairs are names and values of its places.
func say(key string, pairs ...any) string {
	args := message.Args{}
	for n := 0; n+1 < len(pairs); n += 2 {
		args[pairs[n].(string)] = pairs[n+1]
	}
	return message.Text(message.Chinese, key, args)
}

// Number writes a number with at most so many decimals, with separators of thousands and without idle zeros.
func Number(number float64, decimals int) string {
	text := strconv.FormatFloat(number, 'f', max(0, decimals), 64)
	whole, rest, _ := strings.Cut(text, ".")
	rest = strings.TrimRight(rest, "0")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if rest != "" {
		whole += "." + rest
	}
	if whole == "0" {
		return whole
	}
	return sign + whole
}

// Cell writes a known number as Number, an unknown one as —.
func Cell(value Value, decimals int) string {
	if !value.Is {
		return "—"
	}
	return Number(value.Number, decimals)
}

// dayText is a day in words; "" for no day.
func dayText(day period.Date) string {
	if day.IsZero() {
		return ""
	}
	return day.Text(message.Chinese)
}

// goalText says what is to be reached, as official texts write it: 不低于95%.
func goalText(goal target.Goal) string {
	return strings.ReplaceAll(target.GoalText(message.Chinese, goal), " ", "")
}

func lightText(light target.Light) string { return light.Text(message.Chinese) }

// share is n of all per hundred, with one decimal.
func share(n, all int) string {
	if all == 0 {
		return "—"
	}
	return Number(100*float64(n)/float64(all), 1)
}
