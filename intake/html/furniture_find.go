package html

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds of furniture. A block of links is one with at least minLinks of them that make up half of its text; a block
// whose name says that it is furniture is believed while it is short; neither holds sentences of a plan.
const (
	minLinks  = 3
	maxNamed  = 600
	maxStops  = 2
	maxClosed = 64 // open elements that one end tag may close: those of a broken page stay open
)

// furnitureNames are parts of the names that pages give their menus, paths, tools and footers.
var furnitureNames = []string{"nav", "menu", "foot", "crumb", "share", "sidebar", "toolbar", "copyright", "friendlink", "pager", "pagination", "related", "recommend",
	"comment", "qrcode", "search", "login", "topbar", "advert", "banner", "printer", "fontsize", "weizhi", "dqwz"}

func isFurnitureName(value string) bool {
	for _, name := range furnitureNames {
		if strings.Contains(value, name) {
			return true
		}
	}
	return false
}

// content is what stands in an open element.
type content struct {
	tag          int
	text, linked int // characters, and those of them in links
	links, stops int // links, ends of sentences
}

// findFurniture hides the blocks that are menus, paths or footers: by their name, or because they are mostly links.
func findFurniture(text string, tags []tag) {
	var open []content
	links, unread := 0, 0
	pop := func() {
		last := open[len(open)-1]
		open = open[:len(open)-1]
		t := &tags[last.tag]
		if t.name == atom.A {
			links--
			last.links++
		}
		if unread == last.tag+1 {
			unread = 0
			return // what scripts hold is not counted
		}
		t.hidden = t.hidden || last.isFurniture(t)
		if len(open) > 0 && !t.hidden {
			up := &open[len(open)-1]
			up.text, up.linked, up.links, up.stops = up.text+last.text, up.linked+last.linked, up.links+last.links, up.stops+last.stops
		}
	}
	for i := range tags {
		t := &tags[i]
		switch {
		case t.kind == html.TextToken && len(open) > 0:
			open[len(open)-1].count(text[t.from:t.to], links > 0)
		case t.kind == html.StartTagToken && !isVoid(t.name):
			for len(open) > 0 && endsWithout(tags[open[len(open)-1].tag].name, t.name) {
				pop()
			}
			open = append(open, content{tag: i})
			if t.name == atom.A {
				links++
			}
			if unread == 0 && never[t.name] && t.name != 0 {
				unread = i + 1
			}
		case t.kind == html.EndTagToken:
			for back := 1; back <= len(open) && back <= maxClosed; back++ {
				if tags[open[len(open)-back].tag].name == t.name {
					for range back {
						pop()
					}
					break
				}
			}
		}
	}
	for len(open) > 0 {
		pop()
	}
}

// endsWithout tells whether an open element ends where another of its kind begins although the page does not say so.
func endsWithout(open, next atom.Atom) bool {
	switch open {
	case atom.P:
		return block[next] && next != atom.Br && next != atom.Hr
	case atom.Li, atom.Tr, atom.Option:
		return next == open
	case atom.Td, atom.Th:
		return next == atom.Td || next == atom.Th || next == atom.Tr
	}
	return false
}

func (c *content) count(text string, linked bool) {
	c.stops += strings.Count(text, "。") + strings.Count(text, "；")
	n := utf8.RuneCountInString(strings.TrimSpace(text))
	c.text += n
	if linked {
		c.linked += n
	}
}

func (c *content) isFurniture(t *tag) bool {
	if c.text == 0 || !block[t.name] || t.name == atom.Body || t.name == atom.Html || c.stops > maxStops {
		return false
	}
	return (t.suspect || t.name == atom.Form) && c.text <= maxNamed || c.links >= minLinks && c.linked*2 >= c.text
}
