// Package plan holds a plan from the document that a bureau hands over to the versions it adopts.
//
// Problem. A reader makes items of a document: headings, targets, facts, tasks, projects, mechanisms and
// numbers it could not place. It errs, and people must be able to put every item right, together, over
// days, without losing a keystroke, and then fix the result.
//
// Method. A draft keeps the reading as it was and a log of operations. Nothing else is state: a Desk is the
// replay of the log over the reading, and undoing is one more entry of the log. Every item carries the
// number of the last operation that touched it, so two people at the same item learn of each other instead
// of overwriting. Adopting turns the desk into a Version whose content is fixed by its hash. Two versions
// are compared by pairing their items by name, unit and path.
//
// Limits. MaxItems, MaxOperations, MaxField and MaxTogether, each with a message that names it.
package plan
