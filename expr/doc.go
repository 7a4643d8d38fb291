// Package expr is the formula language: it reads, checks and runs formulas over named items.
//
// Problem: an official rule such as 100 * teachers_above / pupils is data. A clerk can read it; a wrong name, a condition
// where a number belongs or a sum of people and pupils is told when the rule is loaded, with line and column; and it is
// computed for twenty thousand units while somebody watches.
//
// Method: our own reader by precedence (docs/decisions/2026-11-22-formulas.md), a check of types and measures, closures over
// blocks of columns. Absent rows carry the number of a reason, so that the loops stay free of branches where all is present.
// The package oracle computes the same tree slowly, row by row, and shares nothing else; tests hold both together.
//
// Limits: MaxText characters, MaxDepth levels, MaxNodes parts. Statistics over leaves cost one pass per level of the
// tree. The language for its users stands in docs/formulas.md.
package expr
