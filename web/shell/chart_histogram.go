package shell

import "strconv"

// Histogram is how many lie in each of several classes that follow one another, drawn without scripts. A count that must not be
// told is nil and leaves a hatched place.
type Histogram struct {
	ID       string // unique on the page
	Sentence string // what is to be seen, written from the figures
	Unit     string // of the level axis
	Bins     []Bin
	Table    Table
	Source   string
}

// Bin is one class with its lower end.
type Bin struct {
	Label string
	Count *int
	Text  string // the class and its count in words
}

// labelEvery is how far the labelled classes stand apart, so that about six labels fit a phone.
func (h Histogram) labelEvery() int { return (len(h.Bins) + 5) / 6 }

func (h Histogram) most() int {
	most := 1
	for _, b := range h.Bins {
		if b.Count != nil {
			most = max(most, *b.Count)
		}
	}
	return most
}

// left and width are the place of class k of all, in parts of a hundred; height is that of its bar.
func (h Histogram) left(k int) string {
	return percent(100 * (float64(k) + 0.08) / float64(len(h.Bins)))
}
func (h Histogram) middle(k int) string {
	return percent(100 * (float64(k) + 0.5) / float64(len(h.Bins)))
}
func (h Histogram) width() string { return percent(84 / float64(len(h.Bins))) }
func (h Histogram) height(b Bin) string {
	return percent(100 * float64(*b.Count) / float64(h.most()))
}
func (h Histogram) top(b Bin) string {
	return percent(100 - 100*float64(*b.Count)/float64(h.most()))
}

func percent(part float64) string { return strconv.FormatFloat(part, 'f', 2, 64) + "%" }

// ItemMap is persons and items on one scale (Wright's map): on the left how many persons stand at each height, on the right the
// items of that difficulty.
type ItemMap struct {
	ID       string
	Sentence string
	Persons  string // heading of the left side
	Items    string // heading of the right side
	Rows     []ItemMapRow
	Table    Table
	Source   string
}

// ItemMapRow is one height, the highest first.
type ItemMapRow struct {
	Label  string
	Share  float64 // of all persons
	Items  []string
	Text   string // the share in words
	Middle bool   // the height where the average person stands
}

func (m ItemMap) bar(row ItemMapRow) string {
	most := 0.01
	for _, r := range m.Rows {
		most = max(most, r.Share)
	}
	return percent(100 * row.Share / most)
}

func (m ItemMap) barFrom(row ItemMapRow) string {
	most := 0.01
	for _, r := range m.Rows {
		most = max(most, r.Share)
	}
	return percent(100 - 100*row.Share/most)
}
