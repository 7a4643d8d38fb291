// Package archive opens the zip containers that .docx and .xlsx files are, within stated limits.
//
// Problem: a small file may expand to gigabytes, hold a million entries or lie about its sizes. Method: the
// directory is checked before anything is expanded, and expansion itself stops at the limit whatever the
// directory says. Every refusal is a fault that names the limit. Nothing is ever written to disk.
package archive
