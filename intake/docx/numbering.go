package docx

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxLevels is the number of levels of a list in Word.
const maxLevels = 9

// listLevel is one level of a list as Word prints it.
type listLevel struct {
	defined bool
	start   int
	format  string
	text    string // "第%1章", "%1、", "（%2）"
	restart int    // 1-based level after which it starts anew; none means any higher one, 0 never
	legal   bool   // all numbers of the label in arabic figures
	suffix  string // tab (or ""), space, nothing
	style   string
}

// list is one w:num: an abstract list with the levels it overrides.
type list struct {
	abstract string
	levels   [maxLevels]*listLevel // overriding levels
	starts   [maxLevels]int        // overriding starts, or none
}

// lists is the numbering part together with the counters of the document that is being read.
type lists struct {
	abstract map[string]*[maxLevels]listLevel
	linkOf   map[string]string // abstract list → list style that defines it
	linked   map[string]string // list style → abstract list
	byID     map[string]*list
	counters map[string]*[maxLevels]int // by abstract list; none where not yet used
	begun    map[string]bool            // list id and level whose overriding start has been applied
}

func parseNumbering(events []event) *lists {
	all := &lists{
		abstract: map[string]*[maxLevels]listLevel{}, linkOf: map[string]string{}, linked: map[string]string{},
		byID: map[string]*list{}, counters: map[string]*[maxLevels]int{}, begun: map[string]bool{},
	}
	for i := range events {
		if events[i].kind != opening {
			continue
		}
		switch events[i].name {
		case "abstractNum":
			all.addAbstract(events, i)
		case "num":
			all.addList(events, i)
		}
	}
	return all
}

func (all *lists) addAbstract(events []event, i int) {
	id := events[i].attr("abstractNumId")
	levels := &[maxLevels]listLevel{}
	for _, at := range children(events, i, "lvl") {
		if n, level := parseLevel(events, at); n >= 0 {
			levels[n] = level
		}
	}
	all.abstract[id] = levels
	if name, ok := valueIn(events, i, "numStyleLink"); ok {
		all.linkOf[id] = name
	}
	if name, ok := valueIn(events, i, "styleLink"); ok {
		all.linked[name] = id
	}
}

func (all *lists) addList(events []event, i int) {
	one := &list{}
	one.abstract, _ = valueIn(events, i, "abstractNumId")
	for n := range one.starts {
		one.starts[n] = none
	}
	for _, at := range children(events, i, "lvlOverride") {
		n, err := strconv.Atoi(events[at].attr("ilvl"))
		if err != nil || n < 0 || n >= maxLevels {
			continue
		}
		one.starts[n] = number(events, at, "startOverride")
		if inner := childAt(events, at, "lvl"); inner >= 0 {
			_, level := parseLevel(events, inner)
			one.levels[n] = &level
		}
	}
	all.byID[events[i].attr("numId")] = one
}

// parseLevel returns the index of a w:lvl, or -1, and what it says.
func parseLevel(events []event, i int) (int, listLevel) {
	level := listLevel{defined: true, start: max(number(events, i, "start"), 0), restart: number(events, i, "lvlRestart"), legal: switchIn(events, i, "isLgl")}
	level.format, _ = valueIn(events, i, "numFmt")
	level.text, _ = valueIn(events, i, "lvlText")
	level.suffix, _ = valueIn(events, i, "suff")
	level.style, _ = valueIn(events, i, "pStyle")
	n, err := strconv.Atoi(events[i].attr("ilvl"))
	if err != nil || n < 0 || n >= maxLevels {
		return -1, level
	}
	return n, level
}

// find returns the list and the id of the abstract list that defines its levels, following a link by list style.
func (all *lists) find(id string) (*list, string) {
	one := all.byID[id]
	if one == nil {
		return nil, ""
	}
	abstract := one.abstract
	if name, ok := all.linkOf[abstract]; ok {
		if target, ok := all.linked[name]; ok {
			abstract = target
		}
	}
	if all.abstract[abstract] == nil {
		return nil, ""
	}
	return one, abstract
}

func (all *lists) levelOfStyle(id, style string) int {
	_, abstract := all.find(id)
	if abstract == "" {
		return none
	}
	for n, level := range all.abstract[abstract] {
		if level.defined && level.style == style {
			return n
		}
	}
	return none
}

// next counts one paragraph of the list at the level and returns its label and what stands between label and text.
func (all *lists) next(id string, level int) (label, gap string) {
	one, abstract := all.find(id)
	if one == nil || level < 0 || level >= maxLevels {
		return "", ""
	}
	levels := *all.abstract[abstract]
	for n, override := range one.levels {
		if override != nil {
			levels[n] = *override
		}
	}
	counters := all.counters[abstract]
	if counters == nil {
		counters = &[maxLevels]int{}
		for n := range counters {
			counters[n] = none
		}
		all.counters[abstract] = counters
	}
	for n := range level {
		if counters[n] == none {
			counters[n] = startOf(one, &levels, n)
		}
	}
	key := id + "/" + strconv.Itoa(level)
	switch {
	case counters[level] == none || one.starts[level] != none && !all.begun[key]:
		counters[level] = startOf(one, &levels, level)
	default:
		counters[level]++
	}
	all.begun[key] = true
	for n := level + 1; n < maxLevels; n++ {
		if restart := levels[n].restart; restart == none || restart > level {
			counters[n] = none
		}
	}
	return labelOf(&levels, counters, level)
}

func startOf(one *list, levels *[maxLevels]listLevel, n int) int {
	if one.starts[n] != none {
		return one.starts[n]
	}
	return levels[n].start
}

// labelOf fills the text of the level. Bullets give no label: they say nothing that a reader could use.
func labelOf(levels *[maxLevels]listLevel, counters *[maxLevels]int, level int) (label, gap string) {
	at := levels[level]
	if at.format == "bullet" || !at.defined {
		return "", ""
	}
	var out strings.Builder
	for text := at.text; text != ""; {
		if text[0] == '%' && len(text) > 1 && text[1] >= '1' && text[1] <= '9' {
			n := int(text[1] - '1')
			format := levels[n].format
			if at.legal {
				format = "decimal"
			}
			out.WriteString(formatNumber(counters[n], format))
			text = text[2:]
			continue
		}
		_, size := utf8.DecodeRuneInString(text)
		out.WriteString(text[:size])
		text = text[size:]
	}
	label = strings.TrimSpace(out.String())
	return label, gapAfter(label, at.suffix)
}

// gapAfter returns a space where label and text would run together without one ("第一章 总则", "1.1 现状", "1. 5所"):
// Word prints a tab or a space there, or nothing.
func gapAfter(label, suffix string) string {
	last, _ := utf8.DecodeLastRuneInString(label)
	if label == "" || suffix == "nothing" || last != '.' && !unicode.IsLetter(last) && !unicode.IsNumber(last) {
		return ""
	}
	return " "
}
