// Package access says who may see and do what, where, in plain Go.
//
// Rights come from posts. A post is a role at a unit, and units are numbered in preorder, so that "in the subtree of" is
// one comparison of two intervals; the same interval serves as a WHERE clause. What is asked about is a Thing: its class of
// data, the unit it belongs to, who leads it and whose it is. The table in rights.go is the whole of the rules.
//
// Limits: rules about the state of a row (who may close a finding) belong to its lifecycle, not here.
package access
