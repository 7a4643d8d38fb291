package html

import (
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Cells of data are short; a table with a longer cell, or with a table inside, lays out the page.
const (
	longestCell = 400 // characters
	maxTables   = 200 // one inside the other; deeper ones are not looked at
)

// shape is what is known of an open table.
type shape struct {
	at, row    int // indices of the table and of its last row
	cell       int // characters of the open cell
	columns    int
	inCell     bool
	laysOut    bool
	rowsOfMany bool
}

// findTables tells tables of data from tables that lay out the page and counts the cells of rows.
func findTables(text string, tags []tag) {
	var open []*shape
	shut := func() {
		last := open[len(open)-1]
		tags[last.at].data = last.rowsOfMany && !last.laysOut
		open = open[:len(open)-1]
	}
	for i := range tags {
		t := &tags[i]
		if t.name == atom.Table && t.kind == html.StartTagToken {
			for _, outer := range open {
				outer.laysOut = true
			}
			if len(open) < maxTables {
				open = append(open, &shape{at: i, row: -1})
			}
			continue
		}
		if len(open) == 0 {
			continue
		}
		last := open[len(open)-1]
		switch {
		case t.kind == html.TextToken && last.inCell:
			if last.cell += utf8.RuneCountInString(text[t.from:t.to]); last.cell > longestCell {
				last.laysOut = true
			}
		case t.name == atom.Table && t.kind == html.EndTagToken:
			shut()
		case t.name == atom.Tr && t.kind == html.StartTagToken:
			last.row, last.inCell = i, false
		case (t.name == atom.Td || t.name == atom.Th) && t.kind == html.StartTagToken:
			last.inCell, last.cell = true, 0
			if last.row >= 0 {
				tags[last.row].cells++
				last.rowsOfMany = last.rowsOfMany || tags[last.row].cells > 1
			}
		}
	}
	for len(open) > 0 {
		shut()
	}
}
