package docx

import (
	"errors"
	"path"
	"strings"

	"jiaoheng/document"
	"jiaoheng/document/archive"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// standardPart is the main part in files that do not name another.
const standardPart = "word/document.xml"

// Read reads a .docx file. name is what faults show.
//
// Result: one line a paragraph or table row, with a block for each paragraph, heading, list item and cell; spans count in
// the bytes of the main part, which Part names.
// Errors: faults only — a broken or oversized container, a part that is no proper XML, too deep nesting, no text.
func Read(name string, data []byte) (document.Source, error) {
	container, err := archive.Open(name, data)
	if err != nil {
		return document.Source{}, err
	}
	main := mainPart(container)
	part, err := container.Part(main)
	if err != nil {
		return document.Source{}, err
	}
	events, err := parse(part)
	if err != nil {
		return document.Source{}, asFault(name, err)
	}
	folder := path.Dir(main)
	styleEvents, err := sidePart(name, container, path.Join(folder, "styles.xml"))
	if err != nil {
		return document.Source{}, err
	}
	numberEvents, err := sidePart(name, container, path.Join(folder, "numbering.xml"))
	if err != nil {
		return document.Source{}, err
	}
	r := newReader(string(part), events, parseStyles(styleEvents), parseNumbering(numberEvents))
	r.walk(0, len(events))
	r.endBlock()
	r.editor.Drop(len(part), "")
	text, _ := r.editor.Done()
	if strings.TrimSpace(text.Text) == "" {
		return document.Source{}, fault.At(fault.Place{File: name}, "intake.no_text", nil)
	}
	return document.Source{Format: "docx", Encoding: "utf-8", Part: main, Text: text, Blocks: r.blocks}, nil
}

// mainPart returns the name of the part that the package relations call the office document.
func mainPart(container *archive.Archive) string {
	if container.Has(standardPart) {
		return standardPart
	}
	relations, err := container.Part("_rels/.rels")
	if err != nil || relations == nil {
		return standardPart
	}
	for element := range strings.SplitSeq(string(relations), "<") {
		if strings.Contains(element, "/officeDocument\"") {
			if _, rest, ok := strings.Cut(element, `Target="`); ok {
				target, _, _ := strings.Cut(rest, `"`)
				return strings.TrimPrefix(target, "/")
			}
		}
	}
	return standardPart
}

// sidePart returns the events of a part that a document may lack.
func sidePart(name string, container *archive.Archive, part string) ([]event, error) {
	data, err := container.Part(part)
	if err != nil || data == nil {
		return nil, err
	}
	events, err := parse(data)
	if err != nil {
		return nil, asFault(name, err)
	}
	return events, nil
}

func asFault(name string, err error) error {
	place := fault.Place{File: name}
	switch {
	case errors.Is(err, errTooDeep):
		return fault.At(place, "intake.too_deep", message.Args{"limit": maxDepth})
	case errors.Is(err, errTooLong):
		return fault.At(place, "intake.too_long", message.Args{"limit": maxEvents})
	}
	return fault.At(place, "intake.container_broken", nil)
}
