// Package duty says who answers for what of an adopted plan: leads, timetable and task book, action programmes, the work of each
// year, the list of powers and the list of duties.
//
// Problem. A plan speaks of targets, tasks and projects; nothing of it is done until each has one lead, a day and something to
// hand in, until no paragraph that promises something is left without, and until the yearly work of the departments agrees with
// it. Method. A Duty is a version: the first one of a node is confirmed by one person, from a suggestion that is read from the
// text (Suggest), every later one is proposed with a reason and approved by a second person; none is overwritten. Coverage lists
// every paragraph that promises something and belongs to no node, every node without a lead, every target without a measure.
// What a person decides about such a gap is a Settlement, kept with its reason. A Year is closed only when nothing is open. A
// Book is a part of the tree, made anew whenever it is shown; what was published of it stays as it was.
//
// Limits. MaxDuties, MaxHelpers, MaxMilestones, MaxDeliverables and the lengths beside them, each with a message that names it.
// The lead of a task that is already being carried out (Issue) changes by an event of its row, not by a new duty alone.
package duty
