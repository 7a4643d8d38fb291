package irt

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"math"
	"strconv"
)

// numbers are written in shortest round-trip form, NaN as null.
type numbers []float64

// MarshalJSON writes the list.
func (n numbers) MarshalJSON() ([]byte, error) {
	if n == nil {
		return []byte("null"), nil
	}
	out := append(make([]byte, 0, 22*len(n)+2), '[')
	for i, value := range n {
		if i > 0 {
			out = append(out, ',')
		}
		out = appendNumber(out, value)
	}
	return append(out, ']'), nil
}

func appendNumber(out []byte, value float64) []byte {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return append(out, "null"...)
	}
	return strconv.AppendFloat(out, value, 'g', -1, 64)
}

// steps are lists of numbers of the items: flat when every item has one step.
type steps [][]float64

// MarshalJSON writes the lists.
func (s steps) MarshalJSON() ([]byte, error) {
	var flat numbers
	nested := make([]numbers, len(s))
	for i, list := range s {
		nested[i] = list
		if len(list) == 1 {
			flat = append(flat, list[0])
		}
	}
	if len(flat) == len(s) {
		return json.Marshal(flat)
	}
	return json.Marshal(nested)
}

// document is the JSON of a result but for the abilities of the rows, which come last and may be millions.
type document struct {
	Model       Model       `json:"model"`
	Requested   Model       `json:"requested,omitempty"`
	Items       []string    `json:"items"`
	Categories  []int       `json:"categories"`
	N           float64     `json:"n"`
	EmptyRows   int         `json:"empty_rows"`
	LogLik      float64     `json:"logLik"`
	LogPrior    *float64    `json:"log_prior,omitempty"`
	Slope       numbers     `json:"slope"`
	Intercepts  steps       `json:"step_intercepts"`
	Difficulty  steps       `json:"difficulty"`
	Guessing    numbers     `json:"guessing,omitempty"`
	AbilitySD   float64     `json:"ability_sd"`
	SE          numbers     `json:"se"`
	SEOrder     string      `json:"se_order"`
	Fit         any         `json:"fit"`
	Dropped     []Dropped   `json:"dropped"`
	Collapsed   []Collapsed `json:"collapsed"`
	Certificate Certificate `json:"certificate"`
}

// Measures are the criteria of a fit.
type Measures struct {
	Parameters int       `json:"parameters"`
	AIC        float64   `json:"aic"`
	BIC        float64   `json:"bic"`
	Items      []ItemFit `json:"items,omitempty"`
}

// Measures returns the criteria of the fit.
func (r *Result) Measures() Measures {
	k := float64(r.Parameters)
	return Measures{Parameters: r.Parameters, AIC: 2*k - 2*r.LogLik, BIC: k*math.Log(r.Persons) - 2*r.LogLik}
}

// WriteJSON writes the result as one JSON document: numbers in shortest round-trip form, null for what does not exist. more has
// further keys, which come before the abilities of the rows; their values are written by encoding/json.
func (r *Result) WriteJSON(writer io.Writer, fit Measures, more map[string]any) error {
	d := document{Model: r.Model, Items: r.Items, Categories: r.Categories, N: r.Persons, EmptyRows: r.Empty, LogLik: r.LogLik, Slope: r.Slope,
		Intercepts: r.Intercepts, Difficulty: r.Difficulty, Guessing: r.Guessing, AbilitySD: r.AbilitySD, SE: r.SE, SEOrder: r.SEOrder, Fit: fit,
		Dropped: r.Dropped, Collapsed: r.Collapsed, Certificate: r.Certificate}
	if asked := r.fitted.options.Model; asked != r.Model {
		d.Requested = asked
	}
	if r.Model == ThreePL {
		d.LogPrior = &r.LogPrior
	}
	if d.Dropped == nil {
		d.Dropped = []Dropped{}
	}
	if d.Collapsed == nil {
		d.Collapsed = []Collapsed{}
	}
	head, err := marshal(d)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(writer, 1<<16)
	out.Write(bytes.TrimSuffix(head, []byte("}")))
	if len(more) > 0 {
		tail, err := marshal(more) // keys in byte order
		if err != nil {
			return err
		}
		out.WriteByte(',')
		out.Write(bytes.TrimSuffix(bytes.TrimPrefix(tail, []byte("{")), []byte("}")))
	}
	writeList(out, "eap", r.EAP)
	writeList(out, "eap_sd", r.EAPSD)
	out.WriteString("}\n")
	return out.Flush()
}

func marshal(value any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return bytes.TrimSpace(out.Bytes()), err
}

// writeList writes a long list number by number.
func writeList(out *bufio.Writer, key string, values []float64) {
	out.WriteString(`,"` + key + `":[`)
	for i, value := range values {
		if i > 0 {
			out.WriteByte(',')
		}
		out.Write(appendNumber(out.AvailableBuffer(), value))
	}
	out.WriteByte(']')
}
