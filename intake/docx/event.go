package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// maxDepth bounds the nesting of elements; documents with text boxes in tables in tables stay below 60.
const maxDepth = 250

var (
	errTooDeep = errors.New("docx: nested too deeply")
	errTooLong = errors.New("docx: too many elements")
)

// kind of an event.
type kind int

const (
	opening kind = iota
	closing
	characters // only of w:t, m:t and w:instrText
)

// event is one token of the main part that matters. Names are local: the prefix differs between writers.
type event struct {
	kind     kind
	name     string
	from, to int // bytes of the part
	pair     int // index of the closing event, for an opening one
	attrs    []xml.Attr
	text     string // decoded characters
}

// attr returns the value of an attribute by its local name, or "".
func (e *event) attr(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// on tells whether a switch property such as <w:vanish/> is set: present and not false.
func (e *event) on() bool {
	switch e.attr("val") {
	case "0", "false", "off":
		return false
	}
	return true
}

// maxEvents bounds the memory that a part takes; a document of 1,000 pages has about a million.
const maxEvents = 3_000_000

// dropped are the elements that are left out with everything in them: what Word would not print.
var dropped = names("del moveFrom delText delInstrText rt pPr rPr tblPr trPr tcPr tblGrid sdtPr " +
	"rPrChange pPrChange tblPrChange tcPrChange trPrChange tblPrExChange")

// wanted are the elements whose events are kept; all others are transparent: only what stands in them counts.
var wanted = names("p r t tab br cr ptab noBreakHyphen sym txbxContent fldChar fldSimple instrText tbl tr tc sdt docPartGallery " +
	"gridSpan gridBefore numPr numId ilvl pStyle outlineLvl vanish " +
	"style name basedOn abstractNum num lvl start numFmt lvlText lvlRestart isLgl suff abstractNumId lvlOverride startOverride numStyleLink styleLink")

func names(list string) map[string]bool {
	all := map[string]bool{}
	for _, name := range strings.Fields(list) {
		all[name] = true
	}
	return all
}

// parser turns the tokens of a part into events.
type parser struct {
	decoder *xml.Decoder
	events  []event
	open    []int  // indices of opening events, -1 for elements that are not kept
	text    bool   // the innermost element holds characters that count
	choice  []bool // for each open mc:AlternateContent whether a choice stood in it
}

// parse reads a part into its events. Content of mc:Fallback is left out where a mc:Choice stood before it: both say the same.
func parse(part []byte) ([]event, error) {
	p := &parser{decoder: xml.NewDecoder(bytes.NewReader(part))}
	for start := 0; ; {
		token, err := p.decoder.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		end := int(p.decoder.InputOffset())
		switch t := token.(type) {
		case xml.StartElement:
			if err := p.start(t, start, end); err != nil {
				return nil, err
			}
		case xml.EndElement:
			p.end(t.Name.Local, start, end)
		case xml.CharData:
			if p.text {
				p.events = append(p.events, event{kind: characters, from: start, to: end, text: string(t)})
			}
		}
		start = int(p.decoder.InputOffset())
	}
	if len(p.events) == 0 {
		return nil, io.ErrUnexpectedEOF
	}
	return p.events, nil
}

func (p *parser) start(t xml.StartElement, start, end int) error {
	if len(p.open) >= maxDepth {
		return errTooDeep
	}
	if len(p.events) >= maxEvents {
		return errTooLong
	}
	name := t.Name.Local
	switch n := len(p.choice); {
	case name == "AlternateContent":
		p.choice = append(p.choice, false)
	case n > 0 && name == "Choice":
		p.choice[n-1] = true
	case n > 0 && name == "Fallback" && p.choice[n-1]:
		return p.decoder.Skip()
	}
	p.text = name == "t" || name == "instrText"
	if !wanted[name] && !dropped[name] {
		p.open = append(p.open, -1)
		return nil
	}
	p.open = append(p.open, len(p.events))
	p.events = append(p.events, event{kind: opening, name: name, from: start, to: end, attrs: t.Attr})
	return nil
}

func (p *parser) end(name string, start, end int) {
	if name == "AlternateContent" {
		p.choice = p.choice[:len(p.choice)-1]
	}
	p.text = false
	first := p.open[len(p.open)-1]
	p.open = p.open[:len(p.open)-1]
	if first < 0 {
		return
	}
	p.events[first].pair = len(p.events)
	p.events = append(p.events, event{kind: closing, name: name, from: start, to: end})
}

// switchIn tells whether a switch property stands directly inside the element opened at event i, as in <w:rPr><w:vanish/></w:rPr>.
func switchIn(events []event, i int, name string) bool {
	e := childOf(events, i, name)
	return e != nil && e.on()
}

// childOf returns the opening event of the first direct child of that name, or nil.
func childOf(events []event, i int, name string) *event {
	if at := childAt(events, i, name); at >= 0 {
		return &events[at]
	}
	return nil
}

// childAt returns the index of the first direct child of that name, or -1.
func childAt(events []event, i int, name string) int {
	for j := i + 1; j < events[i].pair; j++ {
		if events[j].kind != opening {
			continue
		}
		if events[j].name == name {
			return j
		}
		j = events[j].pair
	}
	return -1
}

// valueIn returns the val attribute of the direct child of that name, and whether the child is there.
func valueIn(events []event, i int, name string) (string, bool) {
	e := childOf(events, i, name)
	if e == nil {
		return "", false
	}
	return e.attr("val"), true
}

// children returns the indices of the children of that name, looking through content controls.
func children(events []event, i int, name string) []int {
	var found []int
	for j := i + 1; j < events[i].pair; j++ {
		if events[j].kind != opening {
			continue
		}
		switch events[j].name {
		case name:
			found = append(found, j)
		case "sdt":
			found = append(found, children(events, j, name)...)
		}
		j = events[j].pair
	}
	return found
}
