// Package demo makes an invented county, the same on every machine: its units, its people and its plan.
//
// The place does not exist. Its codes start with 99, which no real division uses. Sizes and distances follow what
// is usual in a county of about 300,000 people: a strong county town, eleven towns, and village schools that shrink.
package demo
