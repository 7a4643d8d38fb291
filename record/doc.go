// Package record drives rows that live: findings, rectifications, tasks, everything with an owner and a clock.
//
// A register with a lifecycle (package lifecycle) keeps, beside its declared columns, in which state a row stands, since
// when, until when somebody has to act, who leads it, to whom it was given and who made it. A Desk is the only way in
// which such rows are written: it makes them (Create), changes columns (Edit), moves them by an event (Move), takes in
// tables (Import) and runs their clock (Clock). Each write is one action: the row, what is told about the event, its
// files, the letter and the rows that it opens stand or fall together.
//
// Two people acting on one row at once: the version that somebody read comes with what they do. Who comes second gets a
// *Stale that says what the first one did.
//
// Lists, boards and counts (List, Tally) are answered from a small image of the columns that can be narrowed or sorted,
// kept in memory and brought up to date by the audit chain, so that neither counts nor pages read a whole register. What a
// list asks (an open state, a choice, a unit) is a set with one bit for each row; a page is read off an order of all rows
// that is kept, too. Both are corrected for the rows that were written. Limits: a million rows take some 300 MB and are
// read in about ten seconds at the start, for which lists wait; a register of which a row was deleted is read anew; an
// order by a column of texts is not kept, so each page of it looks at every row of the set.
//
// Limits: the constants Max….
package record
