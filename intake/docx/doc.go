// Package docx reads the text of Word and WPS documents (.docx).
//
// Problem: what a person sees in such a file stands in several parts: the words in the main part, the numbers
// of headings in the numbering part, the outline in the styles. Method: the main part is walked once as a
// stream of events; kept characters keep their place in the bytes of that part, the label that Word would print
// ("一、", "（二）") is counted from the numbering and inserted. Text that Word would not print is left out:
// deleted revisions, hidden text, field codes, the table of contents, headers, footers, notes and comments. A
// row of a table becomes one line with " | " between the cells; a row of one cell becomes ordinary lines, so that a boxed column
// reads like text. Text boxes stand where they are anchored.
//
// Limits: those of package archive, nesting of maxDepth elements, maxBlocks paragraphs and cells. Everything that cannot be read is a fault.
package docx
