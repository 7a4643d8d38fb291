// Package xlsx writes workbooks in the look of official tables: a merged title, a head row that repeats on
// every printed page, borders, wrapped text, A4 landscape.
//
// Every text is written as text, so that a name that begins with = is never run as a formula. Limit: MaxRows
// rows a sheet and the 32,767 characters of a cell; longer text is cut and ends in ….
package xlsx
