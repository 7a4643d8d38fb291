// Package unit holds the tree of a region: province, city, county, township, school, section, kindergarten,
// office, training centre.
//
// A Tree numbers its units in preorder, so that every subtree is one contiguous slice of every column that
// is kept per unit: a right on a subtree and a roll-up are both an interval of numbers.
//
// A History tells units as they were on any day. The stored units stand as they are after every recorded event; an event keeps
// the states before it, so that walking back from the latest gives every earlier day, and undoing is writing them back. Events of
// one unit are therefore recorded in order of their days. Mergers carry figures and rights along (Predecessors, Origins);
// the parts of a split do not: nobody can tell which part of a figure is theirs.
//
// Codes: divisions have the 6, 9 or 12 digits of the national division codes; schools and kindergartens the
// 10 digits of the national identification code (2 of type, 2 of province, 6 of serial; it carries no check digit);
// sections the code of their school, a hyphen and the stage. Source: 学校(机构)标识码 coding rules, GB/T 2260.
package unit
