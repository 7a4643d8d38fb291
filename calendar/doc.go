// Package calendar is the working calendar of the bureau: the public holidays that came with the packs and the single days
// that the bureau read in itself.
//
// Problem: deadlines count working days, and which days are worked is announced year by year, late in the year before; a
// province or a bureau may add days of its own, and must not wait for a new version of the program.
//
// Method: Of lays the days read in over those of the packs: the days read in win, day by day. A year counts as announced when
// a pack holds it or when so many days off were read in as the law fixes for a year; every other year counts by weekday, which
// period.Calendar.Known tells.
//
// Limits: MaxRows rows of a table, MaxName characters of a name, years FirstYear to LastYear.
package calendar
