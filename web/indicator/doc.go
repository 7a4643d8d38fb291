// Package indicator holds the pages of 指标: the catalogue of every indicator of the packs, one indicator with trend,
// comparison, distribution, map and table of the units below, and the pivot of several indicators, periods and units.
//
// Method: figures come from round.Desk.Look, which computes single indicators and keeps them until a fact changes. All pages
// read the outcome of the whole tree, so that units and periods share what is computed; what a person may see is decided
// by the standing unit (shell.Stand), and only units at or below it are shown.
//
// Limits: pageRows rows of the catalogue on one page; a pivot has at most maxIndicators indicators, maxPeriods periods and
// maxCells cells.
package indicator
