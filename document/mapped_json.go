package document

import (
	"encoding/json"
	"fmt"
)

// mappedJSON is how a Mapped is stored: every run as [at, from, to, 1 when exact].
type mappedJSON struct {
	Text string   `json:"text"`
	Runs [][4]int `json:"runs"`
}

// MarshalJSON writes the text with its map.
func (m Mapped) MarshalJSON() ([]byte, error) {
	out := mappedJSON{Text: m.Text, Runs: make([][4]int, len(m.runs))}
	for i, r := range m.runs {
		out.Runs[i] = [4]int{r.at, r.from, r.to}
		if r.exact {
			out.Runs[i][3] = 1
		}
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote and refuses a map that does not go through its text in order.
func (m *Mapped) UnmarshalJSON(data []byte) error {
	var in mappedJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	runs := make([]run, len(in.Runs))
	for i, r := range in.Runs {
		if r[0] < 0 || r[0] > len(in.Text) || r[1] < 0 || r[2] < r[1] || i > 0 && r[0] < runs[i-1].at {
			return fmt.Errorf("document: run %d of the map is out of order", i)
		}
		runs[i] = run{at: r[0], from: r[1], to: r[2], exact: r[3] == 1}
	}
	*m = Mapped{Text: in.Text, runs: runs}
	return nil
}
