package packtest

import (
	"jiaoheng/fault"
	"jiaoheng/measure"
	"jiaoheng/period"
)

// Limits of a file.
const (
	MaxBytes  = 1 << 20 // bytes
	MaxLines  = 20_000
	MaxCases  = 500
	MaxWords  = 200 // of one line
	MaxFaults = 200 // of one file that are told one by one
)

// File is a file of tests that was read.
type File struct {
	Name  string
	Cases []*Case
}

// Case is one story: what is given, and what must come out. Statements stand in the order of the file; what is given counts
// for the whole case, wherever it stands.
type Case struct {
	Name     string // "" for what stands before the first line "case"
	Place    fault.Place
	Loads    []*Load
	Switches []Switch
	Codes    []Code
	Merges   []Merge
	Expected []*Expected
	Lives    []*Life
	Scores   []*Load // points that people gave, for a score sheet named in Register
	Faults   []ExpectedFault
}

// Word is one word of a line.
type Word struct {
	Text  string
	Place fault.Place
}

// Load is a table of facts. Register is "" for facts of units by item, else the rows of a register with a key.
type Load struct {
	Kind     string // section, school, county, kindergarten, …; "" for rows
	Register string
	Period   period.Period // zero for registers without periods
	Head     []Word
	Rows     [][]Word
	Place    fault.Place
}

// Switch turns a switch of the pack on or off.
type Switch struct {
	Name  string
	On    bool
	Place fault.Place
}

// Code gives a made-up region its official code, so that regional values of parameters and thresholds apply.
type Code struct {
	Unit, Code string
	Place      fault.Place
}

// Merge says that one school went over into another on a day.
type Merge struct {
	From, Into string
	On         period.Date
	Place      fault.Place
}

// What is computed and compared.
const (
	Eval  = "eval"  // values of an indicator or an item
	Judge = "judge" // verdicts of a standard
	Cells = "cells" // values of an indicator cell by cell, such as stage and subject
	Score = "score" // points of a score sheet, its total and its card
	Rows  = "rows"  // columns of a register that are computed from its rows
)

// Expected is a table of what must come out. Head is given for Rows only.
type Expected struct {
	What   string
	Name   string
	Period period.Period
	Head   []Word
	Lines  []Line
	Place  fault.Place
}

// Line is one line of what must come out. Rows holds the cells of Expected.Head in Wants, the others one or two.
type Line struct {
	Key   []Word // unit (and cell, or key of the row)
	Stage string // of unit/stage; "" where the unit has one stage or the rule knows none
	Wants []Want
	Place fault.Place
}

// WantKind says what a Want asks for.
type WantKind int

// The kinds of a Want.
const (
	WantValue    WantKind = iota // a number, a truth or a reason
	WantVerdict                  // pass, fail, unknown
	WantExcluded                 // not counted at all
	WantText                     // the name of a choice or a text
)

// Want is one thing that must come out. A number is written with so many Decimals, -1 when it is written as a whole number.
type Want struct {
	Kind     WantKind
	Value    measure.Value
	Decimals int
	Text     string
	Word     Word
}

// ExpectedFault is a fault that the facts of the case must raise.
type ExpectedFault struct {
	Key   string
	Place fault.Place
}
