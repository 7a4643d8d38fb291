package frame

import (
	"maps"
	"slices"
)

// Clone returns a column of its own with the same cells.
func (c *Column) Clone() *Column {
	return &Column{Numbers: slices.Clone(c.Numbers), Present: slices.Clone(c.Present), Reasons: maps.Clone(c.Reasons), Otherwise: c.Otherwise}
}
