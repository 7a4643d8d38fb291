package quota

import (
	"jiaoheng/fault"
)

// Kind is the kind of the draw in its announcement.
const Kind = "quota"

// Limits.
const (
	MaxSeniors  = 200
	MaxJuniors  = 2_000
	MaxPupils   = 400_000
	MaxPlaces   = 20_000 // of one senior school
	MaxGrads    = 10_000 // of one junior school
	MaxWishes   = 40     // of one pupil in one track
	MaxTies     = 10
	MaxScore    = 1_000_000_000
	MaxDecimals = 2
	maxID       = 40 // bytes
)

// Methods of apportionment.
const (
	Hamilton = "hamilton"
	Webster  = "webster"
)

// What becomes of quota places that stay empty.
const (
	UnusedUnified = "unified" // they go to the unified track
	UnusedPupils  = "pupils"  // first to eligible pupils of any junior school by score, then to the unified track
	UnusedJuniors = "juniors" // first apportioned anew among junior schools that have eligible pupils waiting, then to the unified track
)

// Policy is what the bureau rules.
type Policy struct {
	Method     string
	Share      int      // of ten thousand: the least share of a key school's places that are quota places
	Basis      string   // the document that states the share
	Least      int      // places of each key school for every junior school with graduates
	RuralLeast int      // the same for rural ones; the larger of both counts
	Unused     string   // UnusedUnified, UnusedPupils or UnusedJuniors
	Bands      []int    // wishes in each band of the unified track, the last for all that follow; none: one band
	Decimals   int      // decimals of scores: 61250 with 2 decimals is 612.50
	Ties       []string // names of what orders pupils of equal score, first to last
}

// Senior is a senior school. One whose Key is false has no quota places.
type Senior struct {
	ID, Name   string
	Places     int
	Key        bool
	Quota      int // quota places; 0 for a key school: as many as the share asks, rounded up
	QuotaFloor int // the least score for a quota place
	Floor      int // the least score in the unified track
	Place      fault.Place
}

// Junior is a junior school.
type Junior struct {
	ID, Name  string
	Graduates int // with a full study record (完整学籍)
	Rural     bool
	Place     fault.Place
}

// Pupil is a graduate who applies. Quota and Wishes are ids of senior schools, best first.
type Pupil struct {
	ID, Junior    string
	Full          bool // has a full study record and may use quota places
	Score         int
	Ties          []int
	Quota, Wishes []string
	Place         fault.Place
}

// Input is all that is frozen before the draw. Without pupils only the places are divided.
type Input struct {
	Policy  Policy
	Seniors []Senior
	Juniors []Junior
	Pupils  []Pupil
}
