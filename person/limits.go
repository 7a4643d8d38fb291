package person

import "time"

// Limits of what is taken in, in characters.
const (
	MaxName        = 50
	MaxPhone       = 20
	MinLogin       = 2
	MaxLogin       = 40
	MinPassword    = 8
	FreePassword   = 16 // from this length on a password needs no mixture of kinds
	MaxPassword    = 128
	MaxSubject     = 20
	MaxPostsOfOne  = 20
	MaxPageOfLists = 500
)

// Spans of time.
const (
	FirstLinkLasts = 24 * time.Hour
	ResetLinkLasts = 72 * time.Hour
)
