// Package table reads data tables for the statistics: columns of numbers or words of a text file with separators.
//
// Problem: statistics start from a file of rows as other programs write it, from a hundred rows to ten million, with or without
// quotes, in UTF-8 or GB18030, with missing values. Method: the file is cut into blocks that end where rows end (quotes are
// counted, so a line end inside a cell does not cut); the bytes of a row are split where the separator stands, which works in
// both encodings because no second byte of GB18030 is a comma, a semicolon, a tab, a quote or a line end; only words are decoded.
// Numbers are read exactly: up to 15 figures and a power of ten that a double holds, one division; everything else goes to
// strconv. Blocks are of one size whatever reads them, so that whoever sums over blocks in their order gets the same digits
// every time.
//
// What counts as what: an empty cell, NA and NaN are missing. A column is of words when one of its values is not a number.
// Whole numbers of more than 15 figures are words, for they are codes that a double would confuse. Empty lines are passed over.
// An empty title is allowed above the first column only, where other programs put numbers of rows; it is called X.
//
// Limits: those of Limits; a row has at most MaxRow bytes.
package table
