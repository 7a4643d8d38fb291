// Package register holds the pages of the registers (台账): which there are and who has reported, the rows of one, a row with
// its history, the import of a table in two steps, and the findings that persons make with an attachment.
//
// Every page stands on a unit and a period. Rights are asked for each unit: a row is seen by whoever may see the facts of its unit
// and written by whoever may change them; where a register has personal columns, the right to change these too.
// Personal cells are masked; opening them takes the right, a reason, and is an action of its own.
//
// Nothing of an imported file is stored before it is confirmed. Until then the file waits in memory, sealed off from other persons, and
// goes with the program or after maxWait.
//
// Limits: maxUpload bytes a file, maxHolds files that wait at a time, PageRows rows a page, sumRows rows that are added up.
package register
