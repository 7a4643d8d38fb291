package pack

import (
	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Text is a text in both languages.
type Text = message.Pair

// Checked says how far a value was compared with published documents.
type Checked string

// How far a value was compared: with published pages; it is well known but no page was at hand; it differs between
// documents or regions. Uncertain values are shown as such and the bureau may set its own.
const (
	Verified  Checked = "verified"
	Memory    Checked = "memory"
	Uncertain Checked = "uncertain"
)

// Source is where a rule or a value comes from. Document is a key of the documents of the pack or of one that it uses.
type Source struct {
	Document string
	Clause   string
	Checked  Checked
	Note     Text // what is uncertain, or how local practice differs
	Place    fault.Place
}

// Document is an official document that rules are taken from.
type Document struct {
	Key    string // as it is cited: 教督〔2017〕6号
	Title  Text
	By     string
	Issued period.Date
}

// Pack is one folder of rules.
type Pack struct {
	Name        string
	Version     string
	Title       Text
	About       Text
	Uses        []string
	Documents   []Document
	Switches    []Switch
	Parameters  []Parameter
	Populations []Population
	Tables      []Table
	Registers   []*Register
	Indicators  []*Indicator
	Standards   []*Standard
	Letters     []*Letter
	Quotas      []*Quota
	Calendars   []*Calendar
	Sheets      []*Sheet
	Terms       []*Term
	Profiles    []*Profile
	Scales      []*ScoreScale
	lives       []readLife // as they were read; each goes to its register
	Extends     string     // a local pack that only adds dated values to this one; "" else
	Files       []File     // as they were read, in order of name; Digest is made of them
	Place       fault.Place
}

// File is one file of a pack.
type File struct {
	Name  string
	Bytes []byte
}

// Switch is a relaxation or a variant that a bureau may turn on. Formulas name it switch.<name>; dated values may ask for it.
type Switch struct {
	Name    string
	Title   Text
	Default bool
	Source  Source
	Place   fault.Place
}

// Parameter is a dated constant that formulas name, such as the size from which a class is large.
type Parameter struct {
	Name    string
	Title   Text
	Measure string // as written; "" is a pure number
	Values  []Dated
	Place   fault.Place
}

// Dated is a value with the date it came into force and where it says so. Of several in force that of
// the nearest Region wins, then one whose Switch is on, then the latest.
type Dated struct {
	From    period.Date
	Until   period.Date // first day on which it is no more; zero: still in force
	Region  string      // code of a unit; "" everywhere
	Switch  string      // only when this switch is on; "" always
	All     *float64    // one value for every stage
	ByStage map[unit.Stage]float64
	Source  Source
	Place   fault.Place
}

// Value returns the number for a stage.
func (d Dated) Value(stage unit.Stage) (float64, bool) {
	if number, known := d.ByStage[stage]; known {
		return number, true
	}
	if d.All != nil {
		return *d.All, true
	}
	return 0, false
}

// Population says which units are counted, such as compulsory schools without teaching points of fewer than 50 pupils.
// Where is a condition over the items of the unit; "" counts every one.
type Population struct {
	Name   string
	Title  Text
	Of     []unit.Kind
	Stages []unit.Stage // sections of these stages; schools that have one of them
	Where  *Formula
	Source Source
	Place  fault.Place
}

// Formula is a formula as it was written.
type Formula = expr.Written
