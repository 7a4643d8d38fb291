package expr

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"jiaoheng/fault"
	"jiaoheng/message"
)

type tokenKind int

const (
	endToken tokenKind = iota
	numberToken
	nameToken
	quotedToken
	operatorToken // an operator of the tree
	signToken     // ( ) ,
)

type token struct {
	kind   tokenKind
	text   string
	at     int
	number float64
}

// lexer reads tokens off a text. Each character is folded on its own, so that places are those of the text as it was written.
type lexer struct {
	text   []rune
	at     int
	place  fault.Place
	faults *fault.List
}

// fold writes full-width letters, digits and signs as plain ones, one character each.
func fold(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		r -= '！' - '!'
	case r == '　' || r == '\u00a0':
		return ' '
	case r == '−' || r == '﹣':
		return '-'
	case r == '×':
		return '*'
	case r == '÷':
		return '/'
	case r == '‘' || r == '’':
		return '\''
	case r == '“' || r == '”':
		return '"'
	}
	if r == ';' {
		return ','
	}
	return r
}

func (l *lexer) rune(at int) rune {
	if at >= len(l.text) {
		return 0
	}
	return fold(l.text[at])
}

// fault reports what is wrong at a character.
func (l *lexer) fault(at int, code string, args message.Args) {
	*l.faults = append(*l.faults, fault.At(placeOf(l.place, l.text, at), code, args))
}

// placeOf returns line and column of a character of a formula that begins at base.
func placeOf(base fault.Place, text []rune, at int) fault.Place {
	place, column := base, max(base.Offset, 1)
	if place.Line == 0 {
		place.Line = 1
	}
	for _, r := range text[:min(at, len(text))] {
		column++
		if r == '\n' {
			place.Line++
			column = 1
		}
	}
	place.Offset = column
	return place
}

// tokens reads the whole text. It goes on after a fault.
func (l *lexer) tokens() []token {
	var all []token
	for {
		l.skip()
		if l.at >= len(l.text) {
			return append(all, token{kind: endToken, at: len(l.text)})
		}
		operand := len(all) > 0 && endsOperand(all[len(all)-1])
		if t, ok := l.next(operand); ok {
			all = append(all, t)
		}
	}
}

func endsOperand(t token) bool {
	return t.kind == numberToken || t.kind == nameToken || t.kind == quotedToken || t.kind == signToken && t.text == ")"
}

// skip passes blanks and comments: # and // to the end of the line, /* to */.
func (l *lexer) skip() {
	for l.at < len(l.text) {
		switch r := l.rune(l.at); {
		case unicode.IsSpace(r) || r == '\ufeff':
			l.at++
		case r == '#' || r == '/' && l.rune(l.at+1) == '/':
			for l.at < len(l.text) && l.text[l.at] != '\n' {
				l.at++
			}
		case r == '/' && l.rune(l.at+1) == '*':
			from := l.at
			for l.at += 2; l.at < len(l.text) && !(l.rune(l.at) == '*' && l.rune(l.at+1) == '/'); {
				l.at++
			}
			if l.at >= len(l.text) {
				l.fault(from, "expr.open_comment", nil)
			}
			l.at = min(l.at+2, len(l.text))
		default:
			return
		}
	}
}

// next reads one token. After an operand a name that begins with 且 or 或 is that operator and what follows it: no name can
// stand there.
func (l *lexer) next(afterOperand bool) (token, bool) {
	from, r := l.at, l.rune(l.at)
	switch {
	case isDigit(r) || r == '.' && isDigit(l.rune(l.at+1)):
		return l.numeral()
	case r == '\'' || r == '`':
		return l.quote(r)
	case r == '"':
		l.closing(r)
		l.fault(from, "expr.text_literal", nil)
		return token{kind: numberToken, at: from}, true
	case afterOperand && l.operatorWord(from) != "":
		word := l.operatorWord(from)
		l.at += len([]rune(word))
		return token{kind: operatorToken, text: wordOperator(word), at: from}, true
	case startsName(r):
		l.at = l.nameEnd(from)
		text := l.folded(from, l.at)
		if operator := wordOperator(text); operator != "" {
			return token{kind: operatorToken, text: operator, at: from}, true
		}
		return token{kind: nameToken, text: text, at: from}, true
	}
	return l.sign()
}

// operatorWord returns the Chinese word of an operator that begins at a character, or "".
func (l *lexer) operatorWord(at int) string {
	rest := l.folded(at, min(at+2, len(l.text)))
	for _, word := range []string{"并且", "或者", "且", "或"} {
		if strings.HasPrefix(rest, word) {
			return word
		}
	}
	return ""
}

func (l *lexer) folded(from, to int) string {
	var out strings.Builder
	for i := from; i < to; i++ {
		out.WriteRune(l.rune(i))
	}
	return out.String()
}

