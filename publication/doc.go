// Package publication prepares what the bureau makes public, has a second person approve it, fixes it and keeps it.
//
// Problem: what was promised and done must be told to everybody, in words that stay as they were published, without a figure
// that points at a person. Method: a publication is prepared (paragraphs and tables), approved by somebody who neither prepared
// nor last changed it, fixed as canonical JSON with its SHA-256, served to everybody, and withdrawn only with a reason that stays
// at its address. Counts below a smallest number are hidden, and with them the least further cells so that sums do not tell
// them: Hide.
//
// Hide: with its totals a table is a matrix whose rows and columns sum to zero once the totals carry a minus sign. A hidden cell can be
// computed exactly when no other whole numbers of at least 1 fit the cells that are shown. By the integrality of network flows
// that is so exactly when no cycle leads through the cell in the graph of rows and columns whose edges are hidden cells that may
// rise or fall by one. Each small cell is given the cheapest such cycle, cells that prove needless are shown again, and small
// tables are searched for a still smaller set.
//
// Limits: one table at a time. Two tables of the same facts, or the same table a week later, may together tell what each hides:
// the approver must look. Zeros are shown (nobody stands behind them). Intervals are not guarded: a reader may learn that a
// hidden number is 3 or 4. Beyond MaxSearch cells the set is small but not proved least.
package publication
