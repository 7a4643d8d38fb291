package shell

// Caterpillar is a chart of values with their intervals, one below the other, against a line at zero. It is drawn without scripts
// and fits a phone. Rows stand in the order that is given and carry no number of place: whoever orders by value shows the interval.
type Caterpillar struct {
	ID       string // unique on the page
	Sentence string // what is to be seen, written from the figures
	Unit     string // of the axis
	Decimals int
	Zero     string // what the line at zero is, such as 全县
	Rows     []CaterpillarRow
	Legends  []Legend // the shapes that occur
	Table    Table    // the same figures
	Source   string
}

// CaterpillarRow is one value with its interval.
type CaterpillarRow struct {
	Name             string
	Address          string
	Value, Low, High float64
	Found            Found
	Text             string // the value and its interval in words, for who cannot see the drawing
}

// MaxCaterpillar is how many rows are drawn; the table holds all.
const MaxCaterpillar = 400

func (c Caterpillar) drawn() []CaterpillarRow { return c.Rows[:min(len(c.Rows), MaxCaterpillar)] }

func (c Caterpillar) scale() scale {
	low, high := 0.0, 0.0
	for _, row := range c.drawn() {
		low, high = min(low, row.Low), max(high, row.High)
	}
	return scaleOf(low, high, 5)
}
