// Package admission places children at schools of compulsory education (阳光招生) by stated priorities and lottery, and tells the reason
// for every no.
//
// Problem: more children want some schools than these have places. Who lives in the catchment comes before who does not, an elder
// sister at the school or the distance may count, and what is left equal is decided by a public lottery; private schools with
// too many applicants draw among all. Every family may name several schools and asks why a wish was not met.
//
// Method: each school states the order of categories it takes, what orders children within a category (elder sibling, distance,
// points, years), and whether its lottery numbers are those common to all or its own (电脑派位). These make a strict order of
// its applicants. Then deferred acceptance over the wishes, or in bands where the rule says so (package optimise/matching), checked
// for blocking pairs by code that shares nothing with it. Twins share their lottery numbers. Who gets no place is listed for
// arrangement by the bureau (统筹安排), with the reason of every wish.
//
// All that counts stands in lines; docs/draw-protocol.md tells their form and how a stranger recomputes the result.
//
// Limits: MaxSchools, MaxApplicants, MaxWishes, values up to MaxValue. When the last place of a school falls to one of two twins who
// are equal in everything, the other is not taken; the certificate counts such pairs, so that the bureau can add a place.
package admission
