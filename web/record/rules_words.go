package record

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/expr"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// rulebook turns the rules of one living register into words, with the numbers that are in force on a day in a region.
type rulebook struct {
	ctx      context.Context
	language message.Language
	scope    *pack.Scope
	register *pack.Register
	on       period.Date
	regions  []string // codes from the region up to the root
}

// book returns the rulebook of a register as it holds for a unit today.
func (p *Pages) book(ctx context.Context, r *pack.Register, of unit.Unit) rulebook {
	b := rulebook{ctx: ctx, language: shell.From(ctx).Language, scope: p.desk.Scope(), register: r, on: p.store.Today()}
	tree := shell.From(ctx).Tree
	for code := of.Code; code != "" && len(b.regions) < 10; {
		b.regions = append(b.regions, code)
		one, known := tree.Find(code)
		if !known {
			break
		}
		code = one.Parent
	}
	return b
}

func (b rulebook) text(key string, args ...message.Args) string {
	return shell.Text(b.ctx, key, args...)
}

// people names several kinds of people.
func (b rulebook) people(all []lifecycle.Who) string { return lifecycle.TextOf(all, b.language) }

// column is the title of a column, its name when there is none.
func (b rulebook) column(name string) string { return columnTitle(b.register, name, b.language) }

func columnTitle(r *pack.Register, name string, language message.Language) string {
	for _, c := range r.Columns {
		if c.Name == name {
			return c.Title.In(language)
		}
	}
	return name
}

func (b rulebook) columns(names []string) string {
	titles := make([]string, len(names))
	for i, name := range names {
		titles[i] = b.column(name)
	}
	return strings.Join(titles, b.text("record.words.and"))
}

// parameter is the number of a parameter that is in force, with where it says so.
func (b rulebook) parameter(name string) (pack.Parameter, float64, pack.Dated, bool) {
	one, known := b.scope.Parameter(name)
	if !known {
		return pack.Parameter{}, 0, pack.Dated{}, false
	}
	number, dated, found := pack.ResolveFor(unit.Stage(""), one.Values, b.on, b.regions, b.scope.Defaults())
	return *one, number, dated, found
}

// ruleToken is a name or a sign of a formula.
var ruleToken = regexp.MustCompile(`[\p{L}_][\p{L}\p{N}_.]*|[<>!=]=|[*/]`)

var ruleSigns = map[string]string{"*": "×", "/": "÷", ">=": "≥", "<=": "≤", "==": "=", "!=": "≠"}

// formula writes a formula with the titles of what it names; parameters with the number in force.
func (b rulebook) formula(written *expr.Written) string {
	if written == nil {
		return ""
	}
	return ruleToken.ReplaceAllStringFunc(strings.TrimSpace(written.Text), func(token string) string {
		if sign, known := ruleSigns[token]; known {
			return sign
		}
		return b.name(token)
	})
}

// name is what a name in a formula stands for.
func (b rulebook) name(token string) string {
	if key := "round.formula." + token; message.Has(key) {
		return b.text(key)
	}
	if key := "record.formula." + token; message.Has(key) {
		return b.text(key)
	}
	if one, number, _, found := b.parameter(token); found {
		return b.text("record.rules.parameter_now", message.Args{"name": one.Title.In(b.language), "value": shell.Number(number, 6)})
	}
	if state, known := strings.CutPrefix(token, "state."); known && b.register.Life.State(state) != nil {
		return b.text("record.rules.is", message.Args{"name": b.text("record.words.state"), "value": b.register.Life.State(state).Title.In(b.language)})
	}
	for _, c := range b.register.Columns {
		if c.Name == token {
			return c.Title.In(b.language)
		}
		option, known := strings.CutPrefix(token, c.Name+".")
		if !known {
			continue
		}
		for _, one := range c.Choices {
			if one.Name == option {
				return b.text("record.rules.is", message.Args{"name": c.Title.In(b.language), "value": one.Title.In(b.language)})
			}
		}
	}
	if inner, known := strings.CutPrefix(token, "switch."); known {
		if one, declared := b.scope.Switch(inner); declared {
			return one.Title.In(b.language)
		}
	}
	return token
}

