// Package target sets the targets of adopted plans in motion: it shares them out to units, ties them to what measures them,
// follows their values and tells by a stated rule how each one stands.
//
// Problem: a target that stands in a published plan moves nothing. It must be split over counties and schools, each with a
// baseline and a goal of its own, get its value without anybody typing a percentage, and show in time that it will be missed.
// Method: a Track names a target through all versions of its plan; a Split is what one unit hands to the units below it, a
// Binding what measures it; both are versions with a reason and a second person's approval, and none is ever overwritten. A
// Series of measured values is judged against the Goal by Judge, a pure function; a Board holds the judgement of every target
// for every unit and follows the facts as they are stored.
package target
