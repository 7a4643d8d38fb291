// Package store keeps rows in SQLite or PostgreSQL behind the small Store interfaces that the earlier packages declare.
//
// Method: one schema and one SQL text for both databases. SQLite runs in WAL mode with one writer and a pool of readers and
// syncs each commit, as acknowledged means stored. Every write runs inside Transact (see package action): the helpers
// insertRows, updateRow, replaceRow and deleteRows write, read back what was stored, hash it and note it for the audit
// entry, which is appended before the commit. updateRow and deleteRows keep the older version in row_version.
//
// Three kinds of table: those of the chain itself, those under the chain (the normal case: a column id, and a column version when rows
// change), and the sealed ones (sessions, throttle, jobs), which change too often for the chain: each row carries a MAC,
// and the count and the sum of the MACs stand, under a MAC, in sealed_head. Verify finds the tables in the database itself, so that
// no table can be forgotten.
//
// Limits: whoever holds the key can rewrite history; see package audit.
package store
