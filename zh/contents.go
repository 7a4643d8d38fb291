package zh

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// minEntries is the fewest entries that make a table of contents.
const minEntries = 3

// Contents takes the page numbers and the dots before them out of a table of contents, whether its entries stand
// on lines of their own or run on in one line. In a run-on table the number of an entry and the page of the one
// before are written together (41 ,推进 is page 4 and entry 1): the order of the entries parts them.
func Contents(text string) []Edit {
	if edits := listedContents(text); len(edits) > 0 {
		return edits
	}
	for at := 0; at < len(text) && at < 6000; {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text) - at
		}
		if edits := runOnContents(text, at, at+end); len(edits) > 0 {
			return edits
		}
		at += end + 1
	}
	return nil
}

// leaders are the signs between an entry and its page.
const leaders = " \t　.…·•-—_–⋯。"

// listedContents handles one entry a line. The lines follow each other, the pages never fall, and a heading 目录 or
// leading dots show what they are.
func listedContents(text string) []Edit {
	var edits []Edit
	page, dots, headed, idle := 0, 0, false, 0
	for _, l := range lines(text) {
		if l.from > 12000 {
			break
		}
		if l.text == "" {
			continue
		}
		if heading := strings.Map(dropBlank, l.text); heading == "目录" || heading == "目次" || heading == "目錄" {
			headed, edits, page, idle = true, nil, 0, 0
			continue
		}
		body := strings.TrimRight(l.text, "0123456789")
		title := strings.TrimRight(body, leaders)
		value, n := number(l.text[len(body):])
		isEntry := n > 0 && n <= 3 && value >= page && hanCount(title) >= 2 && !strings.ContainsAny(title, "。；") && len(body) > len(title)
		if n > 0 && !isEntry && headed && value >= page && startsLabel(l.text) && hanCount(title) >= 2 {
			isEntry = true
		}
		if !isEntry {
			if idle++; len(edits) >= minEntries && idle > 1 || len(edits) == 0 && idle > 30 {
				break
			}
			if len(edits) > 0 && len(edits) < minEntries {
				edits, dots = nil, 0
			}
			continue
		}
		idle, page = 0, value
		if strings.ContainsAny(body[len(title):], ".…·-—_⋯") {
			dots++
		}
		from := l.from + strings.Index(text[l.from:l.to], l.text) + len(title)
		edits = append(edits, Edit{From: from, To: from + len(l.text) - len(title), Rule: "contents"})
	}
	if len(edits) < minEntries || !headed && dots*2 < len(edits) {
		return nil
	}
	return edits
}

// contentsReader walks along a run-on table of contents.
type contentsReader struct {
	text             string
	from             int // where the line begins
	end              int // where it ends
	chinese, figures int // the labels that come next
	page             int
	entries          int
	edits            []Edit
}

// runOnContents handles a table without line ends.
func runOnContents(text string, from, end int) []Edit {
	end = min(end, from+6000)
	c := &contentsReader{text: text, from: from, end: end, figures: 1}
	for at := from; at < end; {
		if text[at] < '0' || text[at] > '9' {
			at++
			continue
		}
		n := 0
		for at+n < end && text[at+n] >= '0' && text[at+n] <= '9' {
			n++
		}
		lead := len(strings.TrimRight(text[from:at], leaders)) + from
		if owner, _ := before(text, lead); n <= 5 && (isHan(owner) || strings.ContainsRune(")）》”", owner)) && lead > from {
			if stop := c.entry(lead, at, n); stop {
				break
			}
		}
		at += n
		if k := len(c.edits); k > 0 {
			at = max(at, c.edits[k-1].To)
		}
	}
	if c.entries < minEntries {
		return nil
	}
	return c.edits
}

// entry handles the digits [at, at+n) that follow an entry ending at lead. It stops at the last page.
func (c *contentsReader) entry(lead, at, n int) (stop bool) {
	digits := c.text[at : at+n]
	rest := c.text[at+n : c.end]
	tight := strings.TrimLeft(rest, " 　")
	sign, size := utf8.DecodeRuneInString(tight)
	want := strconv.Itoa(c.figures)
	afterSign, _ := after(tight, size)
	if strings.ContainsRune(".,、，．", sign) && strings.HasSuffix(digits, want) && isHan(afterSign) {
		page, read := number(digits[:n-len(want)])
		if read == 0 && lead == at || read > 0 && (page < c.page || read > 3) {
			return false
		}
		if read > 0 {
			c.page = page
		}
		c.add(Edit{From: lead, To: at + n + len(rest) - len(tight) + size, After: "\n" + want + ".", Rule: "contents"})
		c.figures++
		return false
	}
	page, _ := number(digits)
	if n > 3 || page < c.page {
		return false
	}
	body := strings.TrimLeft(rest, leaders)
	if strings.HasPrefix(body, want) && len(body) < len(rest) { // 12-3. is page 12 and entry 3
		sign, size := after(body, len(want))
		if next, _ := after(body, len(want)+size); strings.ContainsRune(".,、，．", sign) && isHan(next) {
			c.add(Edit{From: lead, To: at + n + len(rest) - len(body) + len(want) + size, After: "\n" + want + ".", Rule: "contents"})
			c.figures, c.page = c.figures+1, page
			return false
		}
	}
	skipped := len(rest) - len(body)
	if value, m := chineseNumber(body); m > 0 && strings.HasPrefix(body[m:], "、") && (value == c.chinese+1 || c.chinese == 0) {
		if c.chinese == 0 && value == 2 {
			c.lostFirst(lead)
		}
		c.chinese, c.figures, c.page = value, 1, page
		c.add(Edit{From: lead, To: at + n + skipped, After: "\n", Rule: "contents"})
		return false
	}
	if c.entries >= minEntries && (c.repeats(body) || startsLabel(body)) {
		c.add(Edit{From: lead, To: at + n + skipped, After: "\n", Rule: "contents"})
		return true
	}
	return false
}

func (c *contentsReader) add(e Edit) {
	c.edits = append(c.edits, e)
	c.entries++
}

// lostFirst puts back the 一 of the first entry where only its 、 is left: the second entry says 二.
func (c *contentsReader) lostFirst(lead int) {
	at := strings.LastIndex(c.text[c.from:lead], "、")
	if at < 0 {
		return
	}
	at += c.from
	if last, _ := before(c.text, at); strings.ContainsRune(")）》录", last) || at == c.from {
		if hanCount(c.text[at:lead]) <= 20 {
			c.edits = append(c.edits, Edit{From: at, To: at, After: "\n一", Rule: "contents"})
		}
	}
}

// repeats tells whether body begins with words that stood in the line before: the title comes again after the table.
func (c *contentsReader) repeats(body string) bool {
	count, end := 0, 0
	for i, r := range body {
		if !isHan(r) || count == 8 {
			break
		}
		count, end = count+1, i+utf8.RuneLen(r)
	}
	return count == 8 && strings.Contains(c.text[c.from:c.edits[0].From], body[:end])
}
