package plan

import (
	"maps"
	"slices"

	"jiaoheng/document"
)

// Kind says what an item of a draft or a version is.
type Kind string

// Kinds of items. Document is the one item that says what kind of document it is; Number is a number of the
// text that the reader gave to no other item, and never becomes part of a version.
const (
	Document  Kind = "document"
	Heading   Kind = "heading"
	Target    Kind = "target"
	Fact      Kind = "fact"
	Task      Kind = "task"
	Project   Kind = "project"
	Mechanism Kind = "mechanism"
	Number    Kind = "number"
)

// Kinds lists every kind in the order in which people see them.
func Kinds() []Kind {
	return []Kind{Document, Heading, Target, Fact, Task, Project, Mechanism, Number}
}

// State says what people did with an item.
type State string

// States of an item. Merged and Split items live on in the items that Into names.
const (
	Open     State = "open"
	Accepted State = "accepted"
	Ignored  State = "ignored"
	Merged   State = "merged"
	Split    State = "split"
)

// States lists the states that people filter by.
func States() []State { return []State{Open, Accepted, Ignored} }

// Place is a run of words that an item was read from, in bytes of the original and of the clean text.
type Place struct {
	Origin document.Span `json:"origin"`
	Clean  document.Span `json:"clean"`
}

// DocumentID is the id of the item of kind Document, of which every draft has one.
const DocumentID = "document"

// Item is one thing that a document says. Fields holds what FieldsOf(Kind) names; an empty value means that
// the document does not say it.
type Item struct {
	ID         string            `json:"id"`
	Kind       Kind              `json:"kind"`
	State      State             `json:"state"`
	Fields     map[string]string `json:"fields"`
	Places     []Place           `json:"places"`
	Sentence   string            `json:"sentence,omitempty"`
	Path       []string          `json:"path,omitempty"`
	Confidence float64           `json:"confidence"`
	Rule       string            `json:"rule,omitempty"`
	Into       []string          `json:"into,omitempty"`
	Corrected  bool              `json:"corrected,omitempty"`
	// Touched is the number of the last operation on the item, 0 as long as there was none.
	Touched int `json:"touched"`
}

// Field returns the value of a field, "" where the document does not say it.
func (i Item) Field(key string) string { return i.Fields[key] }

// Live tells whether the item still stands for itself: it was neither ignored nor became part of others.
func (i Item) Live() bool { return i.State == Open || i.State == Accepted }

// Gone tells whether the item lives on in other items only, so that it no longer counts.
func (i Item) Gone() bool { return i.State == Merged || i.State == Split }

// From returns where the item begins in the clean text, 0 for an item without words.
func (i Item) From() int {
	if len(i.Places) == 0 {
		return 0
	}
	return i.Places[0].Clean.From
}

// Name returns what people call the item: its name, for a heading with its label before it.
func (i Item) Name() string {
	if i.Kind == Heading {
		return i.Fields["label"] + i.Fields["name"]
	}
	return i.Fields["name"]
}

func (i Item) clone() Item {
	i.Fields = maps.Clone(i.Fields)
	i.Places = slices.Clone(i.Places)
	i.Path = slices.Clone(i.Path)
	i.Into = slices.Clone(i.Into)
	return i
}
