// Package document holds text whose every byte knows the bytes of the original it came from.
//
// An intake format turns bytes into a Source: text plus blocks (paragraphs, headings, table cells). The
// repairs of package zh turn it into a clean Mapped text through an Editor; every change is recorded as
// a Repair and the spans of the result still lead back to the original.
package document
