// Package survey estimates from samples that were drawn by design: strata, clusters, unequal chances, finite populations.
//
// Problem: a monitoring test samples schools within counties and pupils within schools; treated as a plain sample its figures lean to
// where much was sampled and its errors come out too small. Method: every estimate carries its influence, that is how far one pupil
// moves it; the variance is that of the sums of weighted influence over first-stage clusters within strata, with a correction for
// strata of which a large share was sampled (Taylor linearisation with ultimate clusters; Särndal, Swensson and Wretman, Model
// Assisted Survey Sampling, 1992). Beside it: replicate weights (JK1, JKn, JK2, BRR, Fay, bootstrap), weights (non-response cells,
// trimming, post-stratification, raking, calibration) and plausible values with Rubin's rules. Between is the share of variance that
// lies between schools, with an interval.
//
// Conventions: those of the R package survey 4.1, against which estimates are tested to 1e-9 and standard errors to 1e-7.
// Domains keep the whole design: who is outside contributes nothing, but the clusters count.
//
// Limits: one stage of clusters carries the variance; a stratum with one cluster has none and is a fault unless it was taken whole
// (fpc 1), so census strata such as counties tested beside a sample bring no sampling error. MaxRows rows, MaxReplicates replicates.
package survey
