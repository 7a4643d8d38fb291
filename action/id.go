package action

import (
	"fmt"
	"io"
	"time"
)

// letters are Crockford's base 32, in byte order, without i, l, o and u.
const letters = "0123456789abcdefghjkmnpqrstvwxyz"

// NewID returns an id of 26 letters that sorts by time: 10 letters of milliseconds since 1970, 16 random ones (80 bits).
// Random must not fail; it panics when it does, as no id would be safe.
func NewID(now time.Time, random io.Reader) string {
	var id [26]byte
	milliseconds := uint64(now.UnixMilli())
	for i := 9; i >= 0; i-- {
		id[i] = letters[milliseconds&31]
		milliseconds >>= 5
	}
	var noise [16]byte
	if _, err := io.ReadFull(random, noise[:]); err != nil {
		panic(fmt.Sprintf("action: no randomness for an id: %v", err))
	}
	for i, b := range noise {
		id[10+i] = letters[b&31]
	}
	return string(id[:])
}
