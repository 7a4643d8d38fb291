package assessment

// Status says what a mark is. A zero that was earned is a mark like others.
type Status uint8

// The statuses.
const (
	NotTaken Status = iota // the pupil does not take this subject
	Present                // there is a mark
	Absent                 // 缺考
	Excluded               // marked, but not counted: the reason stands with the row
)

// Pupil is one pupil of an exam as whoever computes sees it: a hash, never a name.
type Pupil struct {
	Key     string // keyed hash of the pupil's number
	Unit    string // code of the school (or its section) where the pupil sat
	Class   string
	Track   string
	Group   string  // as the file tells it: sex, or a group that differential item functioning is asked for
	Weight  float64 // 1 where everybody was tested
	Stratum string
	Cluster string // first stage of the sample: the school
	Goes    string // code of the school that admitted the pupil, where the file of an entrance exam tells it
	Loose   bool   // known by name, school and class only, as the file gave no number: two pupils may be taken for one
}

// Sheet is an exam as columns: Marks[s][p] and Status[s][p] are of subject s and pupil p. Pupils stand in the order of unit,
// class and key. Whoever gets a Sheet from a Desk shares it with others and leaves it as it is.
type Sheet struct {
	Exam   Exam
	Pupils []Pupil
	Marks  [][]float64
	Status [][]Status

	places []place // of each pupil, where the sealed name stands
	twice  []bool  // of each pupil: stood in imports of two schools
	summed []bool  // of each subject: its marks are sums of answers
}

// place is a row of an import.
type place struct {
	batch    int64
	position int
}

// Units returns the units whose pupils the sheet holds, in byte order.
func (s Sheet) Units() []string {
	var units []string
	for _, p := range s.Pupils {
		if len(units) == 0 || units[len(units)-1] != p.Unit {
			units = append(units, p.Unit)
		}
	}
	return units
}

// Total returns the sum of the marks of pupil p over the subjects that count into the total. It is known when every one of them
// that the pupil takes has a mark.
func (s Sheet) Total(p int) (sum float64, known bool) {
	for n, subject := range s.Exam.Subjects {
		if !subject.Total || s.Status[n][p] == NotTaken {
			continue
		}
		if s.Status[n][p] != Present {
			return 0, false
		}
		sum, known = sum+s.Marks[n][p], true
	}
	return sum, known
}

// Missing answers of an item.
const (
	Omitted    = -1 // 未作答
	NotReached = -2 // 未答到：no answer here nor behind
	NotGiven   = -3 // the pupil's form did not hold the item
)

// ItemSheet is the answers to one paper: Scores[i][p] is what pupil p earned at item i, or one of the missing answers above;
// Options[i][p] is the option chosen, empty where the item is no choice.
type ItemSheet struct {
	Subject Subject
	Pupils  []Pupil
	Scores  [][]float64
	Options [][]string
}

// Sight is what a viewer may see of an exam.
type Sight struct {
	All    bool            // every school by name
	Units  map[string]bool // else these; others only within totals
	Totals map[string]bool // units above the schools whose totals may be shown: the county of a school, the counties below a city
	Own    string          // the viewer's own school, whose pupils may be listed; "" for whoever may list none
	Least  int             // groups smaller than this are hidden
	Holder bool            // may import and change
}

// May tells whether the figures of a school may be shown by name.
func (s Sight) May(unit string) bool { return s.All || s.Units[unit] }

// Total tells whether the totals of a unit above the schools may be shown.
func (s Sight) Total(unit string) bool { return s.All || s.Totals[unit] }

// Hides tells whether a group of n pupils is too small to be shown.
func (s Sight) Hides(n int) bool { return n < s.Least }
