// Package intake reads a file of whatever format into a document.Source.
//
// The content decides, the file name only helps where the content leaves it open: people rename files, and web
// sites hand out web pages named .doc. What cannot be read is refused with a fault that says what the file is and what to do
// (另存为 .docx …). Nothing here writes anything.
//
// Limits: MaxUpload bytes a file; further limits stand with each format.
package intake
