// Package report shows the pages on which reports of a plan are composed, written in, signed and filed.
//
// Problem: an office must have the week's, the month's or the year's paper in a minute, see what it says before it is kept, and be
// sure that what was signed stays. Method: a preview is composed from what is stored and kept nowhere; kept as a draft, its
// narratives are written beside their figures by whoever is asked, a second person signs, and the paper is filed. Work that takes
// more than a second shows that it goes on and is found again by its address.
package report
