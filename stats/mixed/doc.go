// Package mixed fits linear models with random effects of groups (multilevel models) from sums that add.
//
// Problem: what a school adds to its pupils is the effect of the school in y = X b + Z u + e. Rows number in the millions, schools
// in the thousands; and a cohort, a county or a shard must be added or taken away without reading the rows again.
//
// Method: rows are read once into Sums: for every cell (distinct tuple of grouping levels) the count, the sums and the products
// of the columns of the design about a stated centre. Nothing else of the rows is kept. Fit finds the maximum of the profiled
// likelihood or restricted likelihood (Bates, Mächler, Bolker, Walker: Fitting Linear Mixed-Effects Models Using lme4, Journal of
// Statistical Software 67(1), 2015) over the relative covariances of the groups with analytic gradient. The random effects are
// eliminated level by level, the longest factor first; what then still hangs together is solved densely.
//
// Formulas are written in R's notation; coding, names and dropping of columns follow R's model.matrix and lme4.
//
// Limits: see MaxColumns, MaxFormula, MaxDense. Effects are normal, residuals have one variance (or known precision weights).
package mixed
