// Package irt fits item response models: how the answers of persons to the items of a test depend on one ability.
//
// Problem: raw marks depend on which items were put; a model of each item gives abilities, difficulties and their errors on
// one scale, also for persons who answered different items.
//
// Models, θ being the ability, a the slope, d the step intercepts of an item:
//
//	binary        logit P(1)            = aθ + d
//	with guessing P(1)                  = c + (1−c)/(1+exp(−aθ−d))
//	GPCM          logit P(k)/P(k−1)     = aθ + d_k          generalised partial credit (Muraki 1992)
//	GRM           logit P(k or more)    = aθ + d_k          graded response (Samejima 1969), d falling
//
// Difficulties are b = −d/a. There is no factor 1.7. Rasch has slope 1 and a free standard deviation of the ability, all others
// the standard normal ability; OnePL has one common slope. Binary and ordered items stand in one test: a binary item is the GPCM
// and the GRM of one step; ThreePL takes the ordered items of a mixed test by the GPCM.
//
// Method: marginal maximum likelihood (Bock and Aitkin 1981). The ability is integrated out over equally spaced nodes, 161 on
// [−8, 8] with normalised normal weights unless told otherwise, and scaled by the standard deviation for Rasch. The likelihoods
// of up to eight items are tabulated together (the answers of a person are a few digits), so that a person costs some products
// a node; equal patterns are counted once. The maximum is found by Newton steps on the marginal likelihood with the observed
// information (Louis 1982), damped by the expected complete information so that every step rises and far from the maximum acts
// as a step of the EM algorithm. Many patterns start from a sample of them; the information of later steps may come from a
// sample too, the gradient never does, and the fit ends only when it vanishes on all the data.
//
// Guessing has the prior Beta(5, 17) on c, whose mode is 0.2; logLik does not hold the prior, LogPrior does.
//
// Limits: one dimension; locally independent items; see MaxItems, MaxScore, MaxRows. A slope beyond MaxSlope is held there and
// named in the certificate, for the nodes resolve no steeper item.
package irt
