// Package lists draws from lists (双随机): some of n objects, and for each drawn object a team out of a list of inspectors, examiners
// or reviewers, under conflicts of interest, requirements of each seat and limits of load. It also holds the redraw of one vacant
// seat and the method of RFC 3797.
//
// Problem: who is inspected, and by whom, must be chance that nobody chose, that never puts a person where there is a conflict
// of interest, and that never ends without a full team. Method: objects are drawn stratum by stratum by systematic sampling in random
// order, so that an object of weight w comes out with probability exactly k·w/W. Then seats are filled one after the other: a person is
// chosen with equal chance among those who fit and with whom every later seat can still be filled, which a bipartite matching
// decides; so there are no dead ends without kin, and one that kin causes is tried again. docs/draw-protocol.md says every step.
//
// Chances: those of objects are exact where every possible draw of objects is known to be manned (Guarantee), those of
// inspectors are exact in small cases and else from a simulation whose seed is the commitment, with its standard error.
//
// Limits: MaxObjects, MaxInspectors, MaxSeats, MaxTeam, MaxConflicts; the weights of a stratum add up to less than 2^20.
package lists
