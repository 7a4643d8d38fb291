// Package plan is the pages of 规划: the list, the import with its report, the reading desk, the adoption, the
// page of an adopted plan, and what a revision changes.
//
// Problem: a person reviews hundreds of items of one document over days, beside others who do the same, and
// must never lose a keystroke nor wonder where an item was read from.
//
// Method: the server renders text and items once; every act at the desk is one operation of package plan,
// sent by a form or by the script, and the answer replaces the cards it changed. The desk asks every few
// seconds what others did. Without scripts every page can be read and every act be done by a form.
//
// Limits: documents of plan.MaxOriginal bytes; an import takes at most maxRun; one process holds the imports
// that run, so one that is cut off by a restart has to be sent again: nothing of it was stored.
package plan
