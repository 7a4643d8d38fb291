// Package job runs long work in the background: reading a large file, sealing rows again, a round.
//
// Method: a job is a row. A runner takes it under a lease, renews the lease while it works, writes down how far it has come, and ends
// it with a result or with faults. When the program is killed the lease runs out; the job is then taken again, or, when its
// kind must not run twice, marked as broken with the reason. Somebody may ask to cancel; the work sees its context end.
//
// Work that writes does so through actions of its own; a job that is taken again must therefore find out what it
// did before, or be of a kind that is not repeatable.
//
// Limits: input and result are texts of at most MaxText bytes; a job is tried MaxAttempts times; a kind states how
// long one try may take.
package job
