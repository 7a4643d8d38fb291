// Package indicator computes indicators: the formulas of the packs over the facts of a region and a period.
//
// Problem: one formula, 100 * teachers_above / pupils, is wanted for each section, for each school, township, county and
// above, for each stage apart, without the units that the rule leaves out, with the parameters of the day and the place.
//
// Method: a Run holds one region (a Space: a subtree in preorder), one period and the switches. For each name that a
// formula reads it makes one column over all units of the space: the own cells of the units that report, and for the
// units above them the totals over those below that are counted, of the stage that is computed. One run of the formula
// over such columns then gives the value of a section and of a county alike: above the own units the same formula over
// totals, never a mean of ratios. Statistics such as cv look at the counted leaves. Columns are computed when they are
// first asked for and kept for the run, in one order, so that each is computed once.
//
// What counts: a unit takes part when it is open on Day of the period, has the stage, and the condition of the population
// holds. A unit that the population leaves out has no value, with the reason indicator.not_counted; one for which the
// condition cannot be decided has none either, with what is missing, and neither have the units above it. A total has no
// value as long as a counted unit is silent; the names of what is missing travel upward.
//
// Sums upward are compensated (Neumaier) in the order of the units, so published figures do not depend on the tree.
//
// Limits: prev may be nested MaxShift deep.
package indicator
