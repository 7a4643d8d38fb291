package frame

import "jiaoheng/measure"

// Column is one item in one period over every unit of a snapshot.
//
// Shapes: len(Numbers) cells; Present has as many bits. Absent cells hold the number 0. Reasons says why a cell is
// absent where more is known than that it was not reported; it may be nil. Otherwise, unless it is the zero value, is why
// those are absent of which Reasons says nothing: one reason for many cells, such as an event that half the pupils do not have.
type Column struct {
	Numbers   []float64
	Present   Bitmap
	Reasons   map[int]measure.Reason
	Otherwise measure.Reason
}

// NewColumn returns a column of n absent cells.
func NewColumn(n int) *Column { return &Column{Numbers: make([]float64, n), Present: NewBitmap(n)} }

// Len is the number of cells.
func (c *Column) Len() int { return len(c.Numbers) }

// Get returns the value of cell i. A cell that is absent without a known reason is missing under name, the item's.
func (c *Column) Get(i int, name string) measure.Value {
	if c.Present.Get(i) {
		return measure.Of(c.Numbers[i])
	}
	if reason, known := c.Reasons[i]; known {
		return reason.Value()
	}
	if c.Otherwise.Kind != measure.None {
		return c.Otherwise.Value()
	}
	return measure.MissingFor(name)
}

// Set writes the value of cell i.
func (c *Column) Set(i int, value measure.Value) {
	delete(c.Reasons, i)
	number, known := value.Number()
	if known {
		c.Numbers[i] = number
		c.Present.Set(i)
		return
	}
	c.Numbers[i] = 0
	c.Present.Clear(i)
	if c.Reasons == nil {
		c.Reasons = map[int]measure.Reason{}
	}
	c.Reasons[i] = value.Reason()
}
