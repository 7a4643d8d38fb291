package assessment

import (
	"jiaoheng/fault"
)

// MaxFaults is how many faults of a file are told one by one; the others are counted.
const MaxFaults = 2000

// Blank says what an empty mark means.
type Blank string

// The meanings of an empty mark.
const (
	BlankUntaken Blank = "untaken" // the pupil does not take the subject
	BlankAbsent  Blank = "absent"  // 缺考
)

// Source is a file as it is to be imported. Rows[i] is row i+1 of the file.
type Source struct {
	File    string
	Rows    [][]string
	Scope   Scope
	Blank   Blank
	Minus   bool   // −1 means absent
	Tail    bool   // unanswered items at the end of a paper were not reached
	Subject string // the paper whose items the headings name without a subject; "" where there is one paper only
}

// Import is what was found in a file. Nothing of it is stored while there is a fault.
type Import struct {
	Rows, Pupils, Loose int
	Long                bool // one mark a row
	Columns             []Column
	Faults, Warnings    fault.List
	Changes             []Change
	Schools             []SchoolRows

	batch *draft
}

// Column is what a column of the file was taken for.
type Column struct {
	Heading string
	Role    Role
	Subject string // name
	Item    string // code
}

// Role is what stands in a column.
type Role string

// The roles. Each has a text under "assessment.role.".
const (
	RoleNumber  Role = "number"
	RoleName    Role = "name"
	RoleSchool  Role = "school"
	RoleClass   Role = "class"
	RoleTrack   Role = "track"
	RoleGroup   Role = "group"
	RoleWeight  Role = "weight"
	RoleStratum Role = "stratum"
	RoleGoes    Role = "goes"
	RoleSubject Role = "subject" // long form: which subject
	RoleMark    Role = "mark"    // of a subject; long form: of the subject that the row names
	RoleItem    Role = "item"    // long form: which item
	RoleAnswer  Role = "answer"  // to an item
	RoleIdle    Role = "idle"    // known and not needed: a running number, a rank, a total
	RoleUnknown Role = "unknown"
)

// Change is what an import does to a subject.
type Change struct {
	Subject                   string // name
	Present, Absent, Excluded int
	Zeros                     int // of those present
	Answers                   int // pupils with answers to items
	Added, Changed, Removed   int // marks, against what is stored
	Same                      int
	Replaces                  bool // marks of the subject are stored already
	AnswersOnly               bool // the marks that are stored stay, as the file holds answers only
}

// SchoolRows is how many pupils of a school the file holds.
type SchoolRows struct {
	Unit   string
	Pupils int
}

// draft is the content of a file, ready to be stored. Marks and answers stand by subject of the exam, then by pupil.
type draft struct {
	pupils   []pupilDraft
	given    []bool // subjects of the exam that the file holds
	status   [][]Status
	marks    [][]float64
	answers  [][][]string // nil where the pupil has none
	items    [][]bool     // of each paper: the items that the file holds
	answered []bool       // papers of which the file holds answers
	marked   []bool       // subjects of which the file holds marks
}

type pupilDraft struct {
	Pupil
	name, number string
	row          int
}
