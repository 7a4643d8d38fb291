package register

import (
	"context"

	"jiaoheng/pack"
	"jiaoheng/period"
)

// Provenance says where the value of an item comes from: the rows that it was computed from.
type Provenance struct {
	Register *pack.Register
	Rows     int
	Last     Row      // the one reported last
	Files    []string // names of the files, as far as they are files, in the order of the rows, at most maxFiles
}

const maxFiles = 20

// Provenance returns who reported the rows behind an item of a unit in a period, and when. Rows is 0 when nobody did, or when
// the scope has no such item.
func (f *Facts) Provenance(ctx context.Context, code, item string, p period.Period) (Provenance, error) {
	declared, known := f.ask.Scope.Item(item)
	if !known {
		return Provenance{}, nil
	}
	found := Provenance{Register: declared.Register}
	wanted := query(declared.Register, p)
	wanted.Unit, wanted.Personal = code, false
	named := map[string]bool{}
	for row, err := range f.source.RegisterEach(ctx, declared.Register, wanted) {
		if err != nil {
			return found, err
		}
		found.Rows++
		if found.Rows == 1 || row.Origin.At.After(found.Last.Origin.At) {
			found.Last = row
		}
		if name := row.Origin.File; name != "" && !named[name] && len(found.Files) < maxFiles {
			named[name] = true
			found.Files = append(found.Files, name)
		}
	}
	return found, nil
}

// Grid returns rows of a register with their computed columns as they hold in a period.
func (f *Facts) Grid(r *pack.Register, p period.Period, rows []Row) *Grid {
	return f.rules[r.Name].Compute(rows, f.ask.givenIn(p))
}

// CellReader gathers rows into cells for indicators over cells. It is for one piece of work, by one goroutine.
type CellReader struct {
	ctx   context.Context
	facts *Facts
	grids map[gridKey]*Grid
	err   error
}

type gridKey struct {
	register string
	period   period.Period
}

// Cells returns a reader of cells.
func (f *Facts) Cells(ctx context.Context) *CellReader {
	return &CellReader{ctx: ctx, facts: f, grids: map[gridKey]*Grid{}}
}

// Err returns the first error of reading; cells were then told to be unknown.
func (c *CellReader) Err() error { return c.err }

// Cells gathers the rows of the register of an indicator over cells, of all units for which within is true. It returns false
// when nothing is known of the register.
func (c *CellReader) Cells(i *pack.Indicator, p period.Period, within func(code string) bool) (CellGroups, bool) {
	if c.err != nil || i.Cells == nil {
		return CellGroups{}, false
	}
	rules, known := c.facts.rules[i.Cells.Register]
	if !known {
		return CellGroups{}, false
	}
	cells, faults := rules.CellsOf(i.Cells, i.Cells.Place)
	if faults != nil {
		c.err = faults
		return CellGroups{}, false
	}
	grid, err := c.grid(i.Cells.Register, p)
	if err != nil {
		c.err = err
		return CellGroups{}, false
	}
	return grid.Cells(cells, within), true
}

func (c *CellReader) grid(name string, p period.Period) (*Grid, error) {
	key := gridKey{name, p}
	if grid, made := c.grids[key]; made {
		return grid, nil
	}
	register, _ := c.facts.ask.Scope.Register(name)
	var rows []Row
	for row, err := range c.facts.source.RegisterEach(c.ctx, register, query(register, p)) {
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	c.grids[key] = c.facts.rules[name].Compute(rows, c.facts.ask.givenIn(p))
	return c.grids[key], nil
}
