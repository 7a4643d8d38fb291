// Package progress tells what schools add to what their pupils bring: 进步值 and 增值, from an entry exam to an exit exam, over one middle
// exam if there is one.
//
// Problem: a school whose pupils leave with high marks may only have taken in pupils with high marks. What it added is what its
// pupils reached beyond what pupils who began alike reach in the whole county, and how sure that is.
// Method: pupils are found again over the exams by their keyed hash; sums of products by school (Moments) are all that the two-level
// model needs, so that a school can be left out or a cohort be added without a pupil being read again. Effects are best linear
// unbiased predictions at the variances of the largest restricted likelihood; their intervals count that fixed effects and variances
// are estimated, by integrating over the variances (posterior.go). Ranks are told as intervals only, from simulation with a stated seed.
// A study is computed once and frozen with all that it was computed from; anybody may repeat it.
// Source: docs/progress.md holds the model, the formulas and how well the intervals hold (bench/coverage).
//
// Limits: MaxWaves, MaxCohorts, MinSchools and what package assessment bounds. A value added is a statement about schools in their
// circumstances, not proof of a cause; pupils who left are told of, not guessed.
package progress
