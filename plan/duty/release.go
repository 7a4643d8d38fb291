package duty

import "time"

// ReleaseKind says what was put into a publication.
type ReleaseKind string

// What is published through package publication.
const (
	ReleaseBook   ReleaseKind = "book"
	ReleasePowers ReleaseKind = "power_item"
	ReleaseDuties ReleaseKind = "duty_item"
)

// Release ties a publication to what it was made of, so that it can be compared with what is stored.
type Release struct {
	ID          string
	Kind        ReleaseKind
	Plan        string // "" of the lists
	Unit        string // code: whose book, whose list; "" of the whole
	Publication string
	By          string
	At          time.Time
	Version     int64
}
