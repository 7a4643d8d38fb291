// Package pdf reads the text of PDF files.
//
// Problem: a PDF holds characters at places on pages, not sentences. Method: pdfium, built as WebAssembly, runs
// in a sandbox without files, network or clock and gives every character with its box; lines become paragraphs
// by indentation, fullness of the line and size; page numbers and running heads are known by their place and repetition and left
// out. A file whose pages are pictures is recognised as a scan and refused, so is one whose characters have no
// meaning outside its own fonts. A row of a table that
// stands out by gaps becomes one line with " | " between the cells, also where its cells run over several lines.
//
// Limits: MaxFile bytes, MaxPages pages, MaxCharacters characters, maxMemory of the sandbox, maxTime a file.
// The engine is compiled once a process, which takes about a second at first use; at most two files are read at a time.
// The text is the result of the layout, so spans count in the text itself (Part "text").
package pdf
