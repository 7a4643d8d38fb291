package mixed

import (
	"bytes"
	"io"
	"maps"
	"slices"
	"strings"

	"jiaoheng/stats/table"
)

// maxLevels is how many levels of a factor are kept: more than a design can have columns, so that the design is refused.
const maxLevels = MaxColumns + 1

// knowledge is what is known of a column: whether it holds words, and its levels as long as they are few.
type knowledge struct {
	words  bool
	line   int             // of the first word that was seen, 0: not known
	levels map[string]bool // spellings, decoded
	many   bool
	idle   map[string]bool // levels that no complete row has; nil until a pass has found some
}

func newKnowledge() knowledge { return knowledge{levels: map[string]bool{}} }

// take adds what another one knows.
func (k *knowledge) take(other *knowledge) {
	if other.words && (!k.words || k.line == 0 || other.line > 0 && other.line < k.line) {
		k.words, k.line = true, other.line
	}
	k.many = k.many || other.many
	for level := range other.levels {
		k.add(level)
	}
}

func (k *knowledge) add(level string) {
	if len(k.levels) >= maxLevels {
		k.many = true
		return
	}
	k.levels[level] = true
}

// variable returns the column as a design needs it.
func (k *knowledge) variable(use Use, given []string) Variable {
	v := Variable{Name: use.Name, Text: k.words && (use.Number || use.Factor)}
	v.Factor = given != nil && !v.Text
	for _, level := range given {
		if !k.idle[level] {
			v.Levels = append(v.Levels, level)
		}
	}
	if given != nil || !v.Text && !use.Factor {
		return v
	}
	distinct := map[string]bool{}
	for spelling := range k.levels {
		if level := levelOf(spelling, !k.words); !k.idle[level] {
			distinct[level] = true
		}
	}
	for level := range distinct {
		v.Levels = append(v.Levels, level)
	}
	sortLevels(v.Levels)
	return v
}

// levelOf is the name of the level that a spelling stands for: numbers with a point or an exponent in plain notation.
func levelOf(spelling string, number bool) string {
	if !number || isFigures(spelling) {
		return spelling
	}
	if x, ok := table.Number([]byte(spelling)); ok {
		return table.FormatNumber(x)
	}
	return spelling
}

// groupOf is the name of the group that a spelling stands for: the spelling, since 007 and 3.10 are names, but 12 for 12.0, as
// programs write whole numbers beside missing ones.
func groupOf(spelling string) string {
	whole, rest, found := strings.Cut(spelling, ".")
	if found && rest != "" && strings.Trim(rest, "0") == "" && whole != "" && isFigures(whole) {
		return whole
	}
	return spelling
}

func isFigures(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}

// sortLevels puts levels into byte order, or into the order of numbers when all of them are numbers.
func sortLevels(levels []string) {
	numbers := make(map[string]float64, len(levels))
	for _, level := range levels {
		x, ok := table.Number([]byte(level))
		if !ok {
			slices.Sort(levels)
			return
		}
		numbers[level] = x
	}
	slices.SortFunc(levels, func(a, b string) int {
		x, y := numbers[a], numbers[b]
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		case a < b:
			return -1
		case a > b:
			return 1
		}
		return 0
	})
}

// learner is the lane that collects what the columns hold.
type learner struct {
	reader   *table.Reader
	splitter table.Splitter
	uses     []Use
	cells    [][]byte
	known    []knowledge
	seen     []*interner
}

func (p *pass) learner(reader *table.Reader) *learner {
	l := &learner{reader: reader, splitter: reader.Splitter(p.columns), uses: p.uses, cells: make([][]byte, len(p.columns))}
	for range p.uses {
		l.known, l.seen = append(l.known, newKnowledge()), append(l.seen, newInterner())
	}
	return l
}

// take adds what a learner has learned.
func (p *pass) take(l *learner) {
	for i := range p.known {
		p.known[i].take(&l.known[i])
	}
}

func (l *learner) block(b scanned) {
	l.splitter.Begin(b.data)
	for at := 0; at < len(b.data); {
		next, columns := l.splitter.Row(b.data, at, l.cells)
		if columns == len(l.reader.Titles) {
			l.row(b, at)
		}
		at = next
	}
}

// row looks at the cells of the row that begins at at.
func (l *learner) row(b scanned, at int) {
	for i, use := range l.uses {
		known := &l.known[i]
		if !use.Number && !use.Factor || known.many && known.words || table.IsMissing(l.cells[i]) {
			continue
		}
		if !known.words {
			if _, ok := table.Number(l.cells[i]); !ok {
				known.words = true
				if b.line > 0 {
					known.line = b.line + bytes.Count(b.data[:at], []byte{'\n'})
				}
			}
		}
		if known.many {
			continue
		}
		before := len(l.seen[i].hashes)
		if int(l.seen[i].number(l.cells[i])) == before {
			if text, ok := l.reader.Decode(l.cells[i]); ok {
				known.add(text)
			}
		}
	}
}

// somewhere learns from a place in the middle of the text: from the first line end to the last. Rows that do not look like rows
// are passed over, for the place may lie inside quotes.
func (l *learner) somewhere(place io.Reader) {
	text, err := io.ReadAll(io.LimitReader(place, scanBlock/4))
	first, last := bytes.IndexByte(text, '\n'), bytes.LastIndexByte(text, '\n')
	if err != nil || first == last {
		return
	}
	l.block(scanned{data: text[first+1 : last+1]})
}

// ScanLevels reads several parts of one table for the levels of the factors of a formula: those that ScanOptions.Levels gives and, for every
// other factor, all that any part holds. With them, and Keep, the sums of all parts have the same columns.
func ScanLevels(parts []func() (io.ReadCloser, error), formula *Formula, options []ScanOptions) (map[string][]string, error) {
	levels := map[string][]string{}
	uses := formula.Uses()
	known := make([]knowledge, len(uses))
	for i := range known {
		known[i] = newKnowledge()
	}
	for n, open := range parts {
		p, err := newPass(open, formula, options[n])
		if err != nil {
			return nil, err
		}
		if err := p.learn(); err != nil {
			return nil, err
		}
		for i := range known {
			known[i].take(&p.known[i])
		}
		maps.Copy(levels, options[n].Levels)
	}
	for i, use := range uses {
		if v := known[i].variable(use, levels[use.Name]); len(v.Levels) > 0 {
			levels[use.Name] = v.Levels
		}
	}
	return levels, nil
}
