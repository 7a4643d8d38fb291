package document

// Source is what an intake format made of a file, before any repair.
type Source struct {
	Format   string // txt, html, docx, pdf, xlsx
	Encoding string // of the bytes: utf-8, gb18030, big5, utf-16le, utf-16be
	// Part names what the spans count in: "" for the file itself, otherwise the part inside a container
	// (word/document.xml) or "text" where the format has no bytes a person could point at (PDF pages, sheet cells).
	Part   string
	Text   Mapped  // paragraphs and table cells joined by line ends; UTF-8
	Blocks []Block // what the format knew of the text's build, in order; empty for plain text
}

// BlockKind says what a block is.
type BlockKind string

// Kinds of blocks.
const (
	Paragraph BlockKind = "paragraph"
	Heading   BlockKind = "heading"
	ListItem  BlockKind = "list"
	Cell      BlockKind = "cell"
)

// Block is one run of the text that the format marked. Label is the number that the format would print
// before it ("一、", "1."): it is part of the text too, so that readers of the text alone see it.
type Block struct {
	Kind        BlockKind
	Span        Span // in bytes of Source.Text
	Level       int  // 1-based, of headings and list items
	Label       string
	Table       int // 1-based number of the table, of cells
	Row, Column int // 0-based, of cells
}

// Document is a repaired text, ready to be read.
type Document struct {
	Source  Source
	Clean   Mapped   // one line a paragraph
	Repairs []Repair // in order of position
}
