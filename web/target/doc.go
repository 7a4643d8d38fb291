// Package target holds the pages of targets in motion: how a target stands, what measures it, to whom it was shared out, what was
// amended, and what was known of it on a day in the past.
//
// Problem: one sheet has up to some hundred units with a baseline, a goal, a deadline and a reason each, and nothing of it may be
// stored half. Method: a sheet is a form that goes to the server whole; filling by a rule and reading a file only change the
// form, and the one action that stores is the proposal, which a second person approves.
package target
