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
}

// Sheet is an exam as columns: Marks[s][p] and Status[s][p] are of subject s and pupil p.
type Sheet struct {
	Exam   Exam
	Pupils []Pupil
	Marks  [][]float64
	Status [][]Status
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
	Own    string          // the viewer's own school, whose pupils may be listed
	Least  int             // groups smaller than this are hidden
	Holder bool            // may import and change
}
