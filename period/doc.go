// Package period holds dates and spans of the calendar: calendar year, school year, term, month, day.
//
// A school year starts on 1 September and has two terms: the first to the end of January, the second from
// 1 February to 31 August. Periods are written 2024 (year), 2023-2024 (school year), 2023-2024/1 (term), 2024-03
// (month) and 2024-03-15 (day). Nothing here reads a clock.
//
// A Calendar counts working days by the public holidays that were announced for each year. Counting costs a search among
// the announced days, however far apart the two days are.
package period
