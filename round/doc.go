// Package round runs a whole evaluation: the indicators and standards of a pack, for a region and a period, with every
// verdict explained, frozen, repeated, compared and played with.
//
// Run computes once. Prepare does what does not change from run to run, so that a what-if (Prepared.Run with changes)
// answers while somebody types; it never touches the facts themselves. Freeze writes the facts that were used, the rules,
// the switches and the results as canonical JSON, and Repeat computes the same bytes from it alone. Compare lays two
// outcomes side by side.
package round
