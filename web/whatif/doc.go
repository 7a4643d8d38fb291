// Package whatif holds the pages that answer "what becomes of the county if …" (推演).
//
// Problem: before a school is merged, a teacher sent or a threshold raised, somebody wants to see which verdicts move.
//
// Method: a what-if is a list of changes, no more than MaxListed of them, which stands in the address: every state of the
// page can be sent to a colleague, the way back of the browser is the way back, and nothing is stored unless it is saved under a name. Each answer
// evaluates twice over the facts as they stand, without and with the changes (package round), and lays the two side by side.
// Facts are never written.
//
// A what-if is never mistaken for facts: title, banner, foot of the print and every exported sheet say that it is one, and no
// other page reads what is saved here.
//
// Limits: see the constants; every fault of the changes is told at once, each beside its change.
package whatif
