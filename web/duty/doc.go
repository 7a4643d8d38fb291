// Package duty is the pages of 责任分工: who leads what of an adopted plan, by when, and what is still open.
//
// Problem: a plan is carried out by dozens of offices over years; each must see its own part, on the screen, on paper and as a
// file, and the planning office must see at once what nobody leads, what is late, what the text promises and nobody took up.
// Method: one table of the plan (package plan/duty) is filtered, drawn as a road map, printed as a task book, exported and
// published; gaps are listed with a form beside each list; a change of a lead waits for a second person.
//
// Limits: a form of confirmations of duty.MaxDuties nodes; a road map draws what the table shows, up to 500 nodes.
package duty
