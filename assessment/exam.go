package assessment

import "jiaoheng/period"

// Limits of one exam.
const (
	MaxPupils   = 2_000_000
	MaxSubjects = 20
	MaxItems    = 200 // of one paper
	MaxCuts     = 20
	MaxName     = 60 // characters
	MaxFull     = 10_000
	MaxBatches  = 500 // imports of one exam
)

// Kind is what sort of test an exam was.
type Kind string

// The kinds.
const (
	Entrance   Kind = "entrance"   // 中考
	Academic   Kind = "academic"   // 学业水平考试
	College    Kind = "college"    // 高考
	Monitoring Kind = "monitoring" // 质量监测
	Regional   Kind = "regional"   // 全县（市、盟）统一检测
	School     Kind = "school"     // 学校考试
)

// Kinds returns them in the order of choice lists.
func Kinds() []Kind { return []Kind{Regional, Monitoring, Entrance, Academic, College, School} }

// Design is who sat the test.
type Design string

// The designs. Sampled pupils carry weights; units that took part beside the sample are strata of their own.
const (
	Census Design = "census" // every pupil
	Sample Design = "sample" // a sample with weights
	Beside Design = "beside" // 同步监测：未抽样县区购买服务，独立成层
)

// Exam is one test: who holds it, when it was, in what subjects.
type Exam struct {
	ID       string      `json:"id"`
	Owner    string      `json:"owner"` // code of the unit that ran it and holds the pupils' rows
	Name     string      `json:"name"`
	Kind     Kind        `json:"kind"`
	Design   Design      `json:"design"`
	Stage    string      `json:"stage"` // as in the pack census: primary, junior, senior
	Grade    string      `json:"grade,omitempty"`
	Held     period.Date `json:"held"` // first day
	Identity Identity    `json:"identity"`
	Subjects []Subject   `json:"subjects"`
	Cuts     []Cut       `json:"cuts,omitempty"`
	State    State       `json:"state"`
	Closer   string      `json:"closer,omitempty"` // person who closed it last: somebody else opens it again
	Version  int64       `json:"version"`
}

// Identity is the number by which pupils of an exam are known. Pupils of two exams are found to be the same only where both go by
// the same kind of number.
type Identity string

// The kinds of number.
const (
	Registered Identity = "registered" // 学籍号
	Candidate  Identity = "candidate"  // 准考证号
)

// Identities returns them in the order of choice lists.
func Identities() []Identity { return []Identity{Registered, Candidate} }

// Designs returns the designs in the order of choice lists.
func Designs() []Design { return []Design{Census, Sample, Beside} }

// Subject returns the subject with code and its place among the subjects.
func (e Exam) Subject(code string) (Subject, int, bool) {
	for n, s := range e.Subjects {
		if s.Code == code {
			return s, n, true
		}
	}
	return Subject{}, -1, false
}

// Full is the full mark of the total: of the subjects that count into it.
func (e Exam) Full() float64 {
	sum := 0.0
	for _, s := range e.Subjects {
		if s.Total {
			sum += s.Full
		}
	}
	return sum
}

// State is where an exam stands.
type State string

// The states: marks come in while it is open; closed, its figures are fixed until a second person opens it again.
const (
	Open      State = "open"
	Closed    State = "closed"
	Withdrawn State = "withdrawn"
)

// Subject is one subject of an exam. Marks of different tracks (物理, 历史) are told apart where Tracks says so.
type Subject struct {
	Code   string   `json:"code"`
	Name   string   `json:"name"`
	Full   float64  `json:"full"`
	Total  bool     `json:"total,omitempty"` // counts into the total
	Tracks []string `json:"tracks,omitempty"`
	Items  []Item   `json:"items,omitempty"`
}

// Item is one question of a paper.
type Item struct {
	Code   string  `json:"code"`
	Full   float64 `json:"full"`
	Key    string  `json:"key,omitempty"` // the right option of a choice; empty: the file holds scores
	Area   string  `json:"area,omitempty"`
	Skill  string  `json:"skill,omitempty"`
	Anchor bool    `json:"anchor,omitempty"` // shared with another form
}

// Cut is a line on a subject, or on the total where Subject is empty: a level of a monitoring, a line of admission.
type Cut struct {
	Name    string  `json:"name"`
	Subject string  `json:"subject,omitempty"`
	Track   string  `json:"track,omitempty"`
	Least   float64 `json:"least"` // this mark and above
}
