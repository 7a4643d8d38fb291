// Package search finds units, plans and what plans hold by a text, from the box at the top of every page (Ctrl+K).
//
// Problem: somebody on the telephone names a school or a target and wants to be on its page in two seconds.
//
// Method: the text is looked for in names and codes of the units, in the titles of the plans in force and in the names and
// sentences of their targets, tasks, projects, mechanisms and facts; every word of the text must stand there. Names that hold it
// come before sentences. Only what the present post may see is searched.
//
// Limits: texts of at most maxText characters; at most maxHits hits are shown of each kind, with the number of all.
package search
