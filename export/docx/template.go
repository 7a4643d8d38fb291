package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"slices"
	"sort"
	"strings"

	"jiaoheng/document/archive"
	"jiaoheng/fault"
	"jiaoheng/letter"
	"jiaoheng/message"
)

// MaxMarks is the most marks of one template.
const MaxMarks = 500

// Template is a .docx with marks {{name}}, read and checked, ready to be filled many times.
type Template struct {
	data  []byte
	parts map[string]*templatePart // those that hold marks
	marks []string
}

// templatePart is one part of the container with the places where it changes.
type templatePart struct {
	data    []byte
	edits   []edit
	repeats []repeat
}

// edit replaces data[from:to], a whole <w:t> element, by pieces.
type edit struct {
	from, to int
	pieces   []piece
}

// piece is literal text, or the value of a mark.
type piece struct{ text, mark string }

// repeat is data[from:to], a table row or a paragraph that stands once for each sub-row or each paragraph of the body.
type repeat struct {
	from, to int
	body     bool
}

// ReadTemplate reads a template. file is the name that faults show.
//
// Errors: what package archive refuses; letter.template_kind for anything but a Word document, letter.template_macros,
// letter.template_linked for parts fetched from elsewhere, letter.template_open for a mark that is not closed,
// letter.template_marks for more than MaxMarks.
func ReadTemplate(file string, data []byte) (*Template, error) {
	container, err := archive.Open(file, data)
	if err != nil {
		return nil, err
	}
	place := fault.Place{File: file}
	if !container.Has("word/document.xml") || !container.Has("[Content_Types].xml") {
		return nil, fault.At(place, "letter.template_kind", nil)
	}
	reader, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fault.At(place, "letter.template_kind", nil)
	}
	t := &Template{data: data, parts: map[string]*templatePart{}}
	var faults fault.List
	for _, entry := range reader.File {
		name := strings.ToLower(entry.Name)
		switch {
		case strings.HasSuffix(name, "vbaproject.bin") || strings.HasPrefix(name, "word/activex") || strings.HasPrefix(name, "word/embeddings/"):
			faults.Add(fault.At(place, "letter.template_macros", nil))
		case strings.HasSuffix(name, ".rels"):
			part, err := container.Part(entry.Name)
			if err != nil {
				return nil, err
			}
			if linked(part) {
				faults.Add(fault.At(place, "letter.template_linked", nil))
			}
		case textParts.MatchString(name):
			if err := t.read(container, entry.Name, place, &faults); err != nil {
				return nil, err
			}
		}
	}
	if len(t.marks) > MaxMarks {
		faults.Add(fault.At(place, "letter.template_marks", message.Args{"limit": MaxMarks}))
	}
	return t, faults.Err()
}

// textParts are the parts of a document that hold text.
var textParts = regexp.MustCompile(`^word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$`)

