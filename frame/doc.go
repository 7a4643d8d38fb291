// Package frame holds the dense columns on which formulas run, and their totals for every unit of the tree.
//
// A Column has one cell for each unit of a snapshot, in preorder, so that a subtree is one contiguous slice. Absent cells
// hold 0 and a cleared bit in the validity bitmap: sums run over plain numbers without a test, and no NaN ever enters
// arithmetic. Why a cell is absent stands beside the column.
//
// A Frame holds one column for each item and period over one snapshot of the tree. A cell belongs to the unit that reports:
// an item names the duty to report it, and a row of any other unit is refused, since a school and its sections would both
// be counted. A Total is the sum over a subtree and never stands without its coverage, how many units reported of those
// that must; Silent names the rest. A Ratio is total over total, never a mean of ratios.
//
// Method: a Rollup adds up the tree from the deepest level to the roots. The total of a unit is its own cell plus, from left
// to right, its children; the children of one level lie next to each other, so this is a scan of contiguous slices, four
// columns side by side. The order depends on the tree alone: totals have the same bits on any number of processors, and
// after an update as after a rebuild. Published figures use compensated summation and do not depend on the tree either.
//
// Readers and a writer: rows are written in place under a lock; Read waits for a writer and a writer for readers, so each
// sees whole rows. A Snapshot is immutable and shares every column until that column is written.
//
// Limits: MaxItems, MaxPeriods, MaxCells, MaxFaults. A column takes 8⅛ bytes a unit, used or not, once one row of it is
// known. The tree of a frame never changes: a merger of schools needs a new snapshot and a new frame.
package frame
