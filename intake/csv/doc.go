// Package csv reads tables kept as text: .csv with commas, semicolons or tabs.
//
// Problem: such files come out of many programs, with or without quotes, with gaps and with line ends inside
// cells. Method: the separator is the one that the first line holds most; quotes follow RFC 4180. Row numbers are those that
// a spreadsheet program shows. The encoding is found by the caller.
//
// Limits: MaxRows rows, MaxColumns columns.
package csv
