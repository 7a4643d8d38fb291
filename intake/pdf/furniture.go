package pdf

import (
	"math"
	"regexp"
	"strings"
	"unicode"
)

// edge is the share of the height of a page, from above and from below, in which heads and page numbers stand.
// GB/T 9704 leaves 12.5 % above and 11.8 % below the text.
const edge = 0.12

// pageNumber is a line that only numbers the page: "— 3 —", "第 3 页 共 20 页", "3 / 20".
var pageNumber = regexp.MustCompile(`^[\s\-—–－─·.•/~〜]*(第\s*)?([0-9０-９]{1,4}|[ivxlcIVXLC]{1,6})\s*(页)?([\s,，;；]*(共|of|/|／)\s*([0-9]{1,4})\s*(页)?)?[\s\-—–－─·.•/~〜]*$`)

// contentsLine is a line of a table of contents: dots lead to the number of a page.
var contentsLine = regexp.MustCompile(`[.…·•．]{4,}\s*[0-9]{1,4}$`)

// dropFurniture removes page numbers, what stands at the same place on many pages, and tables of contents.
func dropFurniture(pages []*page) {
	repeated := repeatedLines(pages)
	for _, p := range pages {
		outermost := p.outer(repeated)
		kept := p.lines[:0]
		for _, l := range p.lines {
			if zone := p.zone(l); zone != 0 && (repeated[p.key(l)] || pageNumber.MatchString(l.text) && outermost.isOutermost(l, zone)) || contentsLine.MatchString(l.text) {
				continue
			}
			kept = append(kept, l)
		}
		p.lines = kept
	}
}

// zone returns 1 for a line at the upper edge of its page, -1 at the lower edge, 0 elsewhere.
func (p *page) zone(l line) int {
	height := p.box.top - p.box.bottom
	switch {
	case height <= 0 || p.turned:
		return 0
	case l.box.bottom > p.box.top-edge*height:
		return 1
	case l.box.top < p.box.bottom+edge*height:
		return -1
	}
	return 0
}

// outer is how far the lines of a page reach that are no furniture: the two furthest above and below, so that a
// line can be compared with all others.
type outer struct{ tops, bottoms [2]float64 }

func (p *page) outer(repeated map[place]bool) outer {
	o := outer{tops: [2]float64{math.Inf(-1), math.Inf(-1)}, bottoms: [2]float64{math.Inf(1), math.Inf(1)}}
	for _, l := range p.lines {
		if repeated[p.key(l)] {
			continue
		}
		if l.box.top > o.tops[0] {
			o.tops = [2]float64{l.box.top, o.tops[0]}
		} else {
			o.tops[1] = max(o.tops[1], l.box.top)
		}
		if l.box.bottom < o.bottoms[0] {
			o.bottoms = [2]float64{l.box.bottom, o.bottoms[0]}
		} else {
			o.bottoms[1] = min(o.bottoms[1], l.box.bottom)
		}
	}
	return o
}

// isOutermost tells whether nothing but furniture stands beside the line or further out: a number further in is a
// cell of a table.
func (o outer) isOutermost(l line, zone int) bool {
	middle := (l.box.top + l.box.bottom) / 2
	if zone == 1 {
		return l.box.top == o.tops[0] && o.tops[1] <= middle
	}
	return l.box.bottom == o.bottoms[0] && o.bottoms[1] >= middle
}

// place is what makes two lines on different pages the same piece of furniture.
type place struct {
	text   string // without figures and spaces
	height int    // above the foot of the page, in steps of 6 points
}

func (p *page) key(l line) place {
	text := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsDigit(r):
			return '#'
		case unicode.IsSpace(r):
			return -1
		}
		return r
	}, l.text)
	return place{text: text, height: int(math.Round((l.box.bottom - p.box.bottom) / 6))}
}

// repeatedLines returns the lines at the edges that stand on at least two pages and on three in ten: a title may
// stand on the left pages only.
func repeatedLines(pages []*page) map[place]bool {
	counts := map[place]int{}
	for _, p := range pages {
		seen := map[place]bool{}
		for _, l := range p.lines {
			if key := p.key(l); p.zone(l) != 0 && !seen[key] {
				seen[key] = true
				counts[key]++
			}
		}
	}
	repeated := map[place]bool{}
	for key, count := range counts {
		if count >= 2 && count*10 >= len(pages)*3 {
			repeated[key] = true
		}
	}
	return repeated
}
