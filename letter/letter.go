package letter

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/attachment"
	"jiaoheng/fault"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// Limits of one letter.
const (
	MaxText = 5000 // characters of a paragraph once filled
	MaxHead = 200  // characters of the heading once filled
	MaxRows = 500  // sub-rows in its table
	MaxList = 1000 // letters of one page of the register of letters
)

// ErrNotFound is the fault that a letter is not there.
var ErrNotFound = fault.New("letter.not_found", nil)

// Of is what a letter is about. Row is the row as it stands after the event; Event is "" for a letter of a deadline.
type Of struct {
	Register *pack.Register
	Row      register.Row
	Event    string
	Note     string // the words of the event
	Day      period.Date
	Thing    access.Thing // the row as rights see it
}

// Letter is a letter that was issued.
type Letter struct {
	ID       string
	Name     string // of its declaration in the pack
	Register string
	Row      string
	Event    string
	Thing    access.Thing // of the row on the day of issue; the places in the tree are not kept
	Series   string
	Year     int
	Number   int64
	Day      period.Date
	Template string // id of the bureau's template; "" the built-in form
	Hash     string // SHA-256 of the content
	Person   string // who issued it
	At       time.Time
	Content  Content
}

// Content is what stands in a letter, fixed when it was issued.
type Content struct {
	Kind    string              `json:"kind"`   // 整改通知书
	Organ   string              `json:"organ"`  // the mark of the organ at the head
	Number  string              `json:"number"` // 教督改〔2026〕3号
	Heading string              `json:"heading"`
	To      string              `json:"to"`
	Body    []string            `json:"body"`
	Table   *Table              `json:"table,omitempty"`
	Signed  string              `json:"signed"`
	Date    string              `json:"date"` // 2026-03-15
	Copies  string              `json:"copies,omitempty"`
	Printed string              `json:"printed,omitempty"` // the office that prints it
	Values  map[string]string   `json:"values"`            // of every mark that a template may name
	Rows    []map[string]string `json:"rows,omitempty"`    // the same of the sub-rows
	// Personal tells that a value of a personal column stands in the letter: whoever looks at it is noted.
	Personal bool `json:"personal,omitempty"`
}

// Table is a table of sub-rows.
type Table struct {
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
}

// Day returns the date of the letter.
func (c Content) Day() period.Date {
	day, _ := period.ParseDate(c.Date)
	return day
}

// Hash returns the SHA-256 of the content as JSON: keys of objects of the struct in their order, those of Values sorted.
func (c Content) Hash() string {
	data, err := json.Marshal(c)
	if err != nil {
		panic(err) // texts and lists of texts only
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Head is what the bureau says once for all its letters.
type Head struct {
	Bureau  string // full name, as it signs
	Organ   string // mark of the organ at the head of a letter, in red
	Printed string // office that prints, at the foot; "" none
}

// Query names letters. Zero parts do not narrow.
type Query struct {
	Year     int
	Name     string
	Register string
	Row      string
	After    int // how many to pass over
	Limit    int // 0: MaxList
}

// Store keeps letters. The methods that write may only be called inside action.Do.
type Store interface {
	action.Store
	LetterInsert(ctx context.Context, letter Letter) error
	// Letter returns a letter by id, ErrNotFound when it is not there.
	Letter(ctx context.Context, id string) (Letter, error)
	// Letters returns the letters that the query names, the newest first.
	Letters(ctx context.Context, query Query) ([]Letter, error)
	// LetterYears returns the years that have letters, the newest first.
	LetterYears(ctx context.Context) ([]int, error)
	// LetterHead returns what the bureau says in all letters; the zero Head when it never said anything.
	LetterHead(ctx context.Context) (Head, error)
	LetterHeadPut(ctx context.Context, head Head) error
	// LetterTemplate returns the template in use for a letter, the zero Template for the built-in form.
	LetterTemplate(ctx context.Context, name string) (Template, error)
	// LetterTemplateByID returns a template, also one that is no longer in use; ErrNotFound when it is not there.
	LetterTemplateByID(ctx context.Context, id string) (Template, error)
	// LetterTemplates returns every template of a letter, the newest first.
	LetterTemplates(ctx context.Context, name string) ([]Template, error)
	LetterTemplateInsert(ctx context.Context, template Template) error
	LetterTemplateUpdate(ctx context.Context, template Template) error

	attachment.Store
	RegisterRow(ctx context.Context, register *pack.Register, id string, personal bool) (register.Row, error)
	RegisterRows(ctx context.Context, register *pack.Register, query register.Query) ([]register.Row, error)
	Tree(ctx context.Context) (*unit.Tree, error)
	Person(ctx context.Context, id string) (person.Person, error)
}

// Office issues letters.
type Office struct {
	scope *pack.Scope
	store Store
}

// NewOffice returns an office that knows the registers of the packs.
func NewOffice(set *pack.Set, store Store) *Office {
	return &Office{scope: set.Everything(), store: store}
}
