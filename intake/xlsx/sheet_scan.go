package xlsx

import (
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"jiaoheng/document/archive"
	"jiaoheng/fault"
	"jiaoheng/message"
)

const (
	lastRow  = 1_048_576 // of a sheet in Excel
	maxDepth = 100
	maxAreas = 100_000
)

// sheetParts returns the part of each sheet by its title.
func sheetParts(container *archive.Archive) (map[string]string, error) {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
			// Strict workbooks name the relations otherwise.
			StrictID string `xml:"http://purl.oclc.org/ooxml/officeDocument/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var relations struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	for name, into := range map[string]any{"xl/workbook.xml": &book, "xl/_rels/workbook.xml.rels": &relations} {
		data, err := container.Part(name)
		if err != nil {
			return nil, err
		}
		if err := xml.Unmarshal(data, into); err != nil {
			return nil, nil // without titles there is no text
		}
	}
	targets := map[string]string{}
	for _, r := range relations.All {
		if strings.HasPrefix(r.Target, "/") {
			targets[r.ID] = strings.TrimPrefix(r.Target, "/")
		} else {
			targets[r.ID] = path.Join("xl", r.Target)
		}
	}
	parts := map[string]string{}
	for _, s := range book.Sheets {
		parts[s.Name] = targets[s.ID+s.StrictID]
	}
	return parts, nil
}

// scanned is what a walk through the XML of a sheet finds.
type scanned struct {
	merged   []area
	unsolved []cell
}

// scanSheet checks that a sheet is proper XML within the limits, before the library sees it, and returns its
// merged cells and the formulas without result. The library believes row numbers and would fill the memory up to a number
// that no sheet has; of damaged sheets it would silently read half.
func scanSheet(place fault.Place, container *archive.Archive, part string) (scanned, error) {
	var found scanned
	data, err := container.Part(part)
	if err != nil {
		return found, err
	}
	broken := fault.At(place, "intake.container_broken", nil)
	decoder := xml.NewDecoder(bytes.NewReader(data))
	var formula formulaScan
	depth := 0
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return found, nil
		}
		if err != nil {
			return found, broken
		}
		if at, unsolved := formula.take(token); unsolved && len(found.unsolved) < maxAreas {
			found.unsolved = append(found.unsolved, at)
		}
		element, opens := token.(xml.StartElement)
		if _, closes := token.(xml.EndElement); closes {
			depth--
		}
		if !opens {
			continue
		}
		if depth++; depth > maxDepth {
			return found, fault.At(place, "intake.too_deep", message.Args{"limit": maxDepth})
		}
		switch element.Name.Local {
		case "row":
			if n, err := strconv.Atoi(attribute(element, "r")); err == nil && (n > lastRow || n < 0) {
				return found, broken
			}
		case "mergeCell":
			if m, ok := parseArea(attribute(element, "ref")); ok && len(found.merged) < maxAreas {
				found.merged = append(found.merged, m)
			}
		}
	}
}

// formulaScan looks for cells with a formula and no result, as programs write them that cannot reckon. A formula whose
// result is an empty text has a result.
type formulaScan struct {
	reference               string
	formula, value, isText  bool
	result                  bool // there is a value, be it empty
	insideValue, insideCell bool
}

func (s *formulaScan) take(token xml.Token) (cell, bool) {
	switch token := token.(type) {
	case xml.StartElement:
		switch {
		case token.Name.Local == "c":
			*s = formulaScan{insideCell: true, reference: attribute(token, "r"), isText: attribute(token, "t") == "str"}
		case s.insideCell && token.Name.Local == "f":
			s.formula = true
		}
		s.insideValue = s.insideCell && token.Name.Local == "v"
		s.result = s.result || s.insideValue
	case xml.CharData:
		s.value = s.value || s.insideValue && len(bytes.TrimSpace(token)) > 0
	case xml.EndElement:
		s.insideValue = false
		if token.Name.Local == "c" && s.insideCell {
			s.insideCell = false
			column, row, err := excelize.CellNameToCoordinates(s.reference)
			return cell{row - 1, column - 1}, s.formula && !s.value && !(s.isText && s.result) && err == nil
		}
	}
	return cell{}, false
}

func attribute(element xml.StartElement, name string) string {
	for _, a := range element.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// parseArea reads "C3:C4".
func parseArea(reference string) (area, bool) {
	from, to, ok := strings.Cut(reference, ":")
	if !ok {
		return area{}, false
	}
	left, top, errFrom := excelize.CellNameToCoordinates(from)
	right, bottom, errTo := excelize.CellNameToCoordinates(to)
	if errFrom != nil || errTo != nil || bottom < top || right < left {
		return area{}, false
	}
	return area{top: top - 1, left: left - 1, bottom: bottom - 1, right: right - 1}, true
}
