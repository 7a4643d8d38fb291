// Package ceremony keeps draws as things that go through steps in public: prepared, announced, witnessed, seeded by two persons,
// drawn, made public.
//
// Problem: a draw convinces nobody when who runs it can change the list, the rules or the seed between two looks. Method: one
// office prepares the list and the rules; fixing them computes the announcement with its commitment, a second person publishes it
// through package publication, and from then on nothing can be changed: the draw can only be withdrawn with a reason, which stays
// visible, and begun again. Words of witnesses are fixed by their hashes before the first one is told. The values of the sources
// are entered by one person and confirmed by another. The result is computed from what was announced and nothing else, is kept
// under the commitment as its key, so that no second result can stand beside it, and is published like the announcement.
//
// What stands behind the lines (names, numbers, the secret of the salts) is sealed with the key of its own purpose and opened only
// inside the unit that runs the draw, one by one, each look with its reason in the chain.
//
// Limits: one source of witnesses per draw, at most MaxWitnesses of them. A witness who commits and does not tell the word is
// counted by the hash alone; who is last to tell can see both outcomes before choosing to be silent, which the proof shows.
// Values of lotteries are typed: two persons and everybody who reads the proof compare them with what was published.
package ceremony
