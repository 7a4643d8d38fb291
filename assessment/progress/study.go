package progress

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Limits of one study.
const (
	MaxName    = 60 // characters
	MaxCohorts = 5
	MaxWaves   = 3 * MaxCohorts
	MaxStudies = 200 // of a list
)

// Role is what an exam is to a study.
type Role string

// The roles. Each cohort has one entry and one exit, and at most one middle.
const (
	RoleEntry  Role = "entry"
	RoleMiddle Role = "middle"
	RoleExit   Role = "exit"
)

// Wave is one exam of a study.
type Wave struct {
	Exam      string   `json:"exam"`
	Subjects  []string `json:"subjects,omitempty"` // their marks are added; empty: the total
	Role      Role     `json:"role"`
	Elsewhere bool     `json:"elsewhere,omitempty"` // sat at the school before: 中考 for a senior school
	Cohort    string   `json:"cohort,omitempty"`    // pupils who left together; empty where there is one
}

// Population says whose scores count.
type Population string

// The populations.
const (
	Linked     Population = "linked"     // found in both exams of a phase, in whatever school they began
	Throughout Population = "throughout" // at the same school in every exam that was sat at a school of the study, with all marks
)

// Tracks says what becomes of 物理 and 历史.
type Tracks string

// What becomes of tracks.
const (
	TracksTogether Tracks = "together" // one effect of a school; each track has its own line
	TracksApart    Tracks = "apart"    // each track also by itself
	TracksIgnored  Tracks = "ignored"
)

// Normal says when scores are replaced by the normal scores of their ranks.
type Normal string

// When scores are replaced.
const (
	NormalAuto   Normal = "auto" // when more pupils have full marks than the ceiling of the pack
	NormalAlways Normal = "always"
	NormalNever  Normal = "never"
)

// Structure is how the schools stand in the model.
type Structure string

// The structures.
const (
	Intercept Structure = "intercept" // one effect of a school
	Slope     Structure = "slope"     // and another gain of a point of entry
)

// Study says what is compared with what, and how.
type Study struct {
	ID          string     `json:"id"`
	Owner       string     `json:"owner"` // code of the unit
	Name        string     `json:"name"`
	Waves       []Wave     `json:"waves"`
	Population  Population `json:"population"`
	Structure   Structure  `json:"structure"`
	Tracks      Tracks     `json:"tracks"`
	Sex         bool       `json:"sex"`         // the group of the file is taken into account
	Composition bool       `json:"composition"` // type B is what the pages lead with; type A stands beside it
	Subjects    bool       `json:"subjects"`    // each subject of the exit exam also by itself
	Normal      Normal     `json:"normal"`
	Reliability float64    `json:"reliability,omitempty"` // of the entry score; 0: not corrected
	Reliable    string     `json:"reliable,omitempty"`    // where that number comes from
	Person      string     `json:"-"`
	At          time.Time  `json:"-"`
	Version     int64      `json:"-"`
	Publication string     `json:"-"` // id of what was prepared of it
}

// Standard is the study that a clerk gets who names two exams and no more.
func Standard(owner, name, entry, exit string, elsewhere bool) Study {
	return Study{Owner: owner, Name: name, Population: Linked, Structure: Intercept, Tracks: TracksTogether, Composition: true, Normal: NormalAuto,
		Waves: []Wave{{Exam: entry, Role: RoleEntry, Elsewhere: elsewhere}, {Exam: exit, Role: RoleExit}}}
}

// Cohorts are the names of the cohorts in the order of the waves.
func (s Study) Cohorts() []string {
	var all []string
	for _, w := range s.Waves {
		if !slices.Contains(all, w.Cohort) {
			all = append(all, w.Cohort)
		}
	}
	return all
}

// Wave is the exam that has a role for a cohort.
func (s Study) Wave(cohort string, role Role) (Wave, bool) {
	for _, w := range s.Waves {
		if w.Cohort == cohort && w.Role == role {
			return w, true
		}
	}
	return Wave{}, false
}

// Exams are the ids of its exams, each once.
func (s Study) Exams() []string {
	var all []string
	for _, w := range s.Waves {
		if !slices.Contains(all, w.Exam) {
			all = append(all, w.Exam)
		}
	}
	return all
}

// Fields of the form, as faults name them.
const (
	FieldName        = "name"
	FieldEntry       = "entry"
	FieldMiddle      = "middle"
	FieldExit        = "exit"
	FieldReliability = "reliability"
	FieldReliable    = "reliable"
	FieldOption      = "option"
)

// Check tells everything that is wrong with a study before its exams are looked at.
func (s Study) Check() fault.List {
	var faults fault.List
	at := func(field, code string, args message.Args) {
		faults.Add(fault.At(fault.Place{Column: field}, code, args))
	}
	if n := utf8.RuneCountInString(strings.TrimSpace(s.Name)); n == 0 || n > MaxName {
		at(FieldName, "progress.name_wrong", message.Args{"limit": MaxName})
	}
	if cohorts := len(s.Cohorts()); cohorts > MaxCohorts || len(s.Waves) > MaxWaves {
		at(FieldExit, "progress.too_many_cohorts", message.Args{"limit": MaxCohorts})
	}
	for _, cohort := range s.Cohorts() {
		s.checkCohort(cohort, at)
	}
	if s.Reliability != 0 && (s.Reliability < 0.3 || s.Reliability >= 1) {
		at(FieldReliability, "progress.reliability_wrong", nil)
	}
	if s.Reliability != 0 && strings.TrimSpace(s.Reliable) == "" || utf8.RuneCountInString(s.Reliable) > 4*MaxName {
		at(FieldReliable, "progress.reliable_wrong", message.Args{"limit": 4 * MaxName})
	}
	known := slices.Contains([]Population{Linked, Throughout}, s.Population) && slices.Contains([]Structure{Intercept, Slope}, s.Structure) &&
		slices.Contains([]Tracks{TracksTogether, TracksApart, TracksIgnored}, s.Tracks) && slices.Contains([]Normal{NormalAuto, NormalAlways, NormalNever}, s.Normal)
	if !known {
		at(FieldOption, "progress.option_unknown", nil)
	}
	return faults
}

func (s Study) checkCohort(cohort string, at func(field, code string, args message.Args)) {
	entry, begins := s.Wave(cohort, RoleEntry)
	exit, ends := s.Wave(cohort, RoleExit)
	middle, half := s.Wave(cohort, RoleMiddle)
	if !begins || entry.Exam == "" {
		at(FieldEntry, "progress.entry_wanted", nil)
	}
	if !ends || exit.Exam == "" {
		at(FieldExit, "progress.exit_wanted", nil)
	}
	if begins && ends && entry.Exam != "" && entry.Exam == exit.Exam && slices.Equal(entry.Subjects, exit.Subjects) {
		at(FieldExit, "progress.same_exam", nil)
	}
	if half && (middle.Exam == entry.Exam || middle.Exam == exit.Exam) {
		at(FieldMiddle, "progress.same_exam", nil)
	}
	count := 0
	for _, w := range s.Waves {
		if w.Cohort == cohort {
			count++
		}
	}
	if count > 3 {
		at(FieldExit, "progress.too_many_waves", nil)
	}
}
