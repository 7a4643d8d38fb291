package frame

import (
	"maps"
	"slices"
)

// Clone returns a column of its own with the same cells.
func (c *Column) Clone() *Column {
	return &Column{slices.Clone(c.Numbers), slices.Clone(c.Present), maps.Clone(c.Reasons)}
}
