package mixed

import (
	"encoding/json"
	"fmt"
	"math"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// sumsFile is the form in which sums travel: a county sends these, never its pupils.
type sumsFile struct {
	Format    string     `json:"format"`
	Formula   string     `json:"formula"`
	Variables []Variable `json:"variables"`
	Columns   []string   `json:"columns"`
	Centre    []float64  `json:"centre"`
	Missing   int64      `json:"missing"`
	Cells     []cellFile `json:"cells"`
}

type cellFile struct {
	Levels  []string  `json:"levels"`
	Rows    int64     `json:"rows"`
	Logs    float64   `json:"log_weights,omitempty"`
	Moments []float64 `json:"moments"`
}

const sumsFormat = "jiaoheng mixed sums 1"

// MarshalJSON writes the sums so that another office can merge them.
func (s *Sums) MarshalJSON() ([]byte, error) {
	file := sumsFile{Format: sumsFormat, Formula: s.Design.Formula.text, Variables: s.Design.Variables, Centre: s.Centre, Missing: s.Missing}
	for _, c := range s.Design.Columns {
		file.Columns = append(file.Columns, c.Name)
	}
	for cell := range s.counts {
		levels, rows, _ := s.Cell(cell)
		moments := make([]float64, s.size)
		for i := range moments {
			moments[i] = s.moment(cell, i)
		}
		file.Cells = append(file.Cells, cellFile{Levels: s.names(levels), Rows: rows, Logs: s.logs[cell], Moments: moments})
	}
	return json.Marshal(file)
}

// UnmarshalJSON reads sums that MarshalJSON wrote; files that do not hold together are refused.
func (s *Sums) UnmarshalJSON(data []byte) error {
	var file sumsFile
	if err := json.Unmarshal(data, &file); err != nil {
		return fault.New("mixed.sums_file", message.Args{"reason": err.Error()})
	}
	if file.Format != sumsFormat {
		return fault.New("mixed.sums_file", message.Args{"reason": fmt.Sprintf("format %q", file.Format)})
	}
	f, err := Parse(file.Formula)
	if err != nil {
		return err
	}
	d, err := NewDesign(f, file.Variables)
	if err != nil {
		return err
	}
	if len(file.Centre) != len(d.Columns) || len(file.Columns) != len(d.Columns) {
		return fault.New("mixed.sums_file", message.Args{"reason": "columns"})
	}
	for i, c := range d.Columns {
		if c.Name != file.Columns[i] {
			return fault.New("mixed.sums_file", message.Args{"reason": "column " + file.Columns[i]})
		}
	}
	out := NewSums(d, file.Centre)
	out.Missing = file.Missing
	for i, c := range file.Cells {
		if reason := c.check(len(d.Keys), out.size); reason != "" {
			return fault.New("mixed.sums_file", message.Args{"reason": fmt.Sprintf("cell %d: %s", i+1, reason)})
		}
		out.AddCell(c.Levels, c.Rows, c.Moments)
		codes := make([]int32, len(c.Levels))
		for k, name := range c.Levels {
			codes[k] = out.Level(k, name)
		}
		out.logs[out.cellOf(codes)] += c.Logs
	}
	*s = *out
	return nil
}

func (c cellFile) check(keys, size int) string {
	if len(c.Levels) != keys || len(c.Moments) != size {
		return "shape"
	}
	if c.Rows < 0 {
		return "rows"
	}
	for i, at := 0, 0; at < size; i, at = i+1, at+i+2 {
		if c.Moments[at] < 0 {
			return "negative square"
		}
	}
	for _, x := range c.Moments {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return "not finite"
		}
	}
	return ""
}
