package assessment

// Measure is what pupils reached in an exam: the sum of their marks in subjects that each of them must have a mark in.
type Measure struct {
	Exam     string
	Subjects []string // at least one
}

// SumsAsk asks for the moments of the marks of pupils by the school in which they sat the last exam.
type SumsAsk struct {
	Exit    Measure
	Entries []Measure
	Centre  []float64 // of the entries and the exit, in this order
}

// MaxMeasures is how many entries one statement joins.
const MaxMeasures = 8

// SchoolSums are the moments of a school: with W = (1, entries - centre, exit - centre), the lower triangle of the sum of W W' row by
// row, over the pupils who have every mark. It is what stats/mixed calls a cell.
type SchoolSums struct {
	Unit    string
	Rows    int64
	Moments []float64
}
