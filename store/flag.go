package store

import (
	"database/sql/driver"
	"fmt"
)

// flag is a truth value in a bigint column, 0 or 1: the two databases have no boolean in common.
type flag bool

// Value returns 0 or 1.
func (f flag) Value() (driver.Value, error) {
	if f {
		return int64(1), nil
	}
	return int64(0), nil
}

// Scan reads 0 or 1.
func (f *flag) Scan(value any) error {
	number, ok := value.(int64)
	if !ok {
		return fmt.Errorf("store: a flag holds a %T", value)
	}
	*f = number != 0
	return nil
}
