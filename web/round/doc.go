// Package round shows what an evaluation found: the verdict of a county or a school with what stands behind it, schools
// against indicators, what each school contributes to a difference coefficient, what is lacking in natural units, every
// figure opened into its parts, and frozen rounds laid side by side.
//
// A page asks round.Desk about the standing unit and period of its address and shows lines of the outcome; it computes
// nothing that the engine does not, save counts and sums of what is shown. Whoever may see the facts of a unit sees its
// evaluation; nobody sees a school through the figures of another one.
//
// Limits: one pack at a time; a list shows at most MaxRows rows.
package round
