package assessment

import (
	"context"
	"time"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/secret"
	"jiaoheng/unit"
)

// ErrNotFound is the fault that an exam is not there, or is nothing that the viewer may know of.
var ErrNotFound = fault.New("assessment.not_found", nil)

// Purposes of the keys: one seals names and numbers, one makes the hash by which pupils are found again.
const (
	PurposeSeal  = "exam"
	PurposePupil = "exam-pupil"
)

// Scope says what a later import takes the place of.
type Scope string

// The scopes.
const (
	WholeSubject Scope = "whole"   // every mark of its subjects
	ItsSchools   Scope = "schools" // the marks of its subjects at the schools that it holds
)

// Batch is one import: it is stored once, never changed, and can be withdrawn as a whole.
type Batch struct {
	ID      string
	Exam    string
	Serial  int64 // runs over all exams, in the order of the imports
	File    string
	Scope   Scope
	Pupils  int
	Digest  string // SHA-256 of the rows of its pupils
	Parts   []Part
	Gone    bool // withdrawn
	Person  string
	At      time.Time
	Version int64
}

// Part is what a batch holds of one subject.
type Part struct {
	Subject       string   `json:"subject"`
	Marks         int      `json:"marks"`
	MarksDigest   string   `json:"marks_digest,omitempty"`
	Answers       int      `json:"answers,omitempty"`
	AnswersDigest string   `json:"answers_digest,omitempty"`
	Items         []string `json:"items,omitempty"`   // codes, in the order of the stored answers; none: the file held no answers
	Derived       bool     `json:"derived,omitempty"` // the marks are sums of the answers
}

// PupilRow is a pupil of a batch as it is stored.
type PupilRow struct {
	Pupil
	Name, Number string // sealed
}

// MarkRow is a mark of the pupil at Position of the batch. A subject that the pupil does not take has none.
type MarkRow struct {
	Position int
	Status   Status
	Mark     float64
}

// AnswerRow is the answers of the pupil at Position as one text, item by item in the order of the paper when they came in.
type AnswerRow struct {
	Position int
	Answers  string
}

// Rows are the contents of a batch. Marks and Answers stand by the subjects of Batch.Parts.
type Rows struct {
	Pupils  []PupilRow
	Marks   [][]MarkRow
	Answers [][]AnswerRow
}

// Store keeps exams. The methods that write may only be called inside action.Do.
type Store interface {
	action.Store
	Now() time.Time
	Keys() *secret.Keyring
	Tree(ctx context.Context) (*unit.Tree, error)
	ExamInsert(ctx context.Context, e Exam) error
	ExamUpdate(ctx context.Context, e Exam) error
	// Exam returns an exam; ErrNotFound when it is not there.
	Exam(ctx context.Context, id string) (Exam, error)
	// Exams returns every exam, the latest first.
	Exams(ctx context.Context) ([]Exam, error)
	// ExamBatchInsert stores a batch with its rows and fills in the digests. told hears how many rows were written.
	ExamBatchInsert(ctx context.Context, b Batch, rows Rows, told func(done int)) error
	ExamBatchUpdate(ctx context.Context, b Batch) error
	// ExamBatches returns the batches of an exam by serial.
	ExamBatches(ctx context.Context, exam string) ([]Batch, error)
	// ExamPupils returns the pupils of a batch by position; Name and Number stay sealed.
	ExamPupils(ctx context.Context, serial int64) ([]PupilRow, error)
	// ExamPupilCount tells how many pupils the batches hold, each once; units narrows to schools, none means all.
	ExamPupilCount(ctx context.Context, serials []int64, units []string) (int, error)
	// ExamMarks returns the marks of a subject in a batch by position.
	ExamMarks(ctx context.Context, serial int64, subject string) ([]MarkRow, error)
	// ExamAnswers returns the answers to a paper in a batch by position.
	ExamAnswers(ctx context.Context, serial int64, subject string) ([]AnswerRow, error)
}
