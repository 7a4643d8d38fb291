// Package standard judges: it compares the values of indicators with the thresholds in force and gives 达标, 不达标 or
// 无法判定, with what is lacking in natural units.
//
// Each verdict is defined once, first match wins:
//
//	a threshold   of the unit itself: 无法判定 when no threshold is in force on indicator.Day of the period (尚无标准) or the value
//	              is unknown; 达标 when the value stands to the threshold as the comparator says, compared by measure.Compare
//	              (以上 and 以下 include the number) or the indicator says `nothing: pass` and finds nothing to divide by (不涉及);
//	              else 不达标.
//	k of n        不达标 when one value is below its floor or too few can still be met; 无法判定 when one is unknown; else 达标.
//	all           不达标 when one part fails; 无法判定 when one is unknown; else 达标. A veto is a part like the others.
//	units above   the same over every counted unit below. A unit that is not counted is not judged.
//
// The floor of k of n is never rounded: 85 % of 5.3 is 4.505. For at_most the value may exceed the threshold to threshold ÷ floor.
//
// What is lacking is told for each unit that fails, people and rooms rounded up per unit, and summed upward.
package standard
