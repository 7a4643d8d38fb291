// Package percentile tells where a pupil stands among those who began as high: growth percentiles (成长百分等级).
//
// Problem: a gain of marks says little, for it depends on where one began. Method: one hundred quantile regressions of the outcome on cubic
// B-splines of one or more prior scores (Betebenner 2009), at τ = (j-0.5)/100, j = 1..100; the growth percentile of a pupil is how many
// fitted quantiles lie strictly below the outcome, at least 1 and at most 99. Knots are the 20, 40, 60 and 80 % quantiles of a prior
// (type 7), the boundaries its range widened by 10 % on both sides. Fitted quantiles that cross are sorted for each prior.
//
// Each regression is solved exactly as a linear program: the simplex method of Barrodale and Roberts, which steps over many observations
// at once, begun at the solution of the neighbouring τ. Rows with the same priors and outcome are one row with a weight, and rows with the
// same priors share their fitted value, so the cost grows with the number of distinct scores, not of pupils. Equal values are told apart by
// a change of the outcome far below any figure, so the method cannot run in a circle; the solution is then that of the values as they
// are, and the certificate tells by how much a bound from the dual misses it.
//
// Ties: a fitted quantile equal to the outcome (to a billionth) is not below it. Missing: a pupil without outcome or any prior has none
// (0) and is counted. Knots that fall together count once; columns that depend on others are left out, and both are told.
//
// Limits: MaxRows pupils, MaxPriors priors, at least LeastRows complete rows. Errors of the prior score are not corrected: schools with a
// weak intake are shown a little too low, as with every method that takes the prior as it is.
package percentile
