package table

import (
	"bytes"
	"io"
)

// blocks cuts a text into blocks that end where rows end.
type blocks struct {
	source io.Reader
	size   int
	carry  []byte
	ended  bool
	apple  bool // rows end with a carriage return alone
	long   bool // a row was longer than MaxRow
}

// next puts the next block into buffer, which grows if a row needs it; io.EOF after the last. Where blocks end depends on the
// text and the size alone, not on how the source gives it.
func (b *blocks) next(buffer []byte) ([]byte, error) {
	buffer = append(buffer[:0], b.carry...)
	b.carry = b.carry[:0]
	for !b.ended {
		from := len(buffer)
		want := max(b.size, from+b.size/2)
		buffer = append(buffer, make([]byte, max(0, want-from))...)
		n, err := fill(b.source, buffer[from:])
		buffer = buffer[:from+n]
		if err == io.EOF {
			b.ended = true
			break
		}
		if err != nil {
			return buffer, err
		}
		if b.apple {
			replaceReturns(buffer[from:])
		}
		if cut := lastRowEnd(buffer); cut > 0 {
			b.carry = append(b.carry, buffer[cut:]...)
			return buffer[:cut], nil
		}
		if len(buffer) > MaxRow {
			b.long, b.ended = true, true
			return buffer, nil
		}
	}
	if b.apple {
		replaceReturns(buffer)
	}
	if len(buffer) == 0 {
		return buffer, io.EOF
	}
	return buffer, nil
}

// fill reads until the buffer is full; io.EOF when the source ended before. Unlike io.ReadFull it tells an end from a source that
// was cut off, such as a compressed one.
func fill(source io.Reader, buffer []byte) (n int, err error) {
	for n < len(buffer) && err == nil {
		var more int
		more, err = source.Read(buffer[n:])
		n += more
	}
	if n == len(buffer) {
		err = nil
	}
	return n, err
}

// lastRowEnd returns the place behind the last line end that stands outside quotes, 0 where there is none.
func lastRowEnd(block []byte) int {
	inside := bytes.Count(block, []byte{'"'})&1 == 1
	for end := len(block); ; {
		at := bytes.LastIndexByte(block[:end], '\n')
		if at < 0 {
			return 0
		}
		if bytes.Count(block[at:end], []byte{'"'})&1 == 1 {
			inside = !inside
		}
		if !inside {
			return at + 1
		}
		end = at
	}
}

func replaceReturns(text []byte) {
	for i, c := range text {
		if c == '\r' {
			text[i] = '\n'
		}
	}
}
