package report

import (
	"encoding/json"
	"math"

	"jiaoheng/plan/target"
)

// Value is a number of a report that may be unknown. In JSON it is a number or null.
type Value target.Known

// Sure returns a known value.
func Sure(number float64) Value { return Value{Number: number, Is: true} }

// MarshalJSON writes the number in shortest round-trip form, null where there is none.
func (v Value) MarshalJSON() ([]byte, error) {
	if !v.Is || math.IsNaN(v.Number) || math.IsInf(v.Number, 0) {
		return []byte("null"), nil
	}
	return json.Marshal(v.Number)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (v *Value) UnmarshalJSON(data []byte) error {
	var number *float64
	if err := json.Unmarshal(data, &number); err != nil {
		return err
	}
	*v = Value{}
	if number != nil {
		*v = Sure(*number)
	}
	return nil
}
