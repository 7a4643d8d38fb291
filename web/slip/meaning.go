package slip

import (
	"encoding/json"
	"strconv"
	"strings"

	"jiaoheng/draw/ceremony"
	"jiaoheng/draw/class"
)

// classLabel is the code under which a draw of classes keeps what its columns stand for.
const classLabel = "class"

// meaning says in words what a line holds, as the office that made it keeps the words: 性别：女. A label that stands for one field
// says that field; a line of classes is read column by column.
func meaning(line string, labels []ceremony.Label) []string {
	words := map[string]string{}
	for _, label := range labels {
		if label.Code == classLabel {
			return classMeaning(line, label.Text)
		}
		words[label.Code] = label.Text
	}
	var said []string
	for _, part := range strings.FieldsFunc(line, func(r rune) bool { return r == ';' || r == ',' || r == '>' || r == ':' }) {
		if word, known := words[part]; known {
			said = append(said, word)
		}
	}
	return said
}

// classMeaning reads the codes and scores of a line of classes.
func classMeaning(line, kept string) []string {
	var fixed class.Fixed
	parts := strings.Split(line, ";")
	if json.Unmarshal([]byte(kept), &fixed) != nil || len(parts) != 4 {
		return nil
	}
	var said []string
	codes, scores := strings.Split(parts[2], ","), strings.Split(parts[3], ",")
	for _, attribute := range fixed.Attributes {
		if attribute.Column >= len(codes) {
			continue
		}
		if code, err := strconv.Atoi(codes[attribute.Column]); err == nil && code < len(attribute.Labels) {
			said = append(said, attribute.Name+"："+attribute.Labels[code])
		}
	}
	for _, score := range fixed.Scores {
		if score.Column >= len(scores) {
			continue
		}
		if value, err := strconv.Atoi(scores[score.Column]); err == nil {
			said = append(said, score.Name+"："+decimal(value, score.Decimals))
		}
	}
	return said
}

// decimal writes a whole number of the last decimal as people read it: 905 with one decimal is 90.5.
func decimal(value, decimals int) string {
	text := strconv.Itoa(value)
	for len(text) <= decimals {
		text = "0" + text
	}
	if decimals == 0 {
		return text
	}
	return text[:len(text)-decimals] + "." + text[len(text)-decimals:]
}
