// Package draw holds what every draw has in common: the frozen lines and their tree, the announcement that fixes rules and
// sources of randomness before anybody can know the seed, the seed, the sequence of numbers that it determines, the proof, and
// the slip with which one family checks its own line.
//
// Problem: a family must be able to convince itself that nobody chose the result of a draw, without seeing other families'
// data. Method: the lines of the roster are bound by a Merkle tree (RFC 6962) whose root is announced together with the rules and
// the sources of randomness; the seed is a hash of that announcement and of the values that the sources give later; everything
// after it is computed with whole numbers only, so that every machine computes the same bytes. The text of the protocol, from
// which a stranger can write a verifier, is docs/draw-protocol.md.
//
// Limits: MaxLines lines of at most MaxText bytes, MaxSources sources, MaxWitnesses witnesses for each. A proof shows the codes
// and scores of the lines under salted names; who knows a child's exact scores may find its line. A witness who does not reveal,
// together with the office, can choose between two seeds, unless another source is stated too.
package draw
