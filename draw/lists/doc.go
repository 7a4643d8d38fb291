// Package lists draws from lists: k of n objects, and for each drawn object a team out of a list of persons under conflicts of
// interest, requirements and load (双随机); it also holds the method of RFC 3797.
package lists
