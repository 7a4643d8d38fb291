// Package txt reads plain text files: UTF-8, GB18030, Big5 and UTF-16, with or without a byte order mark.
//
// The encoding is found, not asked for. Every character keeps the bytes it was decoded from. Files that are empty,
// too large or no text are refused with what to do.
package txt
