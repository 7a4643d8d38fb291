package reading

import (
	"strconv"

	"jiaoheng/document"
)

// Read turns a repaired document into its structure. It never fails: a text without structure gives a draft
// without items.
func Read(d document.Document) Draft {
	l := layOut(d)
	meta := readMeta(&l, d)
	targets, facts := quantities(&l, meta)
	draft := Draft{
		Meta:       meta,
		Outline:    l.headings,
		Targets:    targets,
		Facts:      facts,
		Tasks:      readTasks(&l, meta),
		Projects:   readProjects(&l, meta),
		Mechanisms: readMechanisms(&l),
		Unclaimed:  unclaimed(&l, targets, facts),
		Repairs:    d.Repairs,
	}
	emptyNotNil(&draft)
	traceOrigins(&draft, d.Clean)
	return draft
}

// emptyNotNil makes lists without items empty lists, which JSON writes as [] and not as null.
func emptyNotNil(draft *Draft) {
	draft.Outline = append([]Heading{}, draft.Outline...)
	draft.Targets = append([]Quantity{}, draft.Targets...)
	draft.Facts = append([]Quantity{}, draft.Facts...)
	draft.Tasks = append([]Task{}, draft.Tasks...)
	draft.Projects = append([]Project{}, draft.Projects...)
	draft.Mechanisms = append([]Mechanism{}, draft.Mechanisms...)
	draft.Unclaimed = append([]Unclaimed{}, draft.Unclaimed...)
	draft.Repairs = append([]document.Repair{}, draft.Repairs...)
}

// traceOrigins numbers the items and leads every span of the clean text back to the original.
func traceOrigins(draft *Draft, clean document.Mapped) {
	trace := func(id *string, prefix string, i int, o *Origin) {
		*id = prefix + strconv.Itoa(i+1)
		o.Span = clean.Origin(o.CleanSpan)
	}
	for i := range draft.Outline {
		trace(&draft.Outline[i].ID, "h", i, &draft.Outline[i].Origin)
	}
	for i := range draft.Targets {
		trace(&draft.Targets[i].ID, "t", i, &draft.Targets[i].Origin)
	}
	for i := range draft.Facts {
		trace(&draft.Facts[i].ID, "f", i, &draft.Facts[i].Origin)
	}
	for i := range draft.Tasks {
		trace(&draft.Tasks[i].ID, "k", i, &draft.Tasks[i].Origin)
	}
	for i := range draft.Projects {
		trace(&draft.Projects[i].ID, "p", i, &draft.Projects[i].Origin)
	}
	for i := range draft.Mechanisms {
		trace(&draft.Mechanisms[i].ID, "m", i, &draft.Mechanisms[i].Origin)
	}
	for i := range draft.Unclaimed {
		draft.Unclaimed[i].Span = clean.Origin(draft.Unclaimed[i].CleanSpan)
	}
}

// originOf ties an item to a sentence of the layout.
func (l *layout) originOf(s Sentence, rule string, confidence float64) Origin {
	return Origin{Confidence: confidence, Rule: rule, CleanSpan: s.Span, Sentence: s.Text, Path: l.path(s.Heading)}
}
