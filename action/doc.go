// Package action is the one way to write: who, right, check, then one transaction that holds the rows, their audit entry,
// the numbers drawn from series and the attachments.
//
// A domain package declares the rows it needs as a small interface of its own; package store implements it. Inside a Write
// the context carries the transaction: every method of the store that is given this context reads and writes in it,
// and a method that writes panics when it is given any other context. The audit entry is made by the store from what was
// really stored, so that no write can leave it out.
//
// Limits: actions do not nest. Text that travels into the entry is bounded (MaxReason).
package action
