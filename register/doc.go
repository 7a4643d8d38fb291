// Package register holds the facts: typed rows declared in packs, with the unit and the period they belong to, who reported
// them, when, and from which file or form.
//
// A row holds one cell for each column of its register, in the order of the declaration. Computed columns and items are
// made from reported cells by the rules of the pack and can be made again at any time; they are never imported.
//
// Limits: MaxRows rows of one import.
package register
