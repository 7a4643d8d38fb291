// Package class puts pupils into classes that are alike in every stated attribute and in their scores, and pairs the classes
// with teams of teachers.
//
// Problem: n pupils into K classes so that each level of each attribute (boys, the lowest score band, boarders, …) is spread
// as evenly as whole numbers allow, twins stay together or apart as their families wish, and the means and spreads of the scores
// differ as little as they can. Method: for each class and level the least and most that an even spread allows are computed first
// (Bounds); pupils of different classes change places by simulated annealing on the squared distances from these bounds, with
// partners that differ in as few attributes as possible, until no cell is outside or a stated number of steps is done; then
// pupils change places only where no attribute suffers, to bring the sums of scores and of their squares together (threshold
// accepting; Dueck, Scheuer 1990). Everything is done with whole numbers below 2^53, in an order that the seed fixes, so that
// every machine finds the same classes. docs/draw-protocol.md, section 7, states it step by step.
//
// Which class gets which number is drawn first, so that every pupil has the same chance of each class. A second draw pairs
// classes with teams: whatever the first did, each pupil's chance of each team is then exactly 1/K.
//
// Limits: MaxPupils pupils, MaxClasses classes, MaxColumns attributes (lists of pupils to be kept apart count as attributes),
// MaxLevels levels of each, MaxScores scores. Reaching every bound at once is not always possible, and where it is, the search
// may miss it: the certificate names each level that is off and by how much.
package class
