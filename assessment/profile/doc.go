// Package profile looks at a school from several sides at once: conduct, study, body and mind, talent, burden of study.
//
// Problem: what matters about a school lies in different registers and exams, each with its own period and its own silence, and one
// number of it all would hide that. Method: a profile of a pack names the indicators and figures of exams of each side; of each
// the newest period of which the county has figures is shown with source and day, beside the quarters of the schools of the same
// stage in the county. A school lies in one of three bands and has no rank. What is missing says why, and who is silent. A total
// exists only where a bureau gave the sides weights in a pack of its own.
//
// Limits: maxTrend periods of one figure; bands want the least number of schools that the pack says; groups of fewer pupils than
// the smallest count are hidden from everybody but the school itself.
package profile
