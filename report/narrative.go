package report

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Narrative is what the system cannot know: causes, measures, experience. It is asked of who is responsible, beside the figures
// that the system holds.
type Narrative struct {
	Ask     string   `json:"ask"` // the question
	Figures []Figure `json:"figures,omitempty"`
	ID      string   `json:"id"`            // stays the same when the report is composed again
	Of      string   `json:"of,omitempty"`  // code of the unit or office that is asked; "" the composing office
	Text    string   `json:"text"`          // "" while it is not written
	Wanted  bool     `json:"wanted"`        // it must be written before the report is signed
	Who     string   `json:"who,omitempty"` // name of the unit or office that is asked
}

// Figure is a figure that the system holds, as it stands beside a narrative. Stated is what the narrative says instead, Why the
// reason that must then be given.
type Figure struct {
	Decimals int    `json:"decimals,omitempty"`
	Name     string `json:"name"`
	Stated   Value  `json:"stated"`
	Unit     string `json:"unit"`
	Value    Value  `json:"value"`
	Why      string `json:"why,omitempty"`
}

// Differs tells whether the figure is stated otherwise than it is stored, as far as its decimals show it.
func (f Figure) Differs() bool {
	if !f.Stated.Is {
		return false
	}
	return !f.Value.Is || math.Abs(f.Stated.Number-f.Value.Number) > 0.5*math.Pow(10, -float64(f.Decimals))+1e-9
}

// Fields of the form of a narrative, as faults name them.
const (
	FieldText   = "text"
	FieldStated = "stated"
	FieldWhy    = "why"
)

// Check tells everything that is wrong with a narrative as it was written: a text that is too long, a figure that differs from
// the stored one without a reason, in its field or in the text itself.
func (n Narrative) Check() fault.List {
	var faults fault.List
	if length := utf8.RuneCountInString(n.Text); length > MaxText {
		faults.Add(fault.At(fault.Place{Column: FieldText}, "report.text_long", message.Args{"limit": MaxText, "length": length}))
	}
	for k, figure := range n.Figures {
		why := utf8.RuneCountInString(strings.TrimSpace(figure.Why))
		if why > MaxReason {
			faults.Add(fault.At(fault.Place{Column: FieldWhy, Row: k + 1}, "report.why_long", message.Args{"limit": MaxReason}))
		}
		if figure.Differs() && why == 0 {
			faults.Add(fault.At(fault.Place{Column: FieldWhy, Row: k + 1}, "report.why_wanted", message.Args{"name": figure.Name,
				"stated": Number(figure.Stated.Number, figure.Decimals) + figure.Unit, "value": figure.Text()}))
			continue
		}
		if told, other := said(n.Text, figure); other && why == 0 {
			faults.Add(fault.At(fault.Place{Column: FieldText, Row: k + 1}, "report.why_wanted", message.Args{"name": figure.Name,
				"stated": told + figure.Unit, "value": figure.Text()}))
		}
	}
	return faults
}

// Text is the stored figure in words.
func (f Figure) Text() string {
	if !f.Value.Is {
		return say("report.no_value")
	}
	return Number(f.Value.Number, f.Decimals) + f.Unit
}

// spanOfClaim is how far behind the name of a figure a number counts as said of it, in characters.
const spanOfClaim = 16

// said finds a number that a text gives for a figure: the name, and in the same clause a number with the unit of the figure.
// other tells that none of the numbers said of it is the stored one.
func said(text string, figure Figure) (told string, other bool) {
	name, _, _ := strings.Cut(figure.Name, "（") // what a target speaks of stands behind its name in brackets; nobody writes that
	if name == "" || figure.Unit == "" {
		return "", false
	}
	for rest := text; ; {
		at := strings.Index(rest, name)
		if at < 0 {
			return told, other
		}
		rest = rest[at+len(name):]
		number, is := numberBefore(clause(rest), figure.Unit)
		if !is {
			continue
		}
		claim := figure
		claim.Stated = Sure(number)
		if claim.Differs() {
			told, other = strconv.FormatFloat(number, 'f', -1, 64), true
		}
	}
}

// clause is the beginning of a text up to the end of its clause, at most spanOfClaim characters.
func clause(text string) string {
	if end := strings.IndexAny(text, "，。；、！？\n"); end >= 0 {
		text = text[:end]
	}
	runes := []rune(text)
	return string(runes[:min(len(runes), spanOfClaim)])
}

// numberBefore finds the first number that stands right before a unit.
func numberBefore(text, unit string) (float64, bool) {
	text, unit = width.Fold.String(text), width.Fold.String(unit)
	for from := 0; from < len(text); {
		at := strings.IndexAny(text[from:], "0123456789")
		if at < 0 {
			return 0, false
		}
		at += from
		end := at
		for end < len(text) && strings.ContainsRune("0123456789.", rune(text[end])) {
			end++
		}
		number, err := strconv.ParseFloat(strings.TrimRight(text[at:end], "."), 64)
		if err == nil && strings.HasPrefix(strings.TrimLeft(text[end:], " "), unit) {
			return number, true
		}
		from = end
	}
	return 0, false
}

// Paragraphs are the narrative as it prints: the text, then each figure that is stated otherwise with its reason. One that is not
// written says what is asked, and of whom.
func (n Narrative) Paragraphs() []string {
	text := strings.TrimSpace(n.Text)
	if text == "" {
		return []string{say("report.to_write", "who", n.Who, "ask", n.Ask)}
	}
	var all []string
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	for _, figure := range n.Figures {
		if why := strings.TrimSpace(figure.Why); why != "" {
			stated := figure.Stated
			if !stated.Is {
				if told, other := said(n.Text, figure); other {
					all = append(all, say("report.stated", "name", figure.Name, "stated", told+figure.Unit, "value", figure.Text(), "why", why))
				}
				continue
			}
			if figure.Differs() {
				all = append(all, say("report.stated", "name", figure.Name, "stated", Number(stated.Number, figure.Decimals)+figure.Unit, "value", figure.Text(), "why", why))
			}
		}
	}
	return all
}
