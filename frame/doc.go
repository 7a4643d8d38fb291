// Package frame holds the dense columns on which formulas run.
//
// A Column has one cell for each unit of a snapshot, in preorder, so that a subtree is one contiguous slice. Absent cells
// hold 0 and a cleared bit in the validity bitmap: sums run over plain numbers without a test, and no NaN ever enters
// arithmetic. Why a cell is absent stands beside the column.
package frame
