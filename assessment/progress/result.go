package progress

// Engine is the version of the computation. It changes when the same inputs may give other results.
const Engine = "1"

// Input is one exam as a result read it.
type Input struct {
	Exam   string `json:"exam"`
	Name   string `json:"name"`
	Held   string `json:"held"`
	Pupils int    `json:"pupils"`
	Digest string `json:"digest"` // SHA-256 of the marks that were read, in order of the pupils' keys
}

// Result is what a study found.
type Result struct {
	Study   Study    `json:"study"`
	Engine  string   `json:"engine"`
	Day     string   `json:"day"` // of the rules: the last exit exam
	Rules   Rules    `json:"rules"`
	Packs   []string `json:"packs"` // name and version of the packs that set the rules
	Inputs  []Input  `json:"inputs"`
	Parts   []Part   `json:"parts"` // the whole way first
	Schools []School `json:"schools"`
	County  School   `json:"county"`         // all schools together
	Line    string   `json:"line,omitempty"` // name of the line of the exit exam that was counted
	Ties    []Tie    `json:"ties"`
	Twice   int      `json:"twice"` // pupils whose number stands twice in an exam and who were left out
	Seed    uint64   `json:"seed,string"`
}

// Phase is a stretch of the way.
type Phase string

// The phases.
const (
	Whole  Phase = "whole"  // entry to exit
	First  Phase = "first"  // entry to middle
	Second Phase = "second" // middle to exit
)

// ends are the places where a phase begins and ends.
func (p Phase) ends() (from, to int) {
	switch p {
	case First:
		return atEntry, atMiddle
	case Second:
		return atMiddle, atExit
	}
	return atEntry, atExit
}

// Part is one model: a phase, of all pupils or of one track, to the total or to one subject.
type Part struct {
	Phase       Phase    `json:"phase"`
	Track       string   `json:"track,omitempty"`
	Subject     string   `json:"subject,omitempty"`
	SubjectName string   `json:"subject_name,omitempty"`
	Before      *Scale   `json:"before,omitempty"`
	After       *Scale   `json:"after,omitempty"`
	Main        Estimate `json:"main"`
	Other       Estimate `json:"other"` // with the company of other pupils where Main is without, and the other way round
	Points      []Point  `json:"points,omitempty"`
	Bins        []Bin    `json:"bins,omitempty"`
	Untold      []string `json:"untold,omitempty"` // why there is no estimate: texts in Chinese
}

// Scale is one score of a part, over its pupils.
type Scale struct {
	Mean      float64 `json:"mean"`
	Deviation float64 `json:"deviation"`
	Full      float64 `json:"full"`
	Ceiling   float64 `json:"ceiling"` // share at full marks, in per cent
	Normal    bool    `json:"normal"`  // normal scores of ranks took its place
}

// Point is a school by its mean scores.
type Point struct {
	Unit     string  `json:"unit"`
	N        int     `json:"n"`
	Entry    float64 `json:"entry"`
	Exit     float64 `json:"exit"`
	Expected float64 `json:"expected"` // for its pupils
	Raw      float64 `json:"raw"`      // mean of standard scores after less before
}

// Bin is how many pupils have scores in one field of a grid; fields with few pupils are left out.
type Bin struct {
	X, Y  int
	Count int
}

// Grid is how many fields a grid of bins has each way.
const Grid = 20

// School is what is counted of one school on the whole way.
type School struct {
	Unit      string  `json:"unit"`
	Sat       int     `json:"sat"`     // with a score at the exit
	Linked    int     `json:"linked"`  // of those, with a score at the entry, as the population asks
	Loose     int     `json:"loose"`   // of the linked, known by name and class only
	Entered   int     `json:"entered"` // began at this school; -1 where no exam tells
	Left      int     `json:"left"`    // of those, not at its exit any more
	Joined    int     `json:"joined"`  // at its exit without having begun here
	EntryMean float64 `json:"entry_mean"`
	ExitMean  float64 `json:"exit_mean"`
	Conventional
}

// Share is how many of those who sat the exit exam are linked, in per cent; -1 where nobody sat.
func (s School) Share() float64 {
	if s.Sat == 0 {
		return -1
	}
	return 100 * float64(s.Linked) / float64(s.Sat)
}

// Conventional are the figures of 入口出口 as offices know them, of linked pupils. All of them favour schools that begin low or high;
// they stand beside the model's effect, not in place of it.
type Conventional struct {
	EntryRank float64 `json:"entry_rank"` // mean place among all linked pupils, 1 the best
	ExitRank  float64 `json:"exit_rank"`
	RankMove  float64 `json:"rank_move"` // places gained, on the mean
	BandUp    float64 `json:"band_up"`   // share of pupils in a better band at the exit, in per cent
	BandDown  float64 `json:"band_down"`
	Gain      float64 `json:"gain"`     // 标准分增值: mean of exit less entry in standard scores
	Reached   int     `json:"reached"`  // pupils at the line of the exit exam
	Expected  float64 `json:"expected"` // as pupils of the same bands of entry reach it in the county
	Raw       float64 `json:"raw"`      // share of full marks at the exit less that at the entry, in points of per cent
}

// Tie is how a conventional figure goes with the model's effect, and with the intake.
type Tie struct {
	Figure string  `json:"figure"` // rank_move, band, gain, line
	Effect float64 `json:"effect"` // rank correlation (Spearman) with the effect
	Intake float64 `json:"intake"` // correlation (Spearman) with the mean entry score
}

// Part is the part of a phase, track and subject; false where it was not computed.
func (r Result) Part(phase Phase, track, subject string) (Part, bool) {
	for _, one := range r.Parts {
		if one.Phase == phase && one.Track == track && one.Subject == subject {
			return one, true
		}
	}
	return Part{}, false
}

// Effect is the effect of a school in an estimate.
func (e Estimate) Effect(unit string) (Effect, bool) {
	for _, one := range e.Schools {
		if one.Unit == unit {
			return one, true
		}
	}
	return Effect{}, false
}

// School is what is counted of one school.
func (r Result) School(unit string) (School, bool) {
	for _, one := range r.Schools {
		if one.Unit == unit {
			return one, true
		}
	}
	return School{}, false
}

// Warn tells whether so few of the pupils are linked that the result may be shaped by who is missing.
func (r Result) Warn(s School) bool { return s.Sat > 0 && s.Share() < r.Rules.Linked.Value }
