// Package register holds the facts: typed rows declared in packs, with the unit and the period they belong to, who reported
// them, when, and from which file or form.
//
// A row holds one cell for each column of its register, in the order of the declaration. Computed columns and items are
// made from reported cells by the rules of the pack and can be made again at any time; they are never imported.
//
// Rows are computed as columns of a whole register at once: Rules.Compute gives a Grid with the computed columns (row_*.go)
// and the items of every unit (item_*.go). A cell that lacks something is missing under the names of what it lacks, never
// 0. The slow way to the same numbers is packtest/oracle; a property test holds both together.
//
// Limits: MaxRows rows of one import, MostYears years of a rolling window.
package register
