// Package equate puts the scores of one test form on the scale of another (等值) from observed scores, and IRT scales on each other.
//
// Problem: two papers are never equally hard, so a mark on one is not the mark on the other. Method: two groups that are alike
// (random groups, or the same pupils) are compared by Groups; two groups that differ, but share anchor items, by Anchored.
// Types are identity, mean, linear, circle-arc and equipercentile with a uniform kernel, with or without log-linear smoothing of
// the frequencies; methods with an anchor are nominal weights, Tucker, Levine (observed and true score), Braun–Holland,
// frequency estimation and chained. Formulas: Kolen and Brennan, Test Equating, Scaling, and Linking, 2nd ed. 2004, chapters 2 to 5;
// circle-arc: Livingston and Kim 2009; standard errors: Braun and Holland 1982 (linear), Lord 1982 (equipercentile),
// the delta method with the moments of the data (linear with an anchor).
//
// Conventions, which are those of the R package equate 2.0.9: variances divide by n-1; percentile ranks are rounded to ten decimals
// so that equal ranks meet; where a form has scores nobody reached, an equivalent is the middle between the upper and the lower one;
// the weight of the synthetic population multiplies counts (Options.Shares: shares, as in the book).
//
// Limits: MaxScores on a scale, MaxDegree of smoothing. Standard errors are given for identity, linear and equipercentile
// equating of groups alike and for linear Tucker, Levine and chained equating; elsewhere there is none rather than a wrong one.
package equate
