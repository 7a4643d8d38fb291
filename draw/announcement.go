package draw

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Protocol names the rules by which a proof is read.
const Protocol = "jiaoheng-draw/1"

// Limits of a draw.
const (
	MaxLines     = 1_000_000
	MaxText      = 2_000 // bytes of one line
	MaxRules     = 200
	MaxSources   = 8
	MaxWitnesses = 500
)

// Rule is one stated rule of a kind of draw.
type Rule struct{ Key, Value string }

// Announcement is what is made public before the seed can be known: kind, rules, where the randomness will come from, and the
// root over the frozen lines.
type Announcement struct {
	Kind, Title string
	Rules       []Rule
	Sources     []Source
	Count       int
	Root        Hash
}

// Announce fixes the lines of a draw under its rules and sources. Every line and text that cannot stand in a proof is named.
func Announce(kind, title string, rules []Rule, sources []Source, lines []string) (Announcement, error) {
	a := Announcement{Kind: kind, Title: title, Rules: rules, Sources: sources, Count: len(lines), Root: Root(lines)}
	var faults fault.List
	if len(lines) > MaxLines {
		faults.Add(fault.New("draw.lines", message.Args{"count": len(lines), "limit": MaxLines}))
	}
	for i, line := range lines {
		if !plain(line) {
			faults.Add(fault.At(fault.Place{Line: i + 1}, "draw.line", message.Args{"limit": MaxText}))
		}
	}
	faults.Add(a.faults()...)
	return a, faults.Err()
}

func (a Announcement) faults() (faults fault.List) {
	if !word(a.Kind) || !plain(a.Title) || strings.TrimSpace(a.Title) == "" {
		faults.Add(fault.New("draw.title", message.Args{"limit": MaxText}))
	}
	if len(a.Rules) > MaxRules {
		faults.Add(fault.New("draw.rules", message.Args{"limit": MaxRules}))
	}
	for _, rule := range a.Rules {
		if !word(rule.Key) || !plain(rule.Value) {
			faults.Add(fault.New("draw.rule", message.Args{"rule": rule.Key, "limit": MaxText}))
		}
	}
	if len(a.Sources) > MaxSources {
		faults.Add(fault.New("draw.sources", message.Args{"limit": MaxSources}))
	}
	for n, source := range a.Sources {
		faults.Add(source.faults(n + 1)...)
	}
	return faults
}

// plain tells whether a text may stand as a line: UTF-8 without control characters, not too long.
func plain(line string) bool {
	return len(line) <= MaxText && utf8.ValidString(line) && strings.IndexFunc(line, func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }) < 0
}

func word(text string) bool {
	return text != "" && len(text) <= 40 && strings.Trim(text, "abcdefghijklmnopqrstuvwxyz_0123456789") == ""
}

// Lines are the lines that are published, in the order in which they are hashed.
func (a Announcement) Lines() []string {
	lines := []string{"protocol " + Protocol, "kind " + a.Kind, "title " + a.Title}
	for _, rule := range a.Rules {
		lines = append(lines, "rule "+rule.Key+" "+rule.Value)
	}
	for n, source := range a.Sources {
		lines = append(lines, "source "+strconv.Itoa(n+1)+" "+source.String())
	}
	return append(lines, "lines "+strconv.Itoa(a.Count), "root "+Hex(a.Root))
}

// Commitment is SHA-256 over the published lines, each followed by a line feed: the number that fixes everything.
func (a Announcement) Commitment() Hash {
	return sha256.Sum256([]byte(strings.Join(a.Lines(), "\n") + "\n"))
}

// Rule returns the value of the first rule of that key, or "".
func (a Announcement) Rule(key string) string {
	for _, rule := range a.Rules {
		if rule.Key == key {
			return rule.Value
		}
	}
	return ""
}

// Values returns the values of every rule of that key.
func (a Announcement) Values(key string) (values []string) {
	for _, rule := range a.Rules {
		if rule.Key == key {
			values = append(values, rule.Value)
		}
	}
	return values
}

// RuleInt returns the whole number that a rule states, from least to most.
func (a Announcement) RuleInt(key string, least, most int) (int, error) {
	n, ok := Whole(a.Rule(key))
	if !ok || n < least || n > most {
		return 0, fault.New("draw.rule_number", message.Args{"rule": key, "least": least, "most": most})
	}
	return n, nil
}

// Whole reads a whole number from 0 in the one way in which lines write it: digits without sign or leading zeros, below 2^53.
func Whole(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 0 && n < 1<<53 && strconv.Itoa(n) == text
}

// ReadAnnouncement reads published lines back. What it returns gives exactly these lines again.
func ReadAnnouncement(lines []string) (Announcement, error) {
	var a Announcement
	bad := func(at int) (Announcement, error) {
		return a, fault.At(fault.Place{Line: at + 1}, "draw.announcement", nil)
	}
	if len(lines) < 5 || len(lines) > MaxRules+MaxSources+5 {
		return bad(0)
	}
	for at, line := range lines {
		key, value, _ := strings.Cut(line, " ")
		switch {
		case key == "kind" && at == 1:
			a.Kind = value
		case key == "title" && at == 2:
			a.Title = value
		case key == "rule":
			name, text, _ := strings.Cut(value, " ")
			a.Rules = append(a.Rules, Rule{name, text})
		case key == "source":
			_, text, _ := strings.Cut(value, " ")
			a.Sources = append(a.Sources, readSource(text))
		case key == "lines":
			a.Count, _ = Whole(value)
		case key == "root":
			hash, _ := readHash(value)
			a.Root = hash
		case line != "protocol "+Protocol:
			return bad(at)
		}
	}
	for at, line := range a.Lines() {
		if at >= len(lines) || lines[at] != line {
			return bad(at)
		}
	}
	if len(a.Lines()) != len(lines) {
		return bad(len(lines) - 1)
	}
	return a, a.faults().Err()
}

func readHash(text string) (Hash, bool) {
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != len(Hash{}) || text != strings.ToLower(text) {
		return Hash{}, false
	}
	return Hash(raw), true
}
