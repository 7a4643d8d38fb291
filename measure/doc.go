// Package measure holds what a number counts and a number or the reason why there is none.
//
// A Measure is a product of base measures with exponents, such as 人 per 学生 or m² per 学生, times a scale that is only
// shown (百名, %, 万). Formulas are checked by their dimensions: 人 and 学生 are two things, so a rate of teachers per
// pupil is no pure number. A Value is a number or a Reason; NaN and infinity never leave a function of this package.
package measure
