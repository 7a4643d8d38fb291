// Package quota shows what people of a post have to do in a period and how far they are: each person at the own school,
// counts per school above it, the list that is made public, and the draw of rows for a check of what was written.
//
// Method: register.Progress computes over the rows as they stand; nothing is stored but draws. Numbers and names of persons are
// masked until they are opened with a reason, which is an action. A draw is an action too: its seed is drawn once, kept and
// shown, and the drawn rows are then moved by the event of the check, each as an action of its own.
//
// Limits: maxRows rows of one register for a page, marksAtOnce rows marked in one request.
package quota
