// Package zh mends Chinese text: it finds the noise that web pages, document-sharing sites, old encodings
// and scanners leave in an official text, and says what to write instead.
//
// Every repair is a pass: a pure function from a text to edits in order of position. A pass removes noise and
// never rewords; slips of the author stay. Each pass runs in linear time. What a pass is not certain of it
// leaves alone, so that a clean text comes out as it went in.
package zh
