// Package figure computes what officials read about an exam: means, rates, composites, bands, pupils near a line, effective
// scores, lines reached in subject and total, movement of ranks, and advice about items in words.
//
// Problem: every county computes these figures a little differently, and a figure whose rule is not stated cannot be compared.
// Method: every line, band, weight and least number comes from a dated rule of the pack assessment, or from what the caller
// asks for, and travels with the table. Absent pupils are not zeros; which of the two counts in a denominator is an option.
// Units stand in the order of the unit tree, never in that of their marks. Groups that are too small are hidden, together with
// one more where the hidden one could be found by subtraction.
//
// Limits: those of an exam.
package figure
