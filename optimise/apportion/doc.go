// Package apportion divides whole places among parties in proportion to their weights.
//
// Problem: a senior school gives 100 places to twelve junior schools by their graduates. Fractions of a place cannot be given, so
// some are rounded up and some down; everybody wants to know why. Some have a least number, none may get more than a most.
//
// Methods, both published and old:
//   - Hamilton (largest remainder, 1792): everybody gets the whole part of their claim, the places left go to the largest
//     fractions. Every party gets its claim rounded up or down (quota rule). One place more in all may take one from a party
//     (Alabama paradox).
//   - Webster (Sainte-Laguë, 1832): places are given one by one, each to the party with the largest weight / (2·places + 1). A place
//     more in all never takes one away (house-monotone); very rarely a party gets more or less than its claim rounded.
//
// Sources: Balinski and Young, Fair Representation, 1982; Pukelsheim, Proportional Representation, 2014.
//
// Least and most. A claim is weight × rate, but at least Least and at most Most, with the one rate at which all claims together
// are the places (Resolve; the rate is a fraction of whole numbers, found by fixing in each round those below their least or those above
// their most, whichever are further off together, as in Bitran and Hax 1981). Hamilton rounds these claims. Webster begins with
// every Least and passes over who has reached Most.
//
// Ties: who has the smaller Tie gets the place; they are numbers of a lottery, or of a stated order. Tied names who could have
// got the last place instead.
//
// Exactness: only whole numbers, and every product stays below 2^53, so that browsers compute the same: at most MaxParties parties,
// MaxSeats places, and weights of at most MaxWeight together.
package apportion
