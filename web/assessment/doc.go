// Package assessment shows exams: their list, what each holds and lacks, the import of marks, the pupils of one's own school, and how
// far pupils are found again over several exams.
//
// Whoever holds an exam changes it; a school sees itself and the total of its county; see package assessment for who sees what.
package assessment
