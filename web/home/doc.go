// Package home is the first page after sign-in: what is in the system, what waits, what comes next.
//
// Problem: somebody opens the system between two meetings and must see in one look where the work stands.
//
// Method: counts of what is stored, the drafts that wait for review, the plans in force, and the steps of the work in
// their order, each with what it has reached. Only what the present post may see is read and shown.
//
// Limits: at most maxShown drafts and plans are listed; the page of plans holds all of them.
package home
