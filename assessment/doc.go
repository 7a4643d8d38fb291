// Package assessment holds what pupils were tested in and what they reached: exams, marks, answers to items, and who may see them.
//
// Problem: a bureau runs tests of tens of thousands of pupils, hears of others by file, and must follow pupils over the years
// without keeping their names. Method: a pupil is a keyed hash of the number that the school register gives; marks and answers
// hang on it; whoever computes gets columns (Sheet), and a Sight that says which units may be shown. Absent, zero and not
// reached are three things.
//
// Limits: MaxPupils of one exam, MaxSubjects, MaxItems of one paper.
package assessment
