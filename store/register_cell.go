package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"jiaoheng/audit"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/secret"
)

// Purposes of the keys for personal columns of registers, and for the ids of rows whose key is personal.
const (
	purposeRegister      = "register"
	purposeRegisterIndex = "register-index"
)

// registerID returns the id of the row of a unit in a period. Equal keys give equal ids, so that the database itself lets
// no row stand twice. A key may be personal, so the id holds only its blind index.
func (s *Store) registerID(r *pack.Register, row register.Row) string {
	id := row.Unit
	if !row.Period.IsZero() {
		id += "@" + row.Period.String()
	}
	if len(r.Key) == 0 {
		return id
	}
	parts := []string{r.Name}
	personal := false
	for n, c := range r.Columns {
		if slices.Contains(r.Key, c.Name) {
			parts = append(parts, secret.Fold(cellText(row.Cells[n], c)))
			personal = personal || c.Personal
		}
	}
	key := strings.Join(parts, "\x1f")
	if personal {
		return id + "#" + s.Keys().MAC(purposeRegisterIndex, []byte(key))[:32]
	}
	hash := sha256.Sum256([]byte(key))
	return id + "#" + hex.EncodeToString(hash[:16])
}

// cellText returns a cell as text: what is sealed, and what keys are made of.
func cellText(cell register.Cell, c *pack.Column) string {
	if !cell.Known {
		return ""
	}
	if c.Type.Numeric() || c.Type == pack.Flag {
		return strconv.FormatFloat(cell.Number, 'g', -1, 64)
	}
	return cell.Text
}

// storedCell returns a cell as it is stored; nil is NULL.
func (s *Store) storedCell(cell register.Cell, c *pack.Column) (any, error) {
	switch {
	case !cell.Known:
		return nil, nil
	case c.Personal:
		return s.Keys().Seal(purposeRegister, cellText(cell, c), s.random)
	case c.Type.Numeric():
		if math.IsNaN(cell.Number) || math.IsInf(cell.Number, 0) {
			panic("store: a cell of " + c.Name + " holds no number")
		}
		return cell.Number, nil
	case c.Type == pack.Flag:
		return int64(cell.Number), nil
	}
	return cell.Text, nil
}

// cellOf reads a stored value back.
func (s *Store) cellOf(value any, c *pack.Column) (register.Cell, error) {
	switch v := value.(type) {
	case nil:
		return register.Cell{}, nil
	case float64:
		return register.Cell{Known: true, Number: v}, nil
	case int64:
		return register.Cell{Known: true, Number: float64(v)}, nil
	case []byte:
		return s.cellOf(string(v), c)
	case string:
		if !c.Personal {
			return register.Cell{Known: true, Text: v}, nil
		}
		text, err := s.Keys().Open(purposeRegister, v)
		if err != nil {
			return register.Cell{}, fmt.Errorf("store: column %s: %w", c.Name, err)
		}
		if c.Type.Numeric() || c.Type == pack.Flag {
			number, err := strconv.ParseFloat(text, 64)
			return register.Cell{Known: true, Number: number}, err
		}
		return register.Cell{Known: true, Text: text}, nil
	}
	return register.Cell{}, fmt.Errorf("store: column %s holds a %T", c.Name, value)
}

// registerRow reads a stored row; personal cells are open, Mask hides them.
func (s *Store) registerRow(r *pack.Register, stored map[string]any) (register.Row, error) {
	text := func(name string) string {
		value, _ := stored[name].(string)
		return value
	}
	whole := func(name string) int64 {
		switch v := stored[name].(type) {
		case int64:
			return v
		case float64: // of an older version, which is kept as JSON
			return int64(v)
		}
		return 0
	}
	row := register.Row{ID: text("id"), Unit: text("unit"), Version: whole("version"), Cells: make([]register.Cell, len(r.Columns)),
		Origin: register.Origin{Kind: text("origin_kind"), File: text("origin_file"), Row: int(whole("origin_row")),
			Person: text("origin_person"), At: time.UnixMilli(whole("origin_at")).UTC()}}
	if name := text("period"); name != "" {
		row.Period, _ = period.Parse(name)
	}
	for n, c := range r.Columns {
		if !register.Stored(c) {
			continue
		}
		var err error
		if row.Cells[n], err = s.cellOf(stored[registerColumn(c)], c); err != nil {
			return row, err
		}
	}
	return row, nil
}

// registerValues returns a row as it is stored, in the order of registerColumns.
func (s *Store) registerValues(r *pack.Register, row register.Row) ([]any, error) {
	values := []any{row.ID, row.Unit, row.Period.String(), row.Period.Start.String(), row.Origin.Kind, row.Origin.File,
		int64(row.Origin.Row), row.Origin.Person, row.Origin.At.UnixMilli(), row.Version}
	for n, c := range r.Columns {
		if !register.Stored(c) {
			continue
		}
		value, err := s.storedCell(row.Cells[n], c)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, nil
}

// registerColumns returns the columns of a register as stored, the base ones first.
func registerColumns(r *pack.Register) []string {
	names := slices.Clone(registerBase)
	for _, c := range r.Columns {
		if register.Stored(c) {
			names = append(names, registerColumn(c))
		}
	}
	return names
}

func columnMap(columns []audit.Column) map[string]any {
	values := make(map[string]any, len(columns))
	for _, c := range columns {
		values[c.Name] = c.Value
	}
	return values
}
