package appraisal

import (
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
)

// Result is what counts of a case, with everything that it rests on. It is stored with the case and does not change when figures do.
type Result struct {
	Sheet     string        `json:"sheet"`
	Title     pack.Text     `json:"title"`
	Rules     string        `json:"rules"` // digest of the rules that were applied
	Day       string        `json:"day"`   // on which dated rules were looked at
	Full      float64       `json:"full"`
	Parts     []PartResult  `json:"parts"`
	Extras    []ExtraResult `json:"extras"`
	Vetoes    []VetoResult  `json:"vetoes"`
	Concerned float64       `json:"concerned"`
	Items     Score         `json:"items"`
	Deducted  Score         `json:"deducted"`
	Added     Score         `json:"added"`
	Total     Score         `json:"total"`
	Card      string        `json:"card"`
	CardTitle pack.Text     `json:"card_title"`
	Colour    string        `json:"colour"`
	Vetoed    []string      `json:"vetoed"`
	Unknown   []string      `json:"unknown"`
	Levels    []LevelResult `json:"levels"`
	LevelsAt  Source        `json:"levels_source"`
}

// Score is points, or why there are none.
type Score struct {
	Points float64   `json:"points"`
	Known  bool      `json:"known"`
	Kind   int       `json:"kind,omitempty"`  // of the reason
	Names  []string  `json:"names,omitempty"` // of the reason
	Why    pack.Text `json:"why"`             // the reason in words
}

// ScoreOf returns a value as a score.
func ScoreOf(value measure.Value) Score {
	if number, known := value.Number(); known {
		return Score{Points: number, Known: true}
	}
	why := value.Reason()
	return Score{Kind: int(why.Kind), Names: why.Names, Why: pack.Text{Chinese: value.Text(message.Chinese), English: value.Text(message.English)}}
}

// Value returns the score as a value.
func (s Score) Value() measure.Value {
	if s.Known {
		return measure.Of(s.Points)
	}
	if s.Kind == int(measure.None) {
		return measure.InvalidBecause("standard.not_asked")
	}
	return measure.Reason{Kind: measure.Kind(s.Kind), Names: s.Names}.Value()
}

// Source says where a rule stands.
type Source struct {
	Document string    `json:"document"`
	Clause   string    `json:"clause"`
	Checked  string    `json:"checked"`
	From     string    `json:"from,omitempty"`
	Note     pack.Text `json:"note"`
}

func sourceOf(s pack.Source, from string) Source {
	return Source{Document: s.Document, Clause: s.Clause, Checked: string(s.Checked), From: from, Note: s.Note}
}

// PartResult is a section of the sheet.
type PartResult struct {
	Name   string       `json:"name"`
	Title  pack.Text    `json:"title"`
	Full   float64      `json:"full"`
	Points Score        `json:"points"`
	Items  []ItemResult `json:"items"`
}

// ItemResult is one item with the three scores side by side and the one that counts.
type ItemResult struct {
	Name      string        `json:"name"`
	Title     pack.Text     `json:"title"`
	Full      float64       `json:"full"`
	Source    Source        `json:"source"`
	Automatic *Automatic    `json:"automatic,omitempty"`
	Self      *PersonScore  `json:"self,omitempty"`
	Checks    []PersonScore `json:"checks,omitempty"`
	Agreed    *PersonScore  `json:"agreed,omitempty"`
	Counts    Score         `json:"counts"`
}

// Automatic is the score that follows from a figure.
type Automatic struct {
	Score  Score     `json:"score"`
	Rule   pack.Text `json:"rule"`
	Source Source    `json:"source"`
	Traces []Trace   `json:"traces"`
}

// PersonScore is what a person gave.
type PersonScore struct {
	Person string  `json:"person"`
	Points float64 `json:"points"`
	Holds  bool    `json:"holds,omitempty"`
	Note   string  `json:"note,omitempty"`
	Cited  []Cited `json:"cited,omitempty"`
	Files  []File  `json:"files,omitempty"`
}

// File is an attachment that a score rests on, with the SHA-256 of its bytes.
type File struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Digest string `json:"digest"`
}

// Trace leads from a score to inspected facts: the value of an indicator in a period with its parts, as they were read.
type Trace struct {
	Name    string      `json:"name"` // of the indicator or figure
	Title   pack.Text   `json:"title"`
	Stage   string      `json:"stage,omitempty"`
	Period  string      `json:"period"`
	Measure pack.Text   `json:"measure"`
	Value   Score       `json:"value"`
	Points  Score       `json:"points"`
	Formula string      `json:"formula,omitempty"`
	Source  Source      `json:"source"`
	Parts   []TracePart `json:"parts,omitempty"`
}

// TracePart is one fact that a value was computed from. Register says where it was reported, or Address where it is to be seen.
type TracePart struct {
	Name     string    `json:"name"`
	Title    pack.Text `json:"title"`
	Value    Score     `json:"value"`
	Word     pack.Text `json:"word"` // for what is no number
	Register string    `json:"register,omitempty"`
	Period   string    `json:"period,omitempty"`
	Address  string    `json:"address,omitempty"`
}

// ExtraResult is a deduction or bonus.
type ExtraResult struct {
	Name   string        `json:"name"`
	Title  pack.Text     `json:"title"`
	Bonus  bool          `json:"bonus"`
	Cap    float64       `json:"cap"`
	Source Source        `json:"source"`
	Points Score         `json:"points"`
	Each   float64       `json:"each,omitempty"`
	Trace  *Trace        `json:"trace,omitempty"`
	Checks []PersonScore `json:"checks,omitempty"`
	Agreed *PersonScore  `json:"agreed,omitempty"`
}

// VetoResult is a veto: Holds 1, 0, or why it is not decided.
type VetoResult struct {
	Name   string        `json:"name"`
	Title  pack.Text     `json:"title"`
	Card   pack.Text     `json:"card"`
	Source Source        `json:"source"`
	Holds  Score         `json:"holds"`
	Trace  *Trace        `json:"trace,omitempty"`
	Checks []PersonScore `json:"checks,omitempty"`
	Agreed *PersonScore  `json:"agreed,omitempty"`
}

// LevelResult is the least total of a card.
type LevelResult struct {
	Card  string    `json:"card"`
	Title pack.Text `json:"title"`
	Least float64   `json:"least"`
	Last  bool      `json:"last,omitempty"` // takes the rest
}

// textOf is a text of the catalogue in both languages.
func textOf(key string, args message.Args) pack.Text {
	return pack.Text{Chinese: message.Text(message.Chinese, key, args), English: message.Text(message.English, key, args)}
}

// Item returns the result of an item, or nil.
func (r *Result) Item(name string) *ItemResult {
	for p := range r.Parts {
		for i := range r.Parts[p].Items {
			if r.Parts[p].Items[i].Name == name {
				return &r.Parts[p].Items[i]
			}
		}
	}
	return nil
}
