// Package appraisal shows runs of score sheets: opening, self scores, the desk of scorers, what differs, the result of a unit with
// what every number rests on, cards with their history, appeals and the signature. Lists follow the tree of units; nobody is ranked.
package appraisal
