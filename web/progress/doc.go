// Package progress shows the pages on which studies of value added are made and looked at.
//
// Problem: a clerk must get from two exams to a fair figure for each school in one form, and whoever reads it must see at once how sure
// it is. Method: entry exam, exit exam, done: the rest of the form has sensible values; a study leads with sentences written from the
// figures, then the schools with their intervals, the way from entry to exit, the table, who is missing, and what it all was computed by.
package progress
