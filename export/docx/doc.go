// Package docx writes documents in the layout of official documents (GB/T 9704) as .docx, and fills templates.
//
// Problem: bureaus go on editing what we hand them, in Word and in WPS, so a document must hold real styles, automatic
// numbers and tables. Method: paragraphs are collected and written as the few parts that both programs need, on
// archive/zip; headings number themselves (一、 （一） 1. （1）), page numbers stand outside at the foot. The fonts are those of
// the standard (方正小标宋简体, 黑体, 楷体_GB2312, 仿宋_GB2312); where one is missing the programs take the font that
// the font table names instead. The same calls give the same bytes: nothing reads a clock.
//
// Letters (WriteLetter) follow GB/T 9704-2012 as we know it; the clauses:
//
//	5.1, 5.2.1   A4; 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm
//	5.2.2, 5.2.3 3号仿宋 (16 points); 22 lines a page, 28 characters a line: lines of 28.95 points, letters a quarter of a point closer
//	7.2.4        发文机关标志 red, centred, 35 mm below the upper edge of the text; its size is as large as one line allows
//	7.2.5, 7.2.7 发文字号 two lines below, centred, 〔〕 and no 虚位; a red line as wide as the text 4 mm below it
//	7.3.1        标题 2号小标宋, centred, two lines below the red line, in lines of about the same length
//	7.3.2, 7.3.3 主送机关 one line below, 全角冒号; paragraphs indented by two characters; 一、 in 黑体, （一） in 楷体, 1. and （1） as the text
//	7.3.5.1      成文日期 in Arabic figures, four characters from the right; 署名 centred above it (form with a seal)
//	7.4          版记 at the lower edge of the last page: lines of 0.35 and 0.25 mm, 抄送 and 印发 in 4号仿宋
//	7.5          page number in 4号宋体 between dashes, 7 mm below the text, one character from the outer edge
//
// Uncertain or left out: the weight of the red line (we take 1.5 points, the standard names none that we know of); 份号, 密级,
// 紧急程度, 签发人 and 附件 have no place yet; the seal is put on the print by hand. A long 版记 on a page whose text is full moves with the
// date to the next page.
//
// Templates (ReadTemplate) are the bureau's own .docx with marks {{name}}. Word splits a mark over runs as it likes: the texts of a
// paragraph are joined, the mark is found in the whole, the value goes where it begins. Only the <w:t> elements that a mark touches
// are written anew, everything else stays byte for byte.
//
// Limits: four levels of headings, tables of up to 63 columns; MaxMarks marks; templates within the limits of document/archive, without
// macros, embedded objects and parts fetched from elsewhere.
package docx
