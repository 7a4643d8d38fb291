// Package admission holds the pages for places in compulsory schools and for the places of key senior schools that are allotted to
// junior schools.
//
// Problem: an office has to know where applications stand, which schools are asked for more places than they have, by what order
// places are given, and has to tell every family why; and it divides quota places among junior schools so that everybody can
// follow the sum. Method: everything is rows of registers of the pack admission. A page freezes applications, orders and places
// into a draw of kind admit, or schools and graduates into one of kind quota; the draw goes through the steps of package
// draw/ceremony; what came out is written back into the rows as events, with the reason in words.
//
// Limits: one season is one calendar year; wishes are the school that receives the application and two more; at most MaxSeason
// applications of a season are read at once.
package admission
