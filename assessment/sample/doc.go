// Package sample turns a monitoring test with a drawn sample into figures that hold for all pupils (质量监测抽样).
//
// Problem: a city tests some schools of some counties, and a supplier sends marks with weights; other counties buy the same test beside it
// (同步监测). Added up as they come, the figures lean to whoever was tested most. Method: the sampling table (抽样表) says for each stratum
// how many schools and pupils it has and which schools were drawn; marks and table are checked against each other, and only if they agree
// are there figures: means, shares of levels by cut points, the share of variance between schools (校间差异率), each with its
// sampling error by strata and schools (package stats/survey). Counties tested beside the sample are strata taken whole: they have no
// sampling error, stand beside the city's figures and are never added to them; whether they may be compared is what the table states.
//
// Absent pupils: their weight goes to those of their school who sat, that of a school without marks to the others of its stratum.
// Schools: figures only of schools where every pupil of the table sat; groups below the least count are hidden, and so are levels with
// few pupils. A school sees itself and the mean of its county.
//
// Limits: MaxSchools in a table, MaxStrata. Replicate weights and plausible values are in stats/survey; tables of suppliers that bring
// them are not read here.
package sample
