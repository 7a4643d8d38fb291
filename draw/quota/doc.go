// Package quota divides the places that senior schools reserve for junior schools (指标到校, 名额分配), and admits by them.
//
// Problem: a stated share of every good senior school's places goes to the pupils of each junior school, in proportion to its
// graduates with a full study record, so that a village school has its chance too. Then pupils compete within their junior school;
// who is left competes with all others. Every family asks why the number of its school is what it is, and why its child was not
// taken.
//
// Method: the places of each senior school are apportioned by Hamilton or Webster with a least number, a higher one for rural
// schools, and no more than a school has graduates (package optimise/apportion); ties by the lottery. Then the quota track: within
// a junior school by score, those equal by the stated order of subjects, then by lottery number, over the wishes by deferred
// acceptance, nobody below the school's line for quota places. What stays empty goes where the rule says (Unused…). Then the
// unified track: everybody left by score over their wishes in bands (package optimise/matching). Each track is checked for
// blocking pairs by code that shares nothing with it. Every wish that was better than the result gets its reason.
//
// All that counts stands in lines; docs/draw-protocol.md tells their form and how a stranger recomputes the result.
//
// Limits: MaxSeniors, MaxJuniors, MaxPupils, MaxWishes, MaxTies, scores up to MaxScore. The line for quota places is a score, not a
// distance from the unified track's last score. A junior school may get more places in all than it has graduates when least
// numbers at many senior schools ask for it; they stay empty then and follow the rule for unused places.
package quota
