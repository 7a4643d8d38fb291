// Package scale turns raw marks into scores of other scales.
//
// Problem: officials compare marks of different papers. Method: standard scores (Z, T, 500 and 100), normal scores of percentile
// ranks, and assigned scores (等级赋分): pupils are cut into bands by shares of those who sat the paper, and within a band the
// raw marks are stretched over the interval of the band.
//
// Everything works on the table of distinct marks with their counts, so the order of pupils changes nothing. Cuts compare whole
// numbers and assigned scores are fractions of whole numbers until they are rounded: a half is a half.
//
// Limits: MaxBands, shares with at most two decimals. A mark is the decimal number that is written, not its nearest binary one.
package scale
