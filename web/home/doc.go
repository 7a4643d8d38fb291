// Package home is the first page after sign-in, 驾驶舱: what is off its track, who is silent, what falls due and what changed.
//
// Problem: a leader opens the system between two meetings and has two minutes. A county that has adopted no plan yet must see
// what comes next.
//
// Method: the lights are taken from the snapshot of the board (plan/target), which is kept in memory and follows what is stored;
// of the rows that live the page asks for counts and the first few, and keeps the answer until rows change. The targets are those
// of the unit of the present post where it has its own, else those of the region; another department and an office see what
// their unit leads. What changed is told since the last look, which is written down once for each visit. Without an adopted plan
// the page shows the steps of the work.
//
// Limits: every part holds the first few lines and leads to all of them; the steps list at most maxShown drafts and plans.
package home
