// Package light shows how the targets of an adopted plan stand: the tree of the plan, the wall chart, and the pages of one office
// and of one school.
//
// Problem: a plan has hundreds of targets, a county dozens of schools and a city hundreds. Whoever leads must see at a glance
// where it is red, whoever works must see what is theirs, and both must come from a light to the paragraph behind it.
//
// Method: every page is drawn from one snapshot of the board (plan/target), so that two pages opened at the same moment agree.
// The tree follows the headings of the plan; a heading, an office and a stage are rolled up by the rule that stands on the page.
// The wall chart is a matrix of targets (or fields, or leads) and units, cut into screens that turn by themselves, and
// whole on paper. Everybody with a post sees the lights of the units below their own and of those above it.
//
// Limits: the wall shows wallRows × wallColumns cells on a screen, paper printCells on one page.
package light
