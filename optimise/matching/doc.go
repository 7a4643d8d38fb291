// Package matching assigns applicants with ordered wishes to schools with places and priorities.
//
// Problem: every applicant names schools, best first; every school has places and an order of those who want it. Find who goes
// where, so that it can be defended: nobody is passed over by somebody who stands behind them (no justified envy), no wished
// place stays empty (no waste); both together mean that no applicant and school would rather have each other (no blocking pair).
//
// Methods, all exact in integers:
//   - DeferredAcceptance: applicants propose, schools keep the best so far. The result has no blocking pair and is the best for
//     every applicant among all such results; naming true wishes is the best that an applicant can do (Gale and Shapley, College
//     admissions and the stability of marriage, 1962; Dubins and Freedman 1981; Roth 1982).
//   - Boston: wish by wish, every place given is final. Naming a wished school second may lose it.
//   - Parallel: 平行志愿 in bands. Within a band places are kept by deferred acceptance, after a band they are final. Bands of one
//     wish are Boston, one band of all wishes is deferred acceptance (Chen and Kesten, Chinese college admissions and school
//     choice reforms, 2017).
//   - TopTradingCycles: applicants trade priorities; nobody could be better off without somebody being worse off, but justified
//     envy may remain (Abdulkadiroğlu and Sönmez, School choice: a mechanism design approach, 2003).
//
// Check counts what is wrong with any result. It shares no code with the methods.
//
// Priorities are strict: where a school's rules leave two applicants equal, their lottery numbers go into the key before (see
// Key); of equal keys the applicant with the lower number stands first.
//
// Limits: MaxApplicants, MaxSchools, MaxWishes. Wishes are lists; rules over sets of pupils (quotas by kind within one school) are
// made by splitting a school into several.
package matching
