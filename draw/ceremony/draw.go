package ceremony

import (
	"encoding/json"
	"slices"
	"time"

	"jiaoheng/draw"
	"jiaoheng/fault"
)

// Limits of one draw.
const (
	MaxTitle     = 80 // characters
	MaxPlace     = 100
	MaxReason    = 300
	MaxWitnesses = 200 // each takes two lines of the seed, all of which stand in the publication
	MaxWord      = 100 // characters of the word of a witness
	MaxValue     = 400 // characters of the value of a source
	MaxSources   = 4
	MaxListed    = 1000
)

// PurposeSeal names the key that seals everything that is handed over for a draw.
const PurposeSeal = "draw"

// ErrNotFound is the fault that a draw is not there, or is nothing that the viewer may know of.
var ErrNotFound = fault.New("draw.event.not_found", nil)

// Kinds of draws.
const (
	Classes = "classes"
	Pair    = "pair"
	Lists   = "lists"
	Vacancy = "vacancy"
	Quota   = "quota"
	Admit   = "admit"
)

// Kinds returns the kinds in the order in which they are offered.
func Kinds() []string { return []string{Classes, Pair, Lists, Vacancy, Quota, Admit} }

// State is where a draw stands.
type State string

// The states of a draw, in their order. A draw without witnesses goes from Announced to Seeded.
const (
	Prepared   State = "prepared"   // everything can still be changed
	Announcing State = "announcing" // fixed, waits for the second person
	Announced  State = "announced"  // the commitment is public
	Witnessing State = "witnessing" // witnesses hand in hashes
	Revealing  State = "revealing"  // hashes are closed, words are told
	Ready      State = "ready"      // words are closed, values of the sources are awaited
	Seeded     State = "seeded"     // values are entered, wait for the second person
	Drawing    State = "drawing"    // the seed is fixed, the result is being computed
	Drawn      State = "drawn"      // the result stands
	Publishing State = "publishing" // its publication waits for the second person
	Published  State = "published"
	Withdrawn  State = "withdrawn"
)

// States returns the states in their order.
func States() []State {
	return []State{Prepared, Announcing, Announced, Witnessing, Revealing, Ready, Seeded, Drawing, Drawn, Publishing, Published, Withdrawn}
}

// Step names what somebody did to a draw.
type Step string

// The steps of a draw.
const (
	StepPrepare  Step = "prepare"
	StepReplace  Step = "replace"
	StepFix      Step = "fix"
	StepAnnounce Step = "announce"
	StepOpen     Step = "open"
	StepClose    Step = "close"
	StepReveal   Step = "end_reveal"
	StepSeed     Step = "seed"
	StepReject   Step = "reject"
	StepConfirm  Step = "confirm"
	StepRun      Step = "run"
	StepPropose  Step = "propose"
	StepPublish  Step = "publish"
	StepWithdraw Step = "withdraw"
)

// Done is who did a step, and when.
type Done struct {
	Person string    `json:"person"`
	At     time.Time `json:"at"`
}

// Draw is one draw with where it stands. Lines, names and result stand apart: see Desk.
type Draw struct {
	ID         string
	Unit       string // code of the unit that runs it
	Kind       string
	Title      string
	Code       string // by which witnesses find it
	State      State
	Held       time.Time // when the ceremony is announced for
	Commitment string    // "" until fixed
	Version    int64
	Content
}

// Content is the part of a draw that no query asks about.
type Content struct {
	Place        string          `json:"place,omitempty"`
	Parent       string          `json:"parent,omitempty"` // the draw that it continues: of pair and vacancy
	Before       string          `json:"before,omitempty"` // the withdrawn draw that it begins again
	Sources      []Source        `json:"sources,omitempty"`
	Setup        json.RawMessage `json:"setup,omitempty"` // the choices of the form of its kind, nothing personal
	Frozen       bool            `json:"frozen,omitempty"`
	Lines        int             `json:"lines,omitempty"`
	Announcement []string        `json:"announcement,omitempty"`
	Closing      string          `json:"closing,omitempty"`   // hash over the hashes of the witnesses
	Witnesses    []string        `json:"witnesses,omitempty"` // their lines of the seed, once words are closed
	Values       []string        `json:"values,omitempty"`    // by source; "" for witnesses
	Seed         []string        `json:"seed,omitempty"`
	SeedHash     string          `json:"seed_hash,omitempty"`
	Digest       string          `json:"digest,omitempty"`
	Notice       string          `json:"notice,omitempty"`  // id of the publication of the announcement
	Outcome      string          `json:"outcome,omitempty"` // id of the publication of the result
	Reason       string          `json:"reason,omitempty"`  // why it was withdrawn
	Steps        map[Step]Done   `json:"steps,omitempty"`   // the last of each
}

// Source is a source of randomness with the moment from which anybody can know it; the zero time for witnesses.
type Source struct {
	Kind  string    `json:"kind"`
	Text  string    `json:"text"`
	Known time.Time `json:"known,omitzero"`
}

// source is how it stands in an announcement.
func (s Source) source() draw.Source { return draw.Source{Kind: s.Kind, Text: s.Text} }

// Witnessed returns the number of the source of witnesses, counted from 1; 0 when the draw has none.
func (d Draw) Witnessed() int {
	return 1 + slices.IndexFunc(d.Sources, func(s Source) bool { return s.Kind == draw.Witness })
}

// Fixed tells whether nothing of the draw can be changed any more.
func (d Draw) Fixed() bool { return d.State != Prepared }

// Public tells whether everybody may know of the draw: its announcement was published.
func (d Draw) Public() bool { return d.Notice != "" }

// Finished tells whether the draw has a result.
func (d Draw) Finished() bool { return d.Digest != "" }

// AwaitsValues tells whether the values of the sources may be entered now.
func (d Draw) AwaitsValues() bool {
	return d.State == Ready || d.State == Announced && d.Witnessed() == 0
}

// did notes a step.
func (d *Draw) did(step Step, person string, at time.Time) {
	steps := map[Step]Done{step: {person, at}}
	for name, done := range d.Steps {
		if name != step {
			steps[name] = done
		}
	}
	d.Steps = steps
}

// Table is a table that was handed over.
type Table struct {
	Name string     `json:"name"` // what it is: roster, objects, inspectors …
	File string     `json:"file"`
	Rows [][]string `json:"rows"`
}

// Person is who stands behind a line: the id from which the line was made, and what only the office may see.
type Person struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// frozen is the part of a draw that will be public, before it is.
type frozen struct {
	Rules []draw.Rule `json:"rules"`
	Lines []string    `json:"lines"`
}

// private is the part of a draw that never will be.
type private struct {
	Secret draw.Secret `json:"secret"`
	Roster []Person    `json:"roster,omitempty"`
	Labels []Label     `json:"labels,omitempty"`
}

// Label tells what a code of the lines stands for, where the lines hide it.
type Label struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

// Witness is one who is present: the hash of a word, and the word once it is told.
type Witness struct {
	ID      string
	Draw    string
	Place   int // from 1, in the order of the hashes
	Hash    string
	Word    string
	Plain   bool // the server saw the word before hashes were closed, as the phone runs no scripts
	At      time.Time
	ToldAt  time.Time
	Version int64
}

// Result is what came out under an announcement: there is one at most.
type Result struct {
	Commitment string
	Draw       string
	Seed       string
	Digest     string
	At         time.Time
}
