// Package record holds the pages of living registers, under /record: rows with a state, an owner and a clock. Lists with
// filters and saved views, boards by state, maps by place, what is done to many rows at once; and, in the files row_ and
// rules_, the page of one row and the rules by which a register lives.
//
// Problem: a ledger that nobody looks at dies. A page has to tell in one look what waits, for whom, until when, and who
// has not moved for long; and it has to answer at once with a million rows.
//
// Method: the rules are those of the pack (package lifecycle), the rows are driven by package record; a page asks both what
// this post may see and do and writes nothing by itself. Reading of addresses, cells, columns and files is that of package
// web/register, so that facts and living rows are listed in one way. Whoever sees only what they lead or what was given to
// them finds exactly that; posts above the school see counts of registers with personal columns unless the register names them.
//
// Limits: those of package web/register, and the constants of the files.
package record
