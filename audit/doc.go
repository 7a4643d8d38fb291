// Package audit is the append-only chain of every write.
//
// Problem: show that nothing stored was altered, removed or added except by an action of the program.
//
// Method: each action appends one entry: when, who, which action, where, why, and for each row it wrote the table,
// the row, its version and the SHA-256 of the row as stored. The rows of one entry are linked one to the next, the
// entry holds the last link, and its hash covers the hash of the entry before it. The head (the last sequence
// and hash) is kept under a MAC whose key lies outside the data folder, so that the tail cannot be cut off.
// Verify walks the chain and then compares every stored row with the last hash that the chain holds for it.
//
// Canonical bytes: every field is written as its length in decimal, a colon and its bytes. A row is written as its
// columns in byte order of their names, each as name, type letter and value; columns that are NULL are left
// out, so that adding a column does not change the rows that were there.
//
// Limits: replacing database and key together, or putting back an older copy of the whole database, is seen only
// by comparing with a head that was published or noted elsewhere.
package audit
