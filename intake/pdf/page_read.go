package pdf

import (
	"strings"
	"unicode"

	"github.com/tetratelabs/wazero/api"
)

// line is one line of a page as pdfium orders the characters.
type line struct {
	text string
	box  rectangle
	size float64 // of the type, in points
	// starts are the places where a cell begins after a wide gap: byte of the text and distance from the left.
	starts []cellStart
	row    bool // the line is a row of a table
}

// cellStart is where a cell of a row begins.
type cellStart struct {
	at   int
	left float64
	wide bool
}

// A wide gap between two characters shows that a line is a row of a table; inside such a row a narrow one parts
// cells too. Both are in sizes of the type.
const (
	wideGap   = 1.2
	narrowGap = 0.55
)

// page is what was found on one page.
type page struct {
	lines      []line
	box        rectangle
	turned     bool // printed turned by a quarter: places say nothing about paragraphs
	pictures   bool // nearly without text, but with pictures or drawings
	characters int  // that are printed
	unknown    int  // of these, without a meaning
}

// character is one character of a page.
type character struct {
	r         rune
	box       rectangle
	size      float64
	generated bool // put in by pdfium: spaces and line ends
}

// fewCharacters is below what a page of text holds; a page number and a stamp stay below it.
const fewCharacters = 20

// readPage reads page n.
func (in *instance) readPage(n int) (*page, error) {
	handle, err := in.call("FPDF_LoadPage", in.document, uint64(n))
	if err != nil {
		return nil, err
	}
	result := &page{}
	if handle == 0 {
		return result, nil // a page that is damaged is an empty one; the others may hold the plan
	}
	if _, err := in.call("FPDF_GetPageBoundingBox", handle, in.box); err != nil {
		return nil, err
	}
	result.box = in.rectangle()
	rotation, err := in.number("FPDFPage_GetRotation", handle)
	if err != nil {
		return nil, err
	}
	result.turned = rotation != 0
	text, err := in.call("FPDFText_LoadPage", handle)
	if err != nil {
		return nil, err
	}
	if text != 0 {
		characters, err := in.characters(text)
		if err != nil {
			return nil, err
		}
		result.take(characters)
		if _, err := in.call("FPDFText_ClosePage", text); err != nil {
			return nil, err
		}
	}
	if result.characters < fewCharacters {
		if result.pictures, err = in.hasPictures(handle); err != nil {
			return nil, err
		}
	}
	_, err = in.call("FPDF_ClosePage", handle)
	return result, err
}

// characters returns the characters of a page in pdfium's order.
func (in *instance) characters(text uint64) ([]character, error) {
	count, err := in.number("FPDFText_CountChars", text)
	if err != nil || count <= 0 {
		return nil, err
	}
	if count > MaxCharacters {
		return nil, errTooLong
	}
	all := make([]character, count)
	for i := range all {
		c := &all[i]
		unicode, err := in.call("FPDFText_GetUnicode", text, uint64(i))
		if err != nil {
			return nil, err
		}
		c.r = rune(uint32(unicode))
		generated, err := in.call("FPDFText_IsGenerated", text, uint64(i))
		if err != nil {
			return nil, err
		}
		c.generated = uint32(generated) == 1
		size, err := in.call("FPDFText_GetFontSize", text, uint64(i))
		if err != nil {
			return nil, err
		}
		c.size = api.DecodeF64(size)
		found, err := in.call("FPDFText_GetLooseCharBox", text, uint64(i), in.box)
		if err != nil {
			return nil, err
		}
		if uint32(found) != 0 {
			c.box = in.rectangle()
		}
	}
	return all, nil
}

// typeOfPicture and typeOfForm are numbers of pdfium for objects of a page.
const (
	typeOfPicture = 3
	typeOfForm    = 5
)

func (in *instance) hasPictures(handle uint64) (bool, error) {
	count, err := in.number("FPDFPage_CountObjects", handle)
	if err != nil {
		return false, err
	}
	for i := range min(count, 1000) {
		object, err := in.call("FPDFPage_GetObject", handle, uint64(i))
		if err != nil {
			return false, err
		}
		kind, err := in.number("FPDFPageObj_GetType", object)
		if err != nil {
			return false, err
		}
		if kind == typeOfPicture || kind == typeOfForm {
			return true, nil
		}
	}
	return false, nil
}

// take parts the characters into lines.
func (p *page) take(characters []character) {
	var text strings.Builder
	var current line
	typed := false // a space stands before the next character that pdfium did not put in
	end := func() {
		current.text = strings.TrimRightFunc(text.String(), unicode.IsSpace)
		if current.text != "" {
			p.lines = append(p.lines, current)
		}
		text.Reset()
		current = line{}
	}
	for i, c := range characters {
		switch {
		case c.r == '\n' || c.r == '\r':
			end()
			continue
		case c.r == 2 || c.r == 0xFFFE: // pdfium's marks for a hyphen at the end of a line
			c.r = '-'
		case c.r == ' ' && c.generated && !isGap(characters, i):
			continue
		}
		if !unicode.IsSpace(c.r) {
			p.characters++
			if c.r < ' ' || c.r == unicode.ReplacementChar || c.r >= 0xE000 && c.r <= 0xF8FF || !unicode.IsPrint(c.r) {
				p.unknown++
				if c.r < ' ' {
					continue
				}
			}
			gap := (c.box.left - current.box.right) / max(c.size, 1)
			if current.size > 0 && (gap > wideGap || gap > narrowGap && !typed) {
				current.starts = append(current.starts, cellStart{at: text.Len(), left: c.box.left, wide: gap > wideGap})
			}
			current.add(c)
			typed = false
		} else if typed = typed || !c.generated; text.Len() == 0 {
			continue
		}
		text.WriteRune(c.r)
	}
	end()
}

// isGap tells whether the space that pdfium put in at i stands for a real gap. Chinese text set wide to fill
// its line has small gaps between characters that mean nothing.
func isGap(characters []character, i int) bool {
	if i == 0 || i+1 >= len(characters) {
		return false
	}
	before, after := characters[i-1], characters[i+1]
	if !isWide(before.r) && !isWide(after.r) || before.size == 0 {
		return true
	}
	return after.box.left-before.box.right > 0.6*before.size
}

// isWide tells whether the character is set without spaces around it: Chinese characters and full-width signs.
func isWide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF || r == '“' || r == '”' || r == '—' || r == '…'
}

// add makes room for a character in the box of the line.
func (l *line) add(c character) {
	if c.box == (rectangle{}) {
		return
	}
	if l.size == 0 {
		l.box, l.size = c.box, c.size
		return
	}
	l.size = max(l.size, c.size)
	l.box = rectangle{left: min(l.box.left, c.box.left), top: max(l.box.top, c.box.top), right: max(l.box.right, c.box.right), bottom: min(l.box.bottom, c.box.bottom)}
}
