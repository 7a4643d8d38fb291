package reading

import "jiaoheng/document"

// Role says what a part of a plan does. It decides whether a number is a fact or a target and whether a
// sentence orders an action.
type Role string

// Roles of the parts of a plan.
const (
	RoleFront     Role = "front"     // title, meta data, notice, contents
	RolePreface   Role = "preface"   // why the plan was made
	RoleReview    Role = "review"    // what has been reached
	RoleSituation Role = "situation" // problems, chances, situation
	RoleIdeology  Role = "ideology"  // guiding ideology and principles
	RoleGoal      Role = "goal"      // goals with their numbers
	RoleMeasure   Role = "measure"   // tasks and measures
	RoleSafeguard Role = "safeguard" // organisation, money, supervision
	RoleBack      Role = "back"      // annexes, page furniture after the end
)

// Sentence is a run of the clean text ended by 。！？ or a line end, or one cell of a table.
type Sentence struct {
	Span    document.Span // in bytes of the clean text
	Text    string
	Heading int  // index in layout.headings of the innermost heading above, -1 before the first
	Role    Role // of the part it stands in
	Box     bool // inside a 专栏
	Lead    bool // the run-in lead of its paragraph, which names what the paragraph is about
	Table   int  // 1-based number of the table, 0 outside
	Row     int  // 0-based, inside a table
	Column  int
}

// layout is the outline of a document and its sentences in order.
type layout struct {
	text      string // the clean text
	headings  []Heading
	parents   []int // per heading: the index of the heading above, -1 at the top
	sentences []Sentence
	numbers   [][]number // per sentence, classified; filled by quantities
}

// path returns the titles above a sentence or heading, outermost first, labels included.
func (l *layout) path(heading int) []string {
	var path []string
	for ; heading >= 0; heading = l.parents[heading] {
		h := l.headings[heading]
		if h.Level == 0 {
			continue
		}
		title := h.Title
		if h.Lost {
			title = "[lost heading]"
		}
		path = append([]string{h.Label + title}, path...)
	}
	return path
}
