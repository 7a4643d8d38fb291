// Package html reads saved web pages.
//
// Problem: the words of a plan stand between scripts, menus and tables that only place things. Method: the tags
// are read as a stream, never as a tree, so that broken pages are read as far as they go and every character
// keeps its place in the file. Block elements end lines; a table of data gives one line a row with " | " between
// the cells, a table that only lays out the page gives ordinary lines; numbers of ordered lists are part of the text.
// Scripts, styles, menus, asides, blocks that are mostly links, choices of forms, hidden elements and pronunciation marks are left out; what else does not
// belong to the plan is left to the repairs of package zh.
//
// Limits: MaxBytes of decoded text. Time and memory grow linearly with the page.
package html