// linked tells whether relations fetch anything but what a reader clicks on: a template from elsewhere could change, or tell who reads.
func linked(relations []byte) bool {
	decoder := xml.NewDecoder(bytes.NewReader(relations))
	for {
		token, err := decoder.Token()
		if err != nil {
			return !errors.Is(err, io.EOF)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "Relationship" {
			var external, link bool
			for _, attribute := range start.Attr {
				external = external || attribute.Name.Local == "TargetMode" && strings.EqualFold(attribute.Value, "External")
				link = link || attribute.Name.Local == "Type" && path.Base(attribute.Value) == "hyperlink"
			}
			if external && !link {
				return true
			}
		}
	}
}

func (t *Template) read(container *archive.Archive, name string, place fault.Place, faults *fault.List) error {
	data, err := container.Part(name)
	if err != nil {
		return err
	}
	scan, err := scanPart(data)
	if err != nil {
		return fault.At(place, "letter.template_damaged", message.Args{"part": name})
	}
	for _, open := range scan.open {
		faults.Add(fault.At(place, "letter.template_open", message.Args{"text": open}))
	}
	for _, mark := range scan.marks {
		if !slices.Contains(t.marks, mark) {
			t.marks = append(t.marks, mark)
		}
	}
	if len(scan.part.edits) > 0 {
		t.parts[name] = scan.part
	}
	return nil
}

// Marks returns the names of the marks, each once, in the order in which they come.
func (t *Template) Marks() []string { return t.marks }

// Fill returns the document with the content of a letter in place of the marks. Marks without a value become nothing.
func (t *Template) Fill(content letter.Content) ([]byte, error) {
	values := valuesFor(content)
	reader, err := zip.NewReader(bytes.NewReader(t.data), int64(len(t.data)))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	writer := zip.NewWriter(&out)
	for _, entry := range reader.File {
		part := t.parts[strings.TrimPrefix(strings.ReplaceAll(entry.Name, `\`, "/"), "/")]
		if part == nil {
			if err := writer.Copy(entry); err != nil {
				return nil, err
			}
			continue
		}
		to, err := writer.Create(entry.Name)
		if err != nil {
			return nil, err
		}
		var filled bytes.Buffer
		part.fill(&filled, 0, len(part.data), values, content, true)
		if _, err := to.Write(filled.Bytes()); err != nil {
			return nil, err
		}
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// valuesFor are the values of all marks save those that repeat.
func valuesFor(content letter.Content) map[string]string {
	values := map[string]string{letter.MarkKind: content.Kind, letter.MarkOrgan: content.Organ, letter.MarkNumber: content.Number,
		letter.MarkHeading: content.Heading, letter.MarkTo: content.To, letter.MarkSigned: content.Signed, letter.MarkCopies: content.Copies,
		letter.MarkDate: content.Day().Text(message.Chinese), letter.MarkBody: strings.Join(content.Body, "\n")}
	for name, value := range content.Values {
		values[name] = value
	}
	return values
}

// fill writes data[from:to] with its edits done; outer tells that repeats are still to be unrolled.
func (p *templatePart) fill(out *bytes.Buffer, from, to int, values map[string]string, content letter.Content, outer bool) {
	at := from
	for at < to {
		next, again := p.next(at, to, outer)
		switch {
		case again != nil:
			p.fill(out, at, again.from, values, content, false)
			p.unroll(out, *again, values, content)
			at = again.to
		case next != nil:
			out.Write(p.data[at:next.from])
			next.write(out, values)
			at = next.to
		default:
			out.Write(p.data[at:to])
			at = to
		}
	}
}

// next returns the next repeat when repeats are unrolled, else the next edit; nil and nil when neither is left.
func (p *templatePart) next(at, to int, outer bool) (*edit, *repeat) {
	if outer {
		n := sort.Search(len(p.repeats), func(n int) bool { return p.repeats[n].from >= at })
		if n < len(p.repeats) && p.repeats[n].to <= to {
			return nil, &p.repeats[n]
		}
	}
	n := sort.Search(len(p.edits), func(n int) bool { return p.edits[n].from >= at })
	if n < len(p.edits) && p.edits[n].to <= to {
		return &p.edits[n], nil
	}
	return nil, nil
}

func (p *templatePart) unroll(out *bytes.Buffer, again repeat, values map[string]string, content letter.Content) {
	with := func(more map[string]string) {
		all := make(map[string]string, len(values)+len(more))
		for _, some := range []map[string]string{values, more} {
			for name, value := range some {
				all[name] = value
			}
		}
		p.fill(out, again.from, again.to, all, content, false)
	}
	if again.body {
		for _, text := range content.Body {
			with(map[string]string{letter.MarkBody: text})
		}
		return
	}
	for _, row := range content.Rows {
		with(row)
	}
}

// write writes the element anew; a line end within a value becomes a line break.
func (e *edit) write(out *bytes.Buffer, values map[string]string) {
	var text strings.Builder
	for _, one := range e.pieces {
		if one.mark != "" {
			text.WriteString(values[one.mark])
			continue
		}
		text.WriteString(one.text)
	}
	for n, line := range strings.Split(text.String(), "\n") {
		if n > 0 {
			out.WriteString("<w:br/>")
		}
		out.WriteString(`<w:t xml:space="preserve">`)
		escape(out, line)
		out.WriteString("</w:t>")
	}
}
