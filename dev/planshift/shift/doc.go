// Package shift renames the places and changes the figures of a plan page and of its answer key alike.
//
// Problem: a reader that was built while looking at five real pages may know their names and figures by heart. Its
// score on the same pages under other names and with other figures shows whether its rules are rules of the language.
//
// Method: a page is three things that must stay true to each other: the raw page with its noise, the clean text, the
// key. Figures are decided in the clean text: years, dates, labels, document numbers, spans of years and titles in
// 《》 stay, every other figure gets a new value by one table per page that keeps the order of values, the number of
// decimals and percentages at most 100; 1 stays, because the same duty may be written 一. The figures of the raw page
// are aligned with those of the clean text in order, so that page numbers of the raw page stay what they are. Places are
// renamed wherever they stand, also in traditional characters and with pinyin between or behind their characters,
// which becomes the pinyin of the new name.
//
// Limits: a figure of the clean text that has no counterpart in the raw page is an error. Numbers written in Chinese
// characters stay. The same seed gives the same result.
package shift
