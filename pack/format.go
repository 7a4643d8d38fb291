package pack

// Limits of a pack. Each has a message that names it.
const (
	MaxFiles     = 400     // files of one pack
	MaxFileBytes = 1 << 17 // bytes of one file: the YAML parser takes quadratic time
	MaxDepth     = 16      // levels inside each other in a file
	MaxEntries   = 20000   // entries of one file: values, keys and members of lists
	MaxText      = 4000    // characters of one text
	maxPacks     = 200     // packs of one set
)

// format is the language of packs: for every kind of entry the keys that it may have. Nothing else is read, and
// docs/packs.md tells what each one means.
var format = map[string][]string{
	"pack": {"pack", "version", "name", "english", "about", "about_english", "uses", "extends", "documents", "switches",
		"parameters", "populations", "standards"},
	"document":   {"name", "english", "by", "issued"},
	"switch":     {"name", "english", "default", "source"},
	"parameter":  {"name", "english", "measure", "values"},
	"extension":  {"values"},
	"dated":      {"from", "until", "region", "switch", "all", "preschool", "primary", "junior", "senior", "vocational", "special", "source"},
	"source":     {"doc", "clause", "checked", "note", "note_english"},
	"population": {"name", "english", "of", "stages", "where", "source"},
	"register": {"name", "english", "of", "stages", "every", "key", "optional", "serial", "heading", "part_of", "subject", "names", "example", "source",
		"columns", "checks", "items"},
	"serial": {"column", "form"},
	"column": {"name", "english", "type", "measure", "required", "least", "most", "length", "choices", "personal", "attach",
		"help", "help_english", "was", "formula", "lookup", "counts", "default", "locked", "source"},
	"counts":    {"register", "same", "dated", "months", "where"},
	"choice":    {"name", "english"},
	"lookup":    {"table", "value"},
	"check":     {"that", "say", "english", "warn"},
	"item":      {"name", "english", "measure", "every", "per", "let", "count", "sum", "min", "max", "where", "dated", "years", "source"},
	"aggregate": {"count", "sum", "min", "max", "where", "dated", "years"},
	"table":     {"name", "english", "by", "falling", "points", "otherwise", "rows", "source"},
	"row":       {"by", "reach", "bands"},
	"indicator": {"code", "name", "english", "of", "stages", "every", "measure", "direction", "upward", "nothing", "decimals", "population", "formula",
		"share", "cells", "variant", "variant_english", "evidence", "source"},
	"share": {"item", "by", "weight"},
	"cells": {"register", "by", "let"},
	"standard": {"code", "name", "english", "of", "stages", "population", "at_least", "at_most", "above", "below", "exactly", "holds",
		"k_of_n", "all", "shortfall", "verdict", "source"},
	"shortfall": {"lack", "measure", "whole", "cost"},
	"k_of_n":    {"of", "values"},
	"limits":    {"from", "until", "region", "switch", "at_least", "floor", "source"},
	"all":       {"of", "each", "none"},
	"lifecycle": {"states", "events", "create"},
	"state":     {"name", "english", "tone", "final", "pause", "waits", "due", "edit", "silent", "remind", "late"},
	"due":       {"within", "count", "from", "on", "keep"},
	"step":      {"days", "to", "letter", "opens", "say", "english"},
	"edit":      {"by", "columns"},
	"event": {"name", "english", "from", "to", "by", "asks", "takes", "note", "attach", "gives", "guards", "set", "extend", "letter", "tell", "opens",
		"bulk", "grave"},
	"guard": {"second", "holds", "say", "english", "closed"},
	"set":   {"column", "to", "today", "option"},
	"opens": {"register", "when", "once", "copy", "fill", "part", "lead", "unit"},
	"letter": {"name", "english", "register", "series", "number", "heading", "to", "copies", "body", "rows", "signed",
		"source"},
	"letter_rows": {"register", "columns"},
	"term":        {"says"},
	"saying":      {"words", "about", "not", "stage", "part"},
	"quota":       {"name", "english", "every", "measure", "people", "of", "values", "show", "truth", "source"},
	"people":      {"register", "person", "post", "where"},
	"done":        {"register", "person", "dated", "count", "sum", "where"},
	"least":       {"from", "until", "region", "least", "source"},
	"truth":       {"share", "least", "event"},
	"calendar":    {"year", "holidays", "workdays", "source"},
	"day":         {"on", "name", "english", "source"},
	"sheet": {"name", "english", "of", "every", "total", "scorers", "difference", "appeal", "sections", "deductions", "bonus", "vetoes", "cards",
		"levels", "source"},
	"sheet_section": {"name", "english", "points", "items"},
	"sheet_item":    {"name", "english", "points", "automatic", "self", "checked", "evidence", "evidence_english", "attach", "source"},
	"automatic":     {"indicator", "figure", "stages", "linear", "steps", "share"},
	"scale_linear":  {"from", "until", "region", "switch", "none", "full", "source"},
	"scale_steps":   {"from", "until", "region", "switch", "rows", "source"},
	"scale_share":   {"from", "until", "region", "switch", "source"},
	"scale_row":     {"at_least", "at_most", "points"},
	"extras":        {"cap", "items"},
	"extra":         {"name", "english", "each", "cap", "indicator", "source"},
	"veto":          {"name", "english", "indicator", "card", "source"},
	"card":          {"name", "english", "colour"},
	"levels":        {"from", "until", "region", "switch", "least", "source"},
}
