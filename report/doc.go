// Package report composes the official reports of a plan in motion: weekly dispatch (调度), monthly circular (通报), quarterly
// inspection (督查), yearly appraisal (考核), mid-term and final evaluation (中期、终期评估).
//
// Problem: an office writes the same figures into six papers a year, by hand, and a paper that was signed must not change when
// a figure does. Method: a Report is a document without format: blocks of headings, paragraphs, tables, charts and narratives.
// Compose writes one from Sources, plain figures that Gather reads from the board of targets, the duties and the living rows. It
// is kept as canonical JSON with its SHA-256. What the system cannot know is asked for beside the figures already filled in
// (Narrative); a figure stated otherwise than it is stored needs a reason. A second person signs, the number comes from a run
// without gaps, and from then on the report is frozen: it holds its figures itself and looks nothing up.
//
// Who writes a report of another kind (look-back, task book) builds a Report with New, Heading, Text, Table and Chart; the
// writers, the filing and the pages take every kind.
//
// Limits: MaxBlocks blocks, MaxRows rows and MaxColumns columns a table, MaxPoints points and MaxSeries series a chart; texts
// are in Chinese whatever the reader's language, as these are official documents.
package report