// signs are the ways to write an operator or a bracket, longer ones first.
var signs = []struct{ written, token string }{
	{"&&", And}, {"||", Or}, {"==", Equal}, {"!=", NotEqual}, {"<>", NotEqual}, {"<=", LessOrEqual}, {">=", GreaterOrEqual}, {"**", Power},
	{"≥", GreaterOrEqual}, {"⩾", GreaterOrEqual}, {"≤", LessOrEqual}, {"⩽", LessOrEqual}, {"≠", NotEqual}, {"∧", And}, {"∨", Or}, {"¬", Not},
	{"+", Add}, {"-", Subtract}, {"*", Multiply}, {"/", Divide}, {"%", Modulo}, {"^", Power},
	{"=", Equal}, {"<", Less}, {">", Greater}, {"!", Not}, {"(", "("}, {")", ")"}, {",", ","},
}

// beyond are signs of other languages that people try.
var beyond = []string{"..", "?", ":", "|", "&", "[", "]", "{", "}", "$", "@", "\\", "~"}

func (l *lexer) sign() (token, bool) {
	from := l.at
	rest := l.folded(from, min(from+2, len(l.text)))
	for _, sign := range signs {
		if !strings.HasPrefix(rest, sign.written) {
			continue
		}
		l.at += len([]rune(sign.written))
		kind := operatorToken
		if strings.ContainsAny(sign.token, "(),") {
			kind = signToken
		}
		return token{kind: kind, text: sign.token, at: from}, true
	}
	for _, sign := range beyond {
		if strings.HasPrefix(rest, sign) {
			l.at += len([]rune(sign))
			l.fault(from, "expr.beyond", message.Args{"sign": sign})
			return token{}, false
		}
	}
	l.at++
	l.fault(from, "expr.bad_character", message.Args{"character": strconv.Quote(string(l.text[from]))})
	return token{}, false
}

// numeral reads 12, 0.5, .5, 2E0 or 1_000.
func (l *lexer) numeral() (token, bool) {
	from := l.at
	l.digits()
	if l.rune(l.at) == '.' {
		l.at++
		l.digits()
	}
	if r := l.rune(l.at); r == 'e' || r == 'E' {
		sign := 0
		if next := l.rune(l.at + 1); next == '+' || next == '-' {
			sign = 1
		}
		if isDigit(l.rune(l.at + 1 + sign)) {
			l.at += 1 + sign
			l.digits()
		}
	}
	if r := l.rune(l.at); continuesName(r) && l.operatorWord(l.at) == "" || r == '.' {
		for continuesName(l.rune(l.at)) || l.rune(l.at) == '.' {
			l.at++
		}
		l.fault(from, "expr.bad_number", message.Args{"text": string(l.text[from:l.at])})
		return token{kind: numberToken, at: from}, true
	}
	text := l.folded(from, l.at)
	number, err := strconv.ParseFloat(strings.ReplaceAll(text, "_", ""), 64)
	if err != nil || strings.Contains(text, "_.") || strings.HasSuffix(text, "_") || strings.Contains(text, "._") || strings.Contains(text, "__") {
		l.fault(from, "expr.bad_number", message.Args{"text": string(l.text[from:l.at])})
	}
	return token{kind: numberToken, at: from, number: number}, true
}

func (l *lexer) digits() {
	for r := l.rune(l.at); isDigit(r) || r == '_'; r = l.rune(l.at) {
		l.at++
	}
}

// closing passes a quoted text and tells whether it is closed.
func (l *lexer) closing(quote rune) bool {
	for l.at++; l.at < len(l.text) && l.text[l.at] != '\n'; l.at++ {
		if l.rune(l.at) == quote {
			l.at++
			return true
		}
	}
	return false
}

// quote reads a name between single quotes, which may hold any character.
func (l *lexer) quote(quote rune) (token, bool) {
	from := l.at
	if !l.closing(quote) {
		l.fault(from, "expr.open_quote", nil)
		return token{kind: quotedToken, at: from}, true
	}
	text := strings.TrimSpace(string(l.text[from+1 : l.at-1]))
	if text == "" {
		l.fault(from, "expr.empty_name", nil)
	}
	return token{kind: quotedToken, text: text, at: from}, true
}

// nameEnd returns the end of the name at from. Parts are separated by single dots: teacher.above_per_100.
func (l *lexer) nameEnd(from int) int {
	at := from
	for continuesName(l.rune(at)) || l.rune(at) == '.' && continuesName(l.rune(at+1)) {
		at++
	}
	return at
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func startsName(r rune) bool { return r == '_' || unicode.IsLetter(r) }

func continuesName(r rune) bool { return startsName(r) || isDigit(r) || unicode.Is(unicode.Mn, r) }

// wordOperator returns the operator that a word stands for, or "".
func wordOperator(word string) string {
	switch {
	case slices.Contains([]string{"and", "AND", "且", "并且"}, word):
		return And
	case slices.Contains([]string{"or", "OR", "或", "或者"}, word):
		return Or
	case slices.Contains([]string{"not", "NOT", "非"}, word):
		return Not
	}
	return ""
}
