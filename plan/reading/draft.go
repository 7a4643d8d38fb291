package reading

import "jiaoheng/document"

// Draft is what was read from one document. Its JSON is the result of `jiaoheng plan read --json`.
type Draft struct {
	Meta       Meta              `json:"meta"`
	Outline    []Heading         `json:"outline"`
	Targets    []Quantity        `json:"targets"`
	Facts      []Quantity        `json:"facts"`
	Tasks      []Task            `json:"tasks"`
	Projects   []Project         `json:"projects"`
	Mechanisms []Mechanism       `json:"mechanisms"`
	Unclaimed  []Unclaimed       `json:"unclaimed"`
	Repairs    []document.Repair `json:"repairs"`
}

// Origin ties an item to the words it was read from.
// Confidence is from 0 to 1; Rule names the rule that found the item.
type Origin struct {
	Confidence float64       `json:"confidence"`
	Rule       string        `json:"rule"`
	Span       document.Span `json:"span"`       // bytes of the original
	CleanSpan  document.Span `json:"clean_span"` // bytes of the repaired text
	Sentence   string        `json:"sentence,omitempty"`
	Path       []string      `json:"path,omitempty"` // titles of the headings above, outermost first, with their labels
}

// Meta says what kind of document it is. A nil field was not found.
type Meta struct {
	Title       string   `json:"title"`
	NoticeTitle string   `json:"notice_title,omitempty"`
	Issuer      string   `json:"issuer,omitempty"`
	Region      string   `json:"region,omitempty"`
	DocNumber   string   `json:"doc_number,omitempty"`
	IndexNumber string   `json:"index_number,omitempty"`
	IssueDate   string   `json:"issue_date,omitempty"` // 2024-03-15
	PublishDate string   `json:"publish_date,omitempty"`
	Period      []int    `json:"period,omitempty"` // [from, to] calendar years
	Kind        string   `json:"kind"`             // plan, notice, interpretation
	Stages      []string `json:"stages,omitempty"`
}

// Heading is one node of the outline. A lost heading has an empty title and Lost set.
type Heading struct {
	ID    string `json:"id"`
	Level int    `json:"level"` // 0 is the title of the document
	Label string `json:"label"`
	Title string `json:"title"`
	Kind  string `json:"kind"` // title, numbered, item, box, box-item, run-in, enum, toc, lost
	Lost  bool   `json:"lost,omitempty"`
	Origin
}

// Baseline is the value from which a target starts.
type Baseline struct {
	Value float64 `json:"value"`
	Year  *int    `json:"year"`
}

// Quantity is a target or a fact. Value is nil where the document speaks of a number without naming one.
type Quantity struct {
	ID                 string    `json:"id"`
	Name               string    `json:"name_zh"`
	Scope              string    `json:"scope"`
	Comparator         string    `json:"comparator"` // >= <= = range increase decrease
	Value              *float64  `json:"value"`
	ValueMax           *float64  `json:"value_max"`
	Unit               string    `json:"unit"`
	Per                string    `json:"per,omitempty"`
	Deadline           *string   `json:"deadline,omitempty"`        // targets
	DeadlineSource     string    `json:"deadline_source,omitempty"` // sentence, section, period, table, document, none
	Time               *string   `json:"time,omitempty"`            // facts
	Baseline           *Baseline `json:"baseline"`
	ComparatorExplicit bool      `json:"comparator_explicit"`
	Approx             bool      `json:"approx,omitempty"`
	Verbal             string    `json:"verbal,omitempty"` // the value as written when it is no plain number, such as 1∶3
	Repeat             bool      `json:"repeat,omitempty"`
	Optional           string    `json:"optional,omitempty"` // implicit, qualitative, …: read between the lines
	Origin
}

// Task is one ordered action.
type Task struct {
	ID             string  `json:"id"`
	Title          string  `json:"title"`
	Responsible    string  `json:"responsible"`
	Deadline       *string `json:"deadline"`
	DeadlineSource string  `json:"deadline_source,omitempty"`
	Frequency      string  `json:"frequency"`
	Origin
}

// Project is a named programme, campaign, pilot or an item of a 专栏; Kind "box" is a 专栏 as a whole.
type Project struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
	Kind        string `json:"kind,omitempty"`
	Origin
}

// Mechanism is a standing arrangement that monitors, inspects, assesses, holds to account or coordinates.
type Mechanism struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Type string `json:"type"`
	Origin
}

// Unclaimed is a number of the text that no item speaks for.
type Unclaimed struct {
	Text      string        `json:"text"`
	Span      document.Span `json:"span"`
	CleanSpan document.Span `json:"clean_span"`
}
