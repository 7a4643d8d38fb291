// Package todo is 我的待办: what one person has to do, gathered from every lifecycle, and the digest of it that is told once a
// day.
//
// Method: a state says who has to act next (lifecycle.State.Waits). For a post that becomes a few narrow questions to each
// living register (the unit of the post, the units below it, what it leads, what was given to the person), each row found is
// then judged exactly, by the same rule by which the row itself says who may act. Rows that the person made, leads or answers
// for and that wait for somebody else are the other half of the list. Nothing is stored: the list is what the rows say.
//
// The count in the top bar is kept for each post until rows, posts or units change (Desk.Count).
//
// Limits: at most MaxRows rows of one register and one reason are looked at, those with the nearest deadline first; a list
// that is longer says so. The count stops at MaxCount. The overview of a leader is made of sums and has no such limit.
package todo
