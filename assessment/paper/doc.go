// Package paper composes the reports of quality monitoring: what schools added, how an exam went, how good a paper of questions
// was, for a county, a school or a subject team.
//
// Problem: figures of statistics are read by people with little time, and wrongly. Method: each report is a list of blocks without
// format (package report) that pages and documents show alike; the sentence before each chart is written from the figures of that
// chart; a school is said to differ only where its interval leaves out what it is compared with, and stands in the order of the
// units, never in that of its marks. Whoever may not see a school gets a result without it: papers hide nothing by themselves.
package paper
