package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"
)

// Node is one item of an adopted version: it says what the document says, and where.
type Node struct {
	ID         string            `json:"id"`
	Kind       Kind              `json:"kind"`
	Fields     map[string]string `json:"fields"`
	Places     []Place           `json:"places"`
	Sentence   string            `json:"sentence,omitempty"`
	Path       []string          `json:"path,omitempty"`
	Stage      Stage             `json:"stage,omitempty"`
	Unreviewed bool              `json:"unreviewed,omitempty"` // adopted as it was read
}

// Field returns the value of a field, "" where the document does not say it.
func (n Node) Field(key string) string { return n.Fields[key] }

// Item returns the node as an item, for what works on items.
func (n Node) Item() Item {
	return Item{ID: n.ID, Kind: n.Kind, State: Accepted, Fields: n.Fields, Places: n.Places, Sentence: n.Sentence, Path: n.Path, Confidence: 1}
}

// Content is what a version fixes. Nothing in it depends on who adopts it or when.
type Content struct {
	Title    string            `json:"title"`
	Region   string            `json:"region"`
	From     int               `json:"from"` // calendar years
	To       int               `json:"to"`
	About    map[string]string `json:"about"`    // the other fields of the document
	Original string            `json:"original"` // SHA-256 of the bytes handed over
	Text     string            `json:"text"`     // SHA-256 of the clean text
	Nodes    []Node            `json:"nodes"`
}

// Version is a plan as adopted. Bytes is the content as it was hashed.
type Version struct {
	Number  int
	Content Content
	Bytes   []byte
	Hash    string
	By      string // id of the person
	Name    string // of the person; not stored with the version
	At      time.Time
	Draft   string // id of the draft it was made from
}

// Fix returns the version of a content: its bytes and their hash.
func Fix(content Content, number int, who Who) (Version, error) {
	data, err := json.Marshal(content)
	if err != nil {
		return Version{}, fmt.Errorf("plan: content of a version: %w", err)
	}
	return Version{Number: number, Content: content, Bytes: data, Hash: HashBytes(data), By: who.ID, Name: who.Name,
		At: who.At.UTC().Truncate(time.Second)}, nil
}

// ParseVersion reads the bytes of a version back and refuses them when they do not have this hash.
func ParseVersion(data []byte, hash string) (Content, error) {
	if got := HashBytes(data); got != hash {
		return Content{}, fmt.Errorf("plan: content of the version has hash %s, expected %s", got, hash)
	}
	var content Content
	if err := json.Unmarshal(data, &content); err != nil {
		return Content{}, fmt.Errorf("plan: content of a version: %w", err)
	}
	return content, nil
}

// HashBytes returns the SHA-256 of data in hexadecimal digits.
func HashBytes(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func (d *Desk) content(adoption Adoption) (Content, error) {
	about, _ := d.Item(DocumentID)
	content := Content{Title: adoption.Title, Region: adoption.Region, About: map[string]string{}, Nodes: []Node{}}
	var errFrom, errTo error
	content.From, errFrom = strconv.Atoi(CleanField(Document, "from", adoption.From))
	content.To, errTo = strconv.Atoi(CleanField(Document, "to", adoption.To))
	if err := errors.Join(errFrom, errTo); err != nil {
		return Content{}, fmt.Errorf("plan: years of an adoption: %w", err)
	}
	for _, key := range []string{"issuer", "doc_number", "issue_date"} {
		if value := about.Fields[key]; value != "" {
			content.About[key] = value
		}
	}
	for _, item := range d.Items {
		if item.Live() && item.Kind != Document && item.Kind != Number {
			content.Nodes = append(content.Nodes, nodeOf(item))
		}
	}
	return content, nil
}

// Preview compares what the desk would become, were it adopted now, with the content of the version that it revises. It
// returns nothing to see while the adoption has no years.
func (d *Desk) Preview(of Content, adoption Adoption) Comparison {
	content, err := d.content(adoption.Defaults(d))
	if err != nil {
		return Comparison{}
	}
	return Compare(of, content)
}

func nodeOf(item Item) Node {
	node := Node{ID: item.ID, Kind: item.Kind, Fields: maps.Clone(item.Fields), Places: slices.Clone(item.Places), Sentence: item.Sentence,
		Path: slices.Clone(item.Path), Unreviewed: item.State == Open}
	if item.Kind != Heading {
		node.Stage = StageOf(item)
	}
	return node
}

func sortedKeys(fields map[string]string) []string { return slices.Sorted(maps.Keys(fields)) }

// StageGroup is the nodes of one stage.
type StageGroup struct {
	Stage Stage
	Nodes []Node
}

// ByStage returns the nodes of a kind by stage, in the order of Stages; stages without nodes are left out.
func (c Content) ByStage(kind Kind) []StageGroup {
	nodes := map[Stage][]Node{}
	for _, node := range c.Nodes {
		if node.Kind == kind {
			nodes[node.Stage] = append(nodes[node.Stage], node)
		}
	}
	var groups []StageGroup
	for _, stage := range Stages() {
		if len(nodes[stage]) > 0 {
			groups = append(groups, StageGroup{Stage: stage, Nodes: nodes[stage]})
		}
	}
	return groups
}
