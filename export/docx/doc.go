// Package docx writes documents in the layout of official documents (GB/T 9704) as .docx.
//
// Problem: bureaus go on editing what we hand them, in Word and in WPS, so a document must hold real styles, automatic
// numbers and tables. Method: paragraphs are collected and written as the few parts that both programs need, on
// archive/zip; headings number themselves (一、 （一） 1. （1）), page numbers stand outside at the foot. The fonts are those of
// the standard (方正小标宋简体, 黑体, 楷体_GB2312, 仿宋_GB2312); where one is missing the programs take the font that
// the font table names instead. The same calls give the same bytes: nothing reads a clock.
//
// Limits: four levels of headings, tables of up to 63 columns.
package docx
