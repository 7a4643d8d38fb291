// Package oracle computes the values and verdicts of packs slowly: unit by unit, row by row, name by name.
//
// Problem: the engine that judges a county must be right for every rule, every pattern of missing values, every merger,
// exclusion, switch and date.
// Method: the plainest reading of docs/packs.md and docs/formulas.md. Shared with the engine are only the declarations of
// the packs and the syntax trees of their formulas (which package expr/oracle computes); how dated values are resolved, rows
// looked up and gathered, populations counted, totals made, assets divided and verdicts reached is written here a second time.
// Nothing is kept: every question is answered from the rows again.
// Limits: time. It serves tests and pack test, never a page.
package oracle
