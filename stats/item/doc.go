// Package item says how good a test and its items are, by classical test theory.
//
// Problem: a bureau holds the answers of up to two million pupils to a paper and asks which items were too hard, which did not
// tell the strong from the weak, which favoured one group among pupils of the same total, and how far the totals can be trusted.
//
// Method: scores are whole numbers of a stated unit, so that every sum is exact. The bits of the scores lie in planes of 64 pupils
// a word; cross products of items are counts of bits that two planes share. Reliability, correlations and indices without an item
// follow from the matrix of cross products. Groups of high and low scorers take whole groups of equal totals. Differential item
// functioning is Mantel and Haenszel's (1959) comparison of two groups within equal totals, ordered items by Mantel (1963).
//
// Missing answers: an omitted item and an item not reached count 0 into total and difficulty, and are counted apart; or, on
// request, pupils with one missing answer are left out. A pupil whose form did not hold an item, and one without any answer,
// is always left out and counted.
//
// Limits: MaxItems, MaxPupils, scores of at most MaxUnits units with at most two decimals.
package item
