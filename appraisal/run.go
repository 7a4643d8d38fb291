package appraisal

import (
	"context"
	"time"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// Limits.
const (
	MaxCases   = 2000 // units of one run
	MaxScorers = 50   // of one run
	MaxNote    = 500  // characters
	MaxName    = 60
	MaxReason  = 500
	MaxFiles   = 20 // of one score, appeal or finding
	MaxCited   = 10 // rows that one score cites
	MaxRuns    = 500
)

// ErrNotFound is the fault that a run or a case is not there.
var ErrNotFound = fault.New("appraisal.not_found", nil)

// Run applies a sheet in a period to a set of units.
type Run struct {
	ID        string
	Name      string
	Sheet     string // name in the packs
	Period    period.Period
	Unit      string   // code of the unit that holds it
	Scorers   []string // ids of persons
	SelfUntil period.Date
	Opener    string
	OpenedAt  time.Time
	Rules     string // digest of the rules when it was opened
	Version   int64
}

// State is where a case stands.
type State string

// The states of a case, in their order.
const (
	Self      State = "self"
	Checking  State = "checking"
	Talking   State = "talking"
	Scored    State = "scored"
	Computed  State = "computed"
	Confirmed State = "confirmed"
	Told      State = "told"
	Appealed  State = "appealed"
	Settled   State = "settled"
	Final     State = "final"
)

// States returns the states in their order.
func States() []State {
	return []State{Self, Checking, Talking, Scored, Computed, Confirmed, Told, Appealed, Settled, Final}
}

// Step says who did what when.
type Step struct {
	What   string    `json:"what"` // key of the action
	Person string    `json:"person"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason,omitempty"`
}

// Case is one unit, or one head, in a run.
type Case struct {
	ID          string
	Run         string
	Unit        string
	Person      string // the head who is appraised; "" for units
	State       State
	Steps       []Step
	Result      *Result // from Computed on
	AppealUntil period.Date
	Frozen      []byte // from Final on: canonical JSON of everything
	Hash        string // SHA-256 of Frozen
	Version     int64
}

// Did returns the last step of the name, and whether there is one.
func (c Case) Did(what string) (Step, bool) {
	for n := len(c.Steps) - 1; n >= 0; n-- {
		if c.Steps[n].What == what {
			return c.Steps[n], true
		}
	}
	return Step{}, false
}

// MarkKind says whose scores a mark holds.
type MarkKind string

// Kinds of marks: of the unit itself, of a scorer, and what was agreed on.
const (
	OfSelf   MarkKind = "self"
	OfScorer MarkKind = "check"
	Agreed   MarkKind = "agreed"
)

// Mark is what one person gave a case: entries by the name of an item, a deduction, a bonus or a veto.
type Mark struct {
	ID      string
	Case    string
	Unit    string
	Kind    MarkKind
	Person  string
	Entries map[string]Entry
	Done    bool // handed in
	At      time.Time
	Version int64
}

// Entry is one score. Holds is given for a veto instead of Points.
type Entry struct {
	Points *float64 `json:"points,omitempty"`
	Holds  *bool    `json:"holds,omitempty"`
	Note   string   `json:"note,omitempty"`
	Cited  []Cited  `json:"cited,omitempty"`
}

// Cited is a row of a living register that a score rests on, as it stood when it was cited.
type Cited struct {
	Register string    `json:"register"`
	Row      string    `json:"row"`
	Title    pack.Text `json:"title"` // of the register
	Heading  string    `json:"heading"`
	State    pack.Text `json:"state"`
	On       string    `json:"on"`
}

// Card is one entry in the history of the card of a case: what it was, what it became, why, from when.
type Card struct {
	ID          string
	Case        string
	Unit        string
	Card        string
	Before      string // "" for the first
	Kind        CardKind
	Reason      string
	Person      string
	At          time.Time
	AppealUntil period.Date
}

// CardKind says how a card came about.
type CardKind string

// Kinds of entries in the history of a card.
const (
	CardGiven   CardKind = "given"   // by the result that was told
	CardAppeal  CardKind = "appeal"  // by the decision of an appeal
	CardChanged CardKind = "changed" // later, with a reason
)

// Appeal is what a unit says against its result, or against a later change of its card.
type Appeal struct {
	ID        string
	Case      string
	Unit      string
	Card      string // id of the entry of a card; "" against the result
	Reason    string
	Person    string
	At        time.Time
	Decision  Decision
	Answer    string // reason of the decision
	Decider   string
	DecidedAt time.Time
	Version   int64
}

// Decision is what came of an appeal.
type Decision string

// Decisions. Open means that none was made yet.
const (
	Open    Decision = "open"
	Kept    Decision = "kept"
	Changed Decision = "changed"
)

// Store keeps runs, cases, marks, cards and appeals. Methods that write may only be called inside action.Do; they refuse to change
// anything of a case that is signed, save its cards and appeals against these.
type Store interface {
	action.Store
	Today() period.Date
	Tree(ctx context.Context) (*unit.Tree, error)
	PostsAt(ctx context.Context, unitCode string) ([]person.Post, error)
	RegisterRow(ctx context.Context, of *pack.Register, id string, personal bool) (register.Row, error)

	AppraisalRunInsert(ctx context.Context, run Run) error
	// AppraisalRun returns a run, ErrNotFound when it is not there.
	AppraisalRun(ctx context.Context, id string) (Run, error)
	// AppraisalRuns returns the newest first, at most limit.
	AppraisalRuns(ctx context.Context, limit int) ([]Run, error)

	AppraisalCasesInsert(ctx context.Context, cases []Case) error
	// AppraisalCaseUpdate stores a new version; fault action.stale when somebody was faster, appraisal.frozen when it is signed.
	AppraisalCaseUpdate(ctx context.Context, one Case) error
	AppraisalCase(ctx context.Context, id string) (Case, error)
	AppraisalCases(ctx context.Context, run string) ([]Case, error)
	// AppraisalCasesIn returns the cases of the units that stand in one of the states; no unit means every one.
	AppraisalCasesIn(ctx context.Context, units []string, states ...State) ([]Case, error)

	AppraisalMarkInsert(ctx context.Context, mark Mark) error
	// AppraisalMarkUpdate keeps the older version of a mark that was handed in.
	AppraisalMarkUpdate(ctx context.Context, mark Mark) error
	AppraisalMarks(ctx context.Context, cases ...string) ([]Mark, error)

	AppraisalCardInsert(ctx context.Context, card Card) error
	// AppraisalCards returns the histories of cases, the oldest entry first.
	AppraisalCards(ctx context.Context, cases ...string) ([]Card, error)

	AppraisalAppealInsert(ctx context.Context, appeal Appeal) error
	AppraisalAppealUpdate(ctx context.Context, appeal Appeal) error
	AppraisalAppeals(ctx context.Context, cases ...string) ([]Appeal, error)
}
