package mixed

import (
	"errors"
	"io"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/stats/table"
)

// ScanOptions says how Scan reads.
type ScanOptions struct {
	Levels map[string][]string // levels of columns in their order; a column named here is a factor
	Keep   bool                // levels given stay even if no complete row has them, so that the sums of all shards have the same columns
	Centre []float64           // one for every column of the design; nil stands for the means
	Limits table.Limits
	Sample []io.Reader // beginnings of other places of the same text, each in the middle of a row, to learn levels from; nil is allowed
}

// Limits of Scan.
const (
	scanBlock = 256 << 10 // bytes of a block: what a core reads while it stays in its cache
	scanLanes = 4         // learners of levels that work side by side
	// MaxSums is how much memory the sums of one pass may take, in bytes.
	MaxSums = 4 << 30
)

// errSurprise says that a block holds what the types and levels known so far do not: the pass begins anew.
var errSurprise = errors.New("a block holds a level that was not met before")

// errIdle says that a factor has levels that no complete row has.
var errIdle = errors.New("a level has no complete row")

// Scan reads a table of text once and returns its sums: only one set of moments for every cell is kept, and the rows of a few blocks.
//
// open gives the text from its beginning, again when a first pass finds a level or words that the sample did not show: then one
// pass collects all levels and another one sums. Cells are split into a fixed number of shards, each of which sums its rows in twice
// the precision, block after block. So neither the number of processors nor the order of the rows changes a digit of the sums. Columns that the formula does not name are not read. Rows with a missing value in a named column are left out.
//
// Levels of factors and groups stand in byte order, those that are all numbers in the order of numbers.
// Errors: faults of the table, of the formula for these columns, and levels that ScanOptions.Levels does not name.
func Scan(open func() (io.ReadCloser, error), formula *Formula, options ScanOptions) (*Sums, error) {
	p, err := newPass(open, formula, options)
	if err != nil {
		return nil, err
	}
	for learned, trimmed := false, false; ; {
		var sums *Sums
		design, err := p.design()
		if err == nil {
			sums, err = p.sum(design)
		}
		switch {
		case err == errIdle && !trimmed: // as in R, a level without complete rows is none
			trimmed = true
		case learned || err == nil || err != errSurprise && design != nil:
			return sums, changed(err, options)
		default:
			// A fault of the design may be one of what was seen so far, such as a factor of one level.
			if err := p.learn(); err != nil {
				return nil, err
			}
			learned = true
		}
	}
}

// changed says in words that a table surprised after it had been read as a whole.
func changed(err error, options ScanOptions) error {
	if err != errSurprise && err != errIdle {
		return err
	}
	return fault.At(fault.Place{File: options.Limits.File}, "table.changed", nil)
}

// pass is what Scan knows of a table beside its rows.
type pass struct {
	open    func() (io.ReadCloser, error)
	formula *Formula
	options ScanOptions
	uses    []Use
	columns []int // of the table, by use
	known   []knowledge
	titles  []string
}

// newPass reads the titles and learns from the first block and the sample.
func newPass(open func() (io.ReadCloser, error), formula *Formula, options ScanOptions) (*pass, error) {
	p := &pass{open: open, formula: formula, options: options, uses: formula.Uses()}
	source, err := open()
	if err != nil {
		return nil, err
	}
	defer source.Close()
	reader, err := table.Open(source, scanBlock, options.Limits)
	if err != nil {
		return nil, err
	}
	p.titles = reader.Titles
	if p.columns, err = columnsOf(reader.Titles, p.uses, options); err != nil {
		return nil, err
	}
	p.known = make([]knowledge, len(p.uses))
	for i := range p.known {
		p.known[i] = newKnowledge()
	}
	l := p.learner(reader)
	block, err := reader.Next(nil)
	if err == io.EOF {
		return nil, fault.At(fault.Place{File: options.Limits.File}, "table.no_rows", nil)
	}
	if err != nil {
		return nil, err
	}
	l.block(scanned{data: block, line: reader.FirstLine()})
	for _, place := range options.Sample {
		l.somewhere(place)
	}
	p.take(l)
	return p, nil
}

// columnsOf finds the columns that a formula and the options name.
func columnsOf(titles []string, uses []Use, options ScanOptions) ([]int, error) {
	at := map[string]int{}
	for c, title := range titles {
		at[title] = c
	}
	var faults fault.List
	columns := make([]int, len(uses))
	for i, use := range uses {
		c, found := at[use.Name]
		if !found {
			faults.Add(fault.At(fault.Place{File: options.Limits.File}, "mixed.column_unknown", message.Args{"column": use.Name, "known": shortList(titles)}))
		}
		columns[i] = c
	}
	for name := range options.Levels {
		if _, found := at[name]; !found {
			faults.Add(fault.At(fault.Place{File: options.Limits.File}, "mixed.column_unknown", message.Args{"column": name, "known": shortList(titles)}))
		}
	}
	return columns, faults.Err()
}

func shortList(names []string) string {
	variables := make([]Variable, len(names))
	for i, name := range names {
		variables[i].Name = name
	}
	return knownNames(variables)
}

// design lays out the formula over what is known of the columns.
func (p *pass) design() (*Design, error) {
	variables := make([]Variable, len(p.uses))
	for i, use := range p.uses {
		variables[i] = p.known[i].variable(use, p.options.Levels[use.Name])
	}
	d, err := NewDesign(p.formula, variables)
	for _, f := range fault.Of(err) {
		f.Place.File = p.options.Limits.File
		for i, use := range p.uses {
			if f.Args["column"] == use.Name && p.known[i].words {
				f.Place.Line, f.Place.Column = p.known[i].line, use.Name
			}
		}
	}
	return d, err
}

// learn reads the whole table for its levels.
func (p *pass) learn() error {
	learners := make([]*learner, scanLanes)
	lanes, err := p.run(func(reader *table.Reader, n int) lane {
		learners[n] = p.learner(reader)
		return learners[n]
	})
	if err != nil {
		return err
	}
	for _, l := range learners[:lanes] {
		p.take(l)
	}
	return nil
}
