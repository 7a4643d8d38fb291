// Package reading turns the repaired text of a plan into its structure: outline, targets, facts, tasks,
// projects, mechanisms and meta data, each item tied to the words it was read from.
//
// The rules are rules of the language of official plans and of their usual layout; the lexicon holds words
// of the field and no place name, sentence or figure of any one document.
package reading
