package publication

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"jiaoheng/action"
	"jiaoheng/fault"
)

// Limits of one publication.
const (
	MaxTitle   = 120    // characters
	MaxText    = 20_000 // characters of all paragraphs
	MaxTables  = 10
	MaxRows    = 500
	MaxColumns = 30
	MaxCell    = 2000 // characters: the words of a duty with its legal basis
	MaxReason  = 500
)

// ErrNotFound is the fault that a publication is not there.
var ErrNotFound = fault.New("publication.not_found", nil)

// State is where a publication stands.
type State string

// The states of a publication.
const (
	Draft     State = "draft"
	Published State = "published"
	Withdrawn State = "withdrawn"
)

// Kinds of publications.
const (
	KindNotice  = "notice"
	KindFigures = "figures"
	KindList    = "list"
	KindDraw    = "draw" // made by the steps of a draw only
)

// Kinds returns the kinds in the order in which they are offered.
func Kinds() []string { return []string{KindNotice, KindFigures, KindList} }

// Hidden stands in a table in place of a number that is not told.
const Hidden = "*"

// Publication is one publication with who did what.
type Publication struct {
	ID          string
	State       State
	Unit        string // code
	Content     Content
	Hash        string // of the content as published; "" before
	Preparer    string // ids of persons
	Editor      string // who changed it last
	Approver    string
	Withdrawer  string
	Reason      string // why it was withdrawn
	PreparedAt  time.Time
	EditedAt    time.Time
	PublishedAt time.Time
	WithdrawnAt time.Time
	Version     int64
}

// Content is what is published. Keys stand in byte order, values are texts and lists only, so that its JSON is canonical.
type Content struct {
	Blocks []Block `json:"blocks"`
	Day    string  `json:"day"`
	Kind   string  `json:"kind"`
	Title  string  `json:"title"`
	Unit   string  `json:"unit"` // name
}

// Block is a paragraph or a table.
type Block struct {
	Table *Table `json:"table,omitempty"`
	Text  string `json:"text,omitempty"`
}

// Table is a table as everybody sees it: numbers that are not told are Hidden already.
type Table struct {
	Caption string     `json:"caption"`
	Columns []string   `json:"columns"`
	Note    string     `json:"note,omitempty"`
	Rows    [][]string `json:"rows"`
	Source  string     `json:"source,omitempty"`
}

// Canonical returns the content as canonical JSON: keys in byte order, no blanks, characters as they are (UTF-8).
func (c Content) Canonical() []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(c); err != nil {
		panic(err) // texts and lists of texts only
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// Digest returns the SHA-256 of Canonical in hexadecimal digits.
func (c Content) Digest() string {
	sum := sha256.Sum256(c.Canonical())
	return hex.EncodeToString(sum[:])
}

// Store keeps publications. The methods that write may only be called inside action.Do.
type Store interface {
	action.Store
	PublicationInsert(ctx context.Context, one Publication) error
	// PublicationUpdate stores a new version; fault action.stale when somebody was faster.
	PublicationUpdate(ctx context.Context, one Publication) error
	// Publication returns a publication by id, ErrNotFound when it is not there.
	Publication(ctx context.Context, id string) (Publication, error)
	// Publications returns those of the states, the newest first, at most limit.
	Publications(ctx context.Context, limit int, states ...State) ([]Publication, error)
}
