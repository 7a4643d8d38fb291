// Package attachment takes in the files that people keep with a row: photos, PDF, Word and Excel files, plain text.
//
// Method: the type is told from the content, never from the name, and only the types of Kinds are taken. A photo is turned upright,
// shrunk until its longer side has at most MaxSide pixels, and written anew, so that nothing its camera noted (place, time,
// owner) remains. Bytes are kept under their SHA-256, which stands in the row; what is marked personal is sealed first.
//
// Limits: MaxBytes a file, MaxPixels a photo before it is shrunk, MaxParts parts in a Word or Excel file; files with
// macros are refused. The text of documents is not looked at.
package attachment
