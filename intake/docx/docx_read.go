package docx

import (
	"encoding/xml"
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
	styleEvents, err := sidePart(name, container, main, "styles")
	if err != nil {
		return document.Source{}, err
	}
	numberEvents, err := sidePart(name, container, main, "numbering")
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

// relation is one line of a part that says which parts another part uses.
type relation struct {
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// related returns the part that another one names with a relation whose type ends so, or "". from is "" for the package.
func related(container *archive.Archive, from, ending string) string {
	folder, file := path.Split(from)
	data, err := container.Part(folder + "_rels/" + file + ".rels")
	var relations struct {
		All []relation `xml:"Relationship"`
	}
	if err != nil || xml.Unmarshal(data, &relations) != nil {
		return ""
	}
	for _, r := range relations.All {
		if strings.HasSuffix(r.Type, ending) {
			if target, ok := strings.CutPrefix(r.Target, "/"); ok {
				return target
			}
			return path.Join(folder, r.Target)
		}
	}
	return ""
}

// mainPart returns the name of the part that the package calls the office document. Some programs number it.
func mainPart(container *archive.Archive) string {
	if name := related(container, "", "/officeDocument"); container.Has(name) {
		return name
	}
	return standardPart
}

// sidePart returns the events of a part that a document may lack: styles, numbering.
func sidePart(name string, container *archive.Archive, main, kind string) ([]event, error) {
	part := related(container, main, "/"+kind)
	if part == "" {
		part = path.Join(path.Dir(main), kind+".xml")
	}
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
