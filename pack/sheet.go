package pack

import (
	"jiaoheng/fault"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// SheetOf is who is appraised by a sheet.
type SheetOf string

// Who may be appraised. A head is appraised as the person who leads a school or a kindergarten.
const (
	SheetCounty       SheetOf = "county"
	SheetOffice       SheetOf = "office"
	SheetSchool       SheetOf = "school"
	SheetKindergarten SheetOf = "kindergarten"
	SheetHead         SheetOf = "head"
)

var sheetOfs = []SheetOf{SheetSchool, SheetKindergarten, SheetHead, SheetOffice, SheetCounty}

// Kinds returns the kinds of units that are appraised, or that are led by those who are.
func (o SheetOf) Kinds() []unit.Kind {
	switch o {
	case SheetCounty:
		return []unit.Kind{unit.County}
	case SheetOffice:
		return []unit.Kind{unit.Office}
	case SheetKindergarten:
		return []unit.Kind{unit.Kindergarten}
	case SheetHead:
		return []unit.Kind{unit.School, unit.Kindergarten}
	}
	return []unit.Kind{unit.School}
}

// FigureTargetsOnCourse is the share, in percent, of the own targets of a plan that are reached or on course.
const FigureTargetsOnCourse = "targets_on_course"

// Figures are the figures that a sheet may take from outside the packs: the program hands them to the appraisal.
var Figures = []string{FigureTargetsOnCourse}

// Sheet is a score sheet: items with points that add up to Total, deductions, bonus, vetoes, and the cards that the total gives.
type Sheet struct {
	Name       string
	Pack       string
	Title      Text
	Of         SheetOf
	Every      period.Kind
	Total      float64
	Scorers    int    // who check each unit independently
	Difference string // parameter: percent of the points of an item by which scorers may differ without talking it through
	Appeal     string // parameter: working days in which the unit may appeal
	Parts      []*SheetPart
	Deductions *SheetExtras // nil: none
	Bonus      *SheetExtras
	Vetoes     []*SheetVeto
	Cards      []*SheetCard // from the best to the worst
	Levels     []SheetLevels
	Source     Source
	Place      fault.Place
}

// SheetPart is a section of a sheet. Points is the sum of its items.
type SheetPart struct {
	Name   string
	Title  Text
	Points float64
	Items  []*SheetItem
	Place  fault.Place
}

// SheetItem is one item. What counts is the checked score where Checked is true, else the automatic one. Self says that the unit
// scores itself too; its score stands beside and counts nothing.
type SheetItem struct {
	Name      string
	Title     Text
	Points    float64
	Automatic *Automatic
	Self      bool
	Checked   bool
	Evidence  Text // what is asked for as evidence; empty: nothing
	Attach    bool // the unit must attach a file
	Source    Source
	Place     fault.Place
}

// Automatic says how points follow from a figure: exactly one of Indicator and Figure, exactly one kind of scale. An indicator with
// stages is looked at in each of Stages (of all its stages when empty) that the unit has; the lowest points count.
type Automatic struct {
	Indicator string
	Figure    string
	Stages    []unit.Stage
	Kind      ScaleKind
	Scales    []Scale
	Place     fault.Place
}

// ScaleKind says how a value becomes points.
type ScaleKind string

// Linear gives no points at None and all at Full, in between in proportion. Steps gives the points of the first step that the value
// reaches, none below the last. OfShare takes the value as percent of the points.
const (
	Linear  ScaleKind = "linear"
	Steps   ScaleKind = "steps"
	OfShare ScaleKind = "share"
)

var scaleKinds = []ScaleKind{Linear, Steps, OfShare}

// Scale is the dated rule by which a value becomes points.
type Scale struct {
	From   period.Date
	Until  period.Date
	Region string
	Switch string
	None   float64 // Linear
	Full   float64
	Down   bool // Steps: a step is reached by values that are at most so large
	Steps  []ScaleStep
	Source Source
	Place  fault.Place
}

// ScaleStep gives Points to values that reach Limit.
type ScaleStep struct {
	Limit  float64
	Points float64
}

// SheetExtras are deductions or bonus, together at most Cap points.
type SheetExtras struct {
	Cap   float64
	Items []*SheetExtra
	Place fault.Place
}

// SheetExtra takes away or adds Each point for each thing counted by Indicator, or the points that scorers agree on where there is
// none; at most Cap.
type SheetExtra struct {
	Name      string
	Title     Text
	Each      float64
	Cap       float64
	Indicator string
	Source    Source
	Place     fault.Place
}

// SheetVeto is a thing that decides alone (一票否决): when Indicator holds, or a person finds it with a reason and a file, the unit
// gets Card whatever its total.
type SheetVeto struct {
	Name      string
	Title     Text
	Indicator string // "" for a finding of a person
	Card      string
	Source    Source
	Place     fault.Place
}

// SheetCard is a result in one word with a colour.
type SheetCard struct {
	Name   string
	Title  Text
	Colour string
	Place  fault.Place
}

// CardColours are the colours that a card may have. Each is drawn with a shape of its own.
var CardColours = []string{"green", "blue", "yellow", "orange", "red"}

// SheetLevels are the dated totals from which a card is given. The last card takes the rest.
type SheetLevels struct {
	From   period.Date
	Until  period.Date
	Region string
	Switch string
	Least  map[string]float64
	Source Source
	Place  fault.Place
}

// Items returns the items of all parts in their order.
func (s *Sheet) Items() []*SheetItem {
	var all []*SheetItem
	for _, part := range s.Parts {
		all = append(all, part.Items...)
	}
	return all
}

// Item returns the item of the name, or nil.
func (s *Sheet) Item(name string) *SheetItem {
	for _, item := range s.Items() {
		if item.Name == name {
			return item
		}
	}
	return nil
}

// Extras returns deductions and bonus in their order.
func (s *Sheet) Extras() []*SheetExtra {
	var all []*SheetExtra
	for _, group := range []*SheetExtras{s.Deductions, s.Bonus} {
		if group != nil {
			all = append(all, group.Items...)
		}
	}
	return all
}

// Card returns the card of the name, or nil.
func (s *Sheet) Card(name string) *SheetCard {
	for _, card := range s.Cards {
		if card.Name == name {
			return card
		}
	}
	return nil
}

// ResolveScale returns the scale in force on a day in a unit, as Resolve does.
func ResolveScale(scales []Scale, on period.Date, regions []string, switches map[string]bool) (Scale, bool) {
	return resolve(scales, func(s Scale) validity { return validity{s.From, s.Until, s.Region, s.Switch} }, on, regions, switches)
}

// ResolveLevels returns the levels in force on a day in a unit, as Resolve does.
func ResolveLevels(levels []SheetLevels, on period.Date, regions []string, switches map[string]bool) (SheetLevels, bool) {
	return resolve(levels, func(l SheetLevels) validity { return validity{l.From, l.Until, l.Region, l.Switch} }, on, regions, switches)
}
