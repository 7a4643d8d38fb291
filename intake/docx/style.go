package docx

import (
	"strconv"
	"strings"
)

// none is the value of an outline level or a list level that is not set.
const none = -1

// style is what a paragraph style says about outline and numbering.
type style struct {
	name, basedOn string
	outline       int // 0-based, or none
	numID         string
	level         int
}

type styles struct {
	byID     map[string]*style
	standard string // id of the style of paragraphs that name none
}

func parseStyles(events []event) *styles {
	all := &styles{byID: map[string]*style{}}
	for i := range events {
		if events[i].kind != opening || events[i].name != "style" || events[i].attr("type") != "paragraph" {
			continue
		}
		s := &style{outline: none, level: none}
		s.name, _ = valueIn(events, i, "name")
		s.basedOn, _ = valueIn(events, i, "basedOn")
		if at := childAt(events, i, "pPr"); at >= 0 {
			s.outline = number(events, at, "outlineLvl")
			s.numID, s.level = numberingOf(events, at)
		}
		all.byID[events[i].attr("styleId")] = s
		if value := events[i].attr("default"); value == "1" || value == "true" {
			all.standard = events[i].attr("styleId")
		}
	}
	return all
}

// number returns the whole number that the child of that name holds, or none.
func number(events []event, i int, name string) int {
	value, ok := valueIn(events, i, name)
	if !ok {
		return none
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 {
		return none
	}
	return n
}

// numberingOf returns the list and the level that a <w:pPr> names: "" where it names none, "0" where it takes the list away.
func numberingOf(events []event, pPr int) (string, int) {
	at := childAt(events, pPr, "numPr")
	if at < 0 {
		return "", none
	}
	id, _ := valueIn(events, at, "numId")
	return id, number(events, at, "ilvl")
}

// chain returns the style of that id and those it is based on, nearest first. Circles end after 20.
func (s *styles) chain(id string) []*style {
	if id == "" {
		id = s.standard
	}
	var chain []*style
	for len(chain) < 20 {
		next := s.byID[id]
		if next == nil {
			break
		}
		chain = append(chain, next)
		id = next.basedOn
	}
	return chain
}

// outline returns the 0-based outline level that the style gives, or none. Writers that leave the level out
// still name their styles "heading 1" or "标题 1". Level 9 means body text.
func (s *styles) outline(id string) int {
	for _, each := range s.chain(id) {
		if each.outline != none {
			return each.outline
		}
		name := strings.ToLower(each.name)
		for _, prefix := range []string{"heading ", "标题 "} {
			if rest, ok := strings.CutPrefix(name, prefix); ok {
				if n, err := strconv.Atoi(rest); err == nil && n >= 1 && n <= 9 {
					return n - 1
				}
			}
		}
	}
	return none
}

// isContents tells whether the style is one of the lines of a table of contents.
func (s *styles) isContents(id string) bool {
	for _, each := range s.chain(id) {
		if name := strings.ToLower(each.name); strings.HasPrefix(name, "toc ") || strings.HasPrefix(name, "目录 ") {
			return true
		}
	}
	return false
}

// numbering returns the list and level that the style gives. The level may stand in the list instead: then
// the level whose pStyle is the style that named the list.
func (s *styles) numbering(id string, lists *lists) (string, int) {
	if id == "" {
		id = s.standard
	}
	for range 20 {
		each := s.byID[id]
		if each == nil {
			return "", none
		}
		if each.numID != "" {
			if level := lists.levelOfStyle(each.numID, id); level != none {
				return each.numID, level
			}
			return each.numID, max(each.level, 0)
		}
		id = each.basedOn
	}
	return "", none
}
