package draw

import (
	"strings"

	"jiaoheng/message"
)

// ResultWords says what a line of the result tells the person to whom it belongs. Kinds whose results are not about persons give
// the fields of the line as they are.
func ResultWords(language message.Language, kind, result string) string {
	parts := strings.Split(result, ";")
	say := func(key, school string) string {
		return message.Text(language, "draw.result."+key, message.Args{"school": school})
	}
	switch {
	case kind == "classes" && len(parts) == 2:
		return message.Text(language, "draw.result.class", message.Args{"class": parts[1]})
	case kind == "admit" && len(parts) == 5 && parts[2] == "-", kind == "quota" && len(parts) == 5 && parts[2] == "none":
		return say(kind+"_none", "")
	case kind == "admit" && len(parts) == 5:
		return say("admit", parts[2])
	case kind == "quota" && len(parts) == 5 && parts[0] == "place":
		return say("quota_"+parts[2], parts[3])
	}
	return strings.Join(parts[1:], " ")
}
