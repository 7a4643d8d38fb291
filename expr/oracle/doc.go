// Package oracle computes formulas slowly: row by row, straight from the syntax tree.
//
// Problem: the fast engine must be right for every formula and every pattern of missing values.
// Method: the plainest reading of docs/formulas.md. Only the syntax tree is shared with the engine: functions, statistics
// over leaves and the rules of what is missing are written here a second time, without looking at the first.
// Limits: time. It serves tests and the comparison of both, never a page.
package oracle
