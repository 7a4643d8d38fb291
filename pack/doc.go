// Package pack holds every declaration of the packs (规则包), typed, checked and resolved by date.
//
// Problem: an official rule is data with a date and a clause. A clerk can read it, a new document adds to it, and a wrong
// name, a threshold without a source or a formula that adds people to pupils is told when the pack is loaded, with file,
// line and column, all faults at once.
//
// A pack is a folder: pack.yaml, registers/*.yaml, tables/*.yaml, indicators/*.yaml, standards/*.yaml, each with its tests
// (*.itest) beside it. docs/packs.md is the language for those who write packs. This package only declares and checks;
// register, indicator, standard and round interpret.
//
// Limits: MaxFiles files of MaxFileBytes bytes.
package pack
