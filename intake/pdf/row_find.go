package pdf

import "math"

// tallestJump is how far above a row a further cell of it may begin, in sizes of the type: cells may be centred
// beside taller ones. The second of two columns of text begins much further above.
const tallestJump = 8

// rowFinder puts the lines of cells together. A printed row comes cell by cell: the lines of a cell stand below each
// other, then the next cell begins further right and not lower. Only such a step proves that the lines are cells.
type rowFinder struct {
	done   []line
	lines  []line // of the row that is being looked at, as they came
	cells  []string
	left   float64 // of the last cell
	top    float64
	proved bool
}

// joinCells makes one line of the lines of each row.
func (p *page) joinCells() {
	f := &rowFinder{}
	for _, l := range p.lines {
		switch {
		case len(f.lines) > 0 && f.isNextCell(&l):
			f.proved = true
			f.cells = append(f.cells, cellsOf(&l)...)
		case len(f.lines) > 0 && f.isSameCell(&l):
			last := len(f.cells) - 1
			f.cells[last] += between(f.cells[last], l.text) + l.text
		default:
			f.end()
			f.cells, f.top = cellsOf(&l), l.box.top
		}
		f.lines = append(f.lines, l)
		f.left, f.top = leftOf(&l), max(f.top, l.box.top)
	}
	f.end()
	p.lines = f.done
}

// maxCellLines bounds the lines of a row.
const maxCellLines = 300

// isNextCell tells whether the line begins another cell of the row: further right and not below the last line.
func (f *rowFinder) isNextCell(l *line) bool {
	last := &f.lines[len(f.lines)-1]
	return len(f.lines) < maxCellLines && l.box.left > f.left+l.size && l.box.bottom > last.box.bottom-0.4*l.size && l.box.top < f.top+tallestJump*l.size
}

// isSameCell tells whether the line goes on in the last cell: below it, with the same left edge and size.
func (f *rowFinder) isSameCell(l *line) bool {
	last := &f.lines[len(f.lines)-1]
	down := last.box.bottom - l.box.bottom
	return len(f.lines) < maxCellLines && math.Abs(l.box.left-f.left) < 0.3*l.size && math.Abs(l.size-last.size) < 0.5 && down > 0 && down < 1.9*l.size && len(l.starts) == 0
}

// end writes the row: as one line when it was proved, otherwise as the lines were.
func (f *rowFinder) end() {
	if !f.proved {
		f.done = append(f.done, f.lines...)
	} else {
		one := line{text: rowText(f.cells), size: f.lines[0].size, box: f.lines[0].box, row: true}
		for _, l := range f.lines {
			one.box = rectangle{left: min(one.box.left, l.box.left), top: max(one.box.top, l.box.top), right: max(one.box.right, l.box.right), bottom: min(one.box.bottom, l.box.bottom)}
		}
		f.done = append(f.done, one)
	}
	f.lines, f.cells, f.proved = nil, nil, false
}

// leftOf returns where the last cell of a line begins.
func leftOf(l *line) float64 {
	if n := len(l.starts); n > 0 {
		return l.starts[n-1].left
	}
	return l.box.left
}
