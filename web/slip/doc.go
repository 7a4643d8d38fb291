// Package slip prints the slips (告知单) with which families check their own line of a draw, and gives them out as files.
//
// A slip holds the name of the pupil, the line, its result and a code to scan. The address in the code leads to the public page
// of the line; behind its # stands the salt, which browsers send to nobody. Only the unit that runs the draw makes slips, with
// a reason, and each time stands in the chain: see ceremony.Desk.Open.
package slip
