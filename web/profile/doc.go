// Package profile shows the five sides of a school: each with its own figures, periods, sources and silences, beside the schools of
// the same stage in the county.
//
// Problem: a bureau wants to know how a school stands without a rank. Method: package assessment/profile makes the view; these pages
// write it as tables with a strip that shows the middle half of the schools and the place of this one, and give it out as a document
// and as a workbook. The county's page lists its schools in the order of the tree with the bands of their figures.
//
// Limits: a school sees itself and the spread of the county, a county what is below it.
package profile