// parameters are the names of the parameters that a formula names, in their order.
func (b rulebook) parameters(written *expr.Written) []string {
	if written == nil {
		return nil
	}
	var names []string
	for _, token := range ruleToken.FindAllString(written.Text, -1) {
		if _, known := b.scope.Parameter(token); known && !slices.Contains(names, token) {
			names = append(names, token)
		}
	}
	return names
}

// amount writes what a formula gives: the number in force where it is one parameter or one number, else the formula.
func (b rulebook) amount(written *expr.Written) string {
	text := strings.TrimSpace(written.Text)
	if number, err := strconv.ParseFloat(text, 64); err == nil {
		return shell.Number(number, 1)
	}
	if _, number, _, found := b.parameter(text); found {
		return shell.Number(number, 1)
	}
	return b.text("record.rules.as_said", message.Args{"formula": b.formula(written)})
}

// days writes how many days, and how they are counted.
func (b rulebook) days(written *expr.Written, counted lifecycle.Count) string {
	return b.text("record.rules.days."+string(countOr(counted)), message.Args{"days": b.amount(written)})
}

func countOr(counted lifecycle.Count) lifecycle.Count {
	if counted == "" {
		return lifecycle.Calendar
	}
	return counted
}

// due writes the deadline of a state, "" when it has none.
func (b rulebook) due(due *lifecycle.Due) string {
	switch {
	case due == nil:
		return ""
	case due.Keep:
		return b.text("record.rules.due_keep")
	case due.On != "":
		return b.text("record.rules.due_on", message.Args{"column": b.column(due.On)})
	case due.From != "":
		return b.text("record.rules.due_from", message.Args{"column": b.column(due.From), "days": b.days(due.Within, due.Count)})
	}
	return b.text("record.rules.due_within", message.Args{"days": b.days(due.Within, due.Count)})
}

// dueShort is the deadline in as few words as stand in a picture.
func (b rulebook) dueShort(s *lifecycle.State) string {
	switch {
	case s.Pause:
		return b.text("record.rules.pause_short")
	case s.Final:
		return b.text("record.rules.final_short")
	case s.Due == nil:
		return b.text("record.rules.due_none_short")
	case s.Due.Keep:
		return b.text("record.rules.due_keep_short")
	case s.Due.On != "":
		return cutText(b.text("record.rules.due_on", message.Args{"column": b.column(s.Due.On)}), drawnBox-16)
	}
	short := b.days(s.Due.Within, s.Due.Count)
	if textWidth(short) > drawnBox-16 {
		return b.text("record.rules.due_formula_short")
	}
	return short
}

// source names the document and clause of a rule; doubt tells whether it was not yet compared with the document.
func (b rulebook) source(source pack.Source) (text string, doubt bool) {
	if source.Document == "" {
		return "", false
	}
	text = source.Document
	if one, known := b.scope.Document(source.Document); known && b.language == message.English && one.Title.English != "" {
		text = one.Title.English
	}
	if source.Clause != "" && b.language != message.English {
		text += " · " + source.Clause
	}
	return text, source.Checked != "" && source.Checked != pack.Verified
}

// letter returns the letter of a name, or nil.
func (b rulebook) letter(name string) *pack.Letter {
	letter, _ := b.scope.Letter(name)
	return letter
}

// letterTitle is what kind of letter goes out.
func (b rulebook) letterTitle(name string) string {
	if letter := b.letter(name); letter != nil {
		return letter.Title.In(b.language)
	}
	return name
}

// opens tells which row is opened elsewhere.
func (b rulebook) opens(all []lifecycle.Opens) []string {
	var lines []string
	for _, one := range all {
		title := one.Register
		if r, known := b.scope.Register(one.Register); known {
			title = r.Title.In(b.language)
		}
		line := b.text("record.rules.opens", message.Args{"register": title})
		if one.When != nil {
			line = b.text("record.rules.opens_when", message.Args{"register": title, "when": b.formula(one.When)})
		}
		lines = append(lines, line)
	}
	return lines
}
