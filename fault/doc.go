// Package fault holds what is wrong with the data or the request of a user: the place, the reason, the remedy.
//
// Three kinds of failure are kept apart. A programmer's error panics. A fault is shown to the user in
// words, all of them at once, so functions collect faults in a List instead of stopping at the first. Every
// other error is wrapped for the operator and shown as 系统内部错误 with an id.
package fault
