package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Actor is who wrote, by the ids of person, post and account, and the network address the request came from.
// Names are not written here: the chain holds no personal value.
type Actor struct {
	Person  string
	Post    string
	Account string
	Address string
}

// Header is what an action says about itself.
type Header struct {
	Actor  Actor
	Action string // name of the action, such as "person.create"
	Unit   string // code of the unit that the action concerns
	Reason string
}

// Operations on rows.
const (
	Inserted = "insert"
	Updated  = "update"
	Deleted  = "delete"
)

// Row is one row version that an entry wrote. Hash is "" for a deleted row.
type Row struct {
	Sequence  int64 // of the entry
	Position  int64 // 1, 2, … inside the entry
	Table     string
	ID        string
	Version   int64
	Operation string
	Hash      string
	Link      string
}

// Entry is one action in the chain.
type Entry struct {
	Sequence int64 // 1, 2, … without gaps
	Time     int64 // milliseconds since 1970
	Header
	RowCount int64
	RowsLink string // Link of its last row, "" without rows
	Previous string // Hash of the entry before, "" for the first
	Hash     string
}

// Head is the end of the chain.
type Head struct {
	Sequence int64
	Hash     string
}

// Column is one stored value: int64, float64, string, []byte or bool; nil stands for NULL.
type Column struct {
	Name  string
	Value any
}

// HashRow returns the SHA-256 of the canonical bytes of a row in hexadecimal. Another type than those of Column panics.
func HashRow(columns []Column) string {
	return sum(Canonical(columns))
}

// Canonical returns the canonical bytes of a row.
func Canonical(columns []Column) []byte {
	sorted := slices.Clone(columns)
	slices.SortFunc(sorted, func(a, b Column) int { return strings.Compare(a.Name, b.Name) })
	var out []byte
	for _, c := range sorted {
		if c.Value == nil {
			continue
		}
		letter, text := canonicalValue(c)
		out = field(field(field(out, c.Name), letter), text)
	}
	return out
}

func canonicalValue(c Column) (letter, text string) {
	switch v := c.Value.(type) {
	case int64:
		return "i", strconv.FormatInt(v, 10)
	case float64:
		return "f", strconv.FormatUint(math.Float64bits(v), 16)
	case string:
		return "t", v
	case []byte:
		return "b", string(v)
	case bool:
		return "l", strconv.FormatBool(v)
	}
	panic(fmt.Sprintf("audit: column %s holds a %T", c.Name, c.Value))
}

// Chained returns the link of r after the link of the row before it ("" for the first row of an entry).
func (r Row) Chained(previous string) string {
	var out []byte
	for _, text := range []string{previous, strconv.FormatInt(r.Sequence, 10), strconv.FormatInt(r.Position, 10), r.Table, r.ID,
		strconv.FormatInt(r.Version, 10), r.Operation, r.Hash} {
		out = field(out, text)
	}
	return sum(out)
}

// Sum returns the hash of e over all its fields but Hash.
func (e Entry) Sum() string {
	var out []byte
	for _, text := range []string{e.Previous, strconv.FormatInt(e.Sequence, 10), strconv.FormatInt(e.Time, 10), e.Actor.Person, e.Actor.Post,
		e.Actor.Account, e.Actor.Address, e.Action, e.Unit, e.Reason, strconv.FormatInt(e.RowCount, 10), e.RowsLink} {
		out = field(out, text)
	}
	return sum(out)
}

func field(out []byte, text string) []byte {
	out = strconv.AppendInt(out, int64(len(text)), 10)
	out = append(out, ':')
	return append(out, text...)
}

func sum(data []byte) string {
	hash := sha256.Sum256(data)
	return hex.EncodeToString(hash[:])
}
