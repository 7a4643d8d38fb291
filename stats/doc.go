// Package stats holds statistics that know nothing of education: series and their projection with an interval.
//
// Problem: a target stands over five to fifteen yearly values, and somebody must know in time whether it will be reached.
// Method: a Projector looks at a series as a level and a drift with three kinds of noise, that of each year alone, that of a
// level that wanders and that of a drift that changes. How much of each there is, is not known and not chosen: every mixture
// of a grid is tried, level, drift and scale are integrated out (flat priors, so each mixture predicts by a t distribution),
// and the mixtures count by how likely they make the series (Bayesian model averaging over a structural time series, see
// Harvey, Forecasting, Structural Time Series Models and the Kalman Filter, 1989; West and Harrison, Bayesian Forecasting
// and Dynamic Models, 1997). The interval is that of the averaged distribution.
//
// Limits: at least MinPoints and at most MaxPoints values; moments need not be evenly spaced. Values of a bounded figure are
// projected without the bound and cut off at it. Nothing is known of what somebody is about to do: the interval holds if things
// go on as they went. The share of held-back years that lie in the interval is measured by projection_test.go.
package stats
