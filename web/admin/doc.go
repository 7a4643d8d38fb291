// Package admin shows what the administration of the system needs: units, persons with posts and accounts, the audit
// chain, the state of the system.
//
// Problem: few people do this work, seldom, and a mistake shuts somebody out or lets somebody in.
//
// Method: each view has an address of its own and one tab. A tab is shown to those whose post may see it. Every change
// is an action of package person, so that right, check, transaction and audit are the same for pages and commands.
//
// Limits: lists are cut into pages of pageRows rows.
package admin
