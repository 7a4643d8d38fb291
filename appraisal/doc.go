// Package appraisal carries out score sheets (考核、评价): a run of a sheet for a period and a set of units, from the self score to
// the signed result.
//
// Problem: what is counted for a unit must be traceable to inspected facts, scored by several people who do not look at each other,
// told to the unit, open to appeal, and unchangeable once signed. Method: each unit has a case with one state,
//
//	self       the unit scores itself, with words and files
//	checking   the scorers score, each alone; nobody sees the points of another before all are in
//	talking    points that differ by more than the limit are talked through and agreed on, with a note
//	scored     everything that people give is there
//	computed   figures were read, points and total computed; may be computed again
//	confirmed  a second person agreed
//	told       the unit was told; it may accept, or appeal until a day
//	appealed   the unit appealed and waits for the decision
//	settled    accepted, decided, or the days of appeal are over
//	final      signed: the whole case is fixed as canonical JSON with its SHA-256; nothing of it changes any more
//
// The figures that count are those that were read when the result was computed: each item keeps value, period, indicator, formula,
// parts, clause and the rows that scorers cite. An appeal is decided on these, not on figures read later. Cards live on after the
// case is signed: their colour changes by a new entry with reason, day and appeal of its own; no entry is ever changed.
//
// Limits: a run holds at most MaxCases units and MaxScorers scorers. Units are never ranked by total; lists follow the tree. The
// figures of targets come through Figures, which the caller fills.
package appraisal
