package zh

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Pages takes out what the pages of a printed document left in its text: the marks 1、 2、 that sites which trade in
// documents cut it with, page numbers and running headers, on lines of their own or pushed into a sentence.
func Pages(text string) []Edit {
	edits := sequenceMarks(text)
	for _, sign := range []string{"、", ""} {
		if len(edits) == 0 {
			edits = inlineMarks(text, sign)
		}
	}
	edits = append(edits, pageLines(text)...)
	edits = append(edits, pageSigns(text)...)
	return ordered(edits)
}

// ordered sorts edits by position and leaves out those that overlap an earlier one.
func ordered(edits []Edit) []Edit {
	sort.SliceStable(edits, func(i, j int) bool { return edits[i].From < edits[j].From })
	kept := edits[:0]
	end := 0
	for _, e := range edits {
		if e.From >= end {
			kept = append(kept, e)
			end = e.To
		}
	}
	return kept
}

// minChunk is the shortest piece, in characters, that sites cut a text into; the items of a real list are shorter
// or end with the end of a sentence.
const minChunk = 100

// sequenceMarks finds lines that begin with 1、 2、 3、 … in unbroken order although the cuts fall inside sentences.
func sequenceMarks(text string) []Edit {
	var marks []Edit
	next, cut, between := 1, 0, 0
	open := false // the line before ends inside a sentence
	for _, l := range lines(text) {
		if l.text == "" {
			continue
		}
		at := l.from + strings.Index(text[l.from:l.to], l.text)
		value, n := number(l.text)
		if n > 0 && value == next && strings.HasPrefix(l.text[n:], "、") {
			from := at
			if next > 1 {
				from = lineEndBefore(text, at)
				if open {
					cut++
				}
			}
			marks = append(marks, Edit{From: from, To: at + n + len("、"), Rule: "page_mark"})
			next++
		} else if len(marks) > 0 {
			between++
		}
		last, _ := before(l.text, len(l.text))
		open = !endsSentence(last) && !strings.ContainsRune("：:", last)
	}
	if len(marks) < 3 || cut*2 < len(marks)-1 || between > len(marks) && cut*4 < 3*(len(marks)-1) {
		return nil
	}
	if chunk := (marks[len(marks)-1].From - marks[0].From) / (len(marks) - 1); chunk < 3*minChunk {
		return nil
	}
	return marks
}

// number reads a whole number of up to four digits.
func number(s string) (value, size int) {
	for size < len(s) && s[size] >= '0' && s[size] <= '9' {
		value = value*10 + int(s[size]-'0')
		if size++; size > 4 {
			return 0, 0
		}
	}
	return value, size
}

// lineEndBefore returns the byte after the last sign before at, white space left out.
func lineEndBefore(text string, at int) int {
	return len(strings.TrimRight(text[:at], " \t\n　"))
}

// inlineMarks finds the same marks in a text without line ends: 2、 3、 4、 … at equal distances, most of them inside
// a word or a sentence. Without a sign after them they must stand between two characters and before no unit.
func inlineMarks(text, sign string) []Edit {
	var marks []Edit
	inside := 0
	next := 1
	for at := 0; at < len(text); at++ {
		if text[at] < '0' || text[at] > '9' {
			continue
		}
		value, n := number(text[at:])
		if n == 0 {
			for at < len(text) && text[at] >= '0' && text[at] <= '9' {
				at++
			}
			continue
		}
		last, _ := before(text, at)
		following, _ := after(text, at+n+len(sign))
		isMark := strings.HasPrefix(text[at+n:], sign) && !isDigit(last) && last != '.' && !isDigit(following)
		if sign == "" {
			isMark = isMark && isHan(last) && isHan(following) && !strings.ContainsRune(units, following)
		}
		if isMark && value == next && (len(marks) == 0 || at-marks[len(marks)-1].From >= 3*minChunk) {
			if isHan(last) || last == ',' || last == '，' || last == '、' {
				inside++
			}
			marks = append(marks, Edit{From: at, To: at + n + len(sign), Rule: "page_mark"})
			next++
		}
		at += n - 1
	}
	if len(marks) < 4 || inside*2 < len(marks) || !isEven(marks) {
		return nil
	}
	return marks
}

// isEven tells whether the distances between marks differ by less than a third from their mean.
func isEven(marks []Edit) bool {
	mean := (marks[len(marks)-1].From - marks[0].From) / (len(marks) - 1)
	for i := 1; i < len(marks); i++ {
		gap := marks[i].From - marks[i-1].From
		if gap*3 < mean*2 || gap*3 > mean*4 {
			return false
		}
	}
	return true
}

// pageNumber reads a line that is a page number and nothing else: - 3 -, 第3页 共20页, 3/20. bare says that it is only
// a figure, which needs more evidence.
func pageNumber(s string) (value int, bare, ok bool) {
	if len(s) > 60 || s == "" {
		return 0, false, false
	}
	tight := strings.Map(dropBlank, s)
	core := strings.Trim(tight, "-—–－_~·.|")
	if value, n := number(core); n > 0 && n <= 3 && n == len(core) {
		return value, core == tight, true
	}
	if value, n := number(core); n > 0 && n <= 3 && strings.HasPrefix(core[n:], "/") {
		if total, m := number(core[n+1:]); m > 0 && n+1+m == len(core) && total >= value {
			return value, false, true
		}
	}
	if rest, found := strings.CutPrefix(core, "第"); found {
		value, n := number(rest)
		tail := strings.Trim(strings.TrimPrefix(rest[n:], "页"), "-,，/|共总")
		if _, m := number(tail); n > 0 && strings.HasPrefix(rest[n:], "页") && (tail == "" || tail[m:] == "页" || tail[m:] == "") {
			return value, false, true
		}
	}
	return 0, false, false
}

// pageLines finds lines that hold a page number, and the running header beside them.
func pageLines(text string) []Edit {
	all := lines(text)
	page := make([]bool, len(all))
	var bare []int
	for i, l := range all {
		_, isBare, ok := pageNumber(l.text)
		if ok && isBare {
			bare = append(bare, i)
		}
		page[i] = ok && !isBare
	}
	for _, i := range rising(all, bare) {
		page[i] = true
	}
	headers := runningHeaders(all, page)
	var edits []Edit
	for i, l := range all {
		switch {
		case page[i]:
			edits = append(edits, l.drop(text, "page_number"))
		case headers[i]:
			edits = append(edits, l.drop(text, "running_header"))
		}
	}
	return edits
}

// rising returns the lines whose bare figures rise by one from line to line, at least three of them and a page apart.
// The first column of a table rises too: where a column is headed 序号, figures are not taken for pages.
func rising(all []line, bare []int) []int {
	best := []int(nil)
	if len(bare) < 3 {
		return nil
	}
	for _, l := range all {
		if key := strings.Map(dropBlank, l.text); key == "序号" || key == "编号" {
			return nil
		}
	}
	for start := 0; start < len(bare); {
		run := []int{bare[start]}
		i := start + 1
		for ; i < len(bare); i++ {
			last, _, _ := pageNumber(all[run[len(run)-1]].text)
			value, _, _ := pageNumber(all[bare[i]].text)
			if value != last+1 || all[bare[i]].from-all[run[len(run)-1]].from < 3*minChunk {
				break
			}
			run = append(run, bare[i])
		}
		if len(run) >= 3 && isPaced(all, run) {
			best = append(best, run...)
		}
		start = i
	}
	return best
}

// isPaced tells whether lines stand at distances like those of pages: none less than half or more than twice the mean.
func isPaced(all []line, run []int) bool {
	mean := (all[run[len(run)-1]].from - all[run[0]].from) / (len(run) - 1)
	for i := 1; i < len(run); i++ {
		if gap := all[run[i]].from - all[run[i-1]].from; gap*2 < mean || gap > mean*2 {
			return false
		}
	}
	return true
}

// runningHeaders finds short lines that come again at least three times, each time beside a page number or in the
// middle of a sentence. The first one stays when it is the title at the top.
func runningHeaders(all []line, page []bool) []bool {
	count := map[string]int{}
	for _, l := range all {
		if isHeaderLike(l.text) {
			count[strings.Map(dropBlank, l.text)]++
		}
	}
	gone := make([]bool, len(all))
	for key, n := range count {
		if n < 3 {
			delete(count, key)
		}
	}
	if len(count) == 0 {
		return gone
	}
	cuts := map[string]int{}
	for i, l := range all {
		if key := strings.Map(dropBlank, l.text); count[key] > 0 && cutsText(all, page, i) {
			cuts[key]++
		}
	}
	body := false
	for i, l := range all {
		key := strings.Map(dropBlank, l.text)
		if count[key] > 0 && cuts[key]*2 >= count[key] && (body || cutsText(all, page, i)) {
			gone[i] = true
		}
		body = body || isBody(l.text)
	}
	return gone
}

func isHeaderLike(s string) bool {
	n := utf8.RuneCountInString(s)
	last, _ := before(s, len(s))
	return n >= 4 && n <= 50 && hanCount(s) >= 4 && !endsSentence(last) && !startsLabel(s)
}

// cutsText tells whether line i stands beside a page number or between two halves of a sentence.
func cutsText(all []line, page []bool, i int) bool {
	up, down := i-1, i+1
	for up >= 0 && all[up].text == "" {
		up--
	}
	for down < len(all) && all[down].text == "" {
		down++
	}
	if up >= 0 && page[up] || down < len(all) && page[down] {
		return true
	}
	return up >= 0 && down < len(all) && isOpen(all[up].text) && !startsLabel(all[down].text)
}

// isOpen tells whether a line ends in the middle of a sentence.
func isOpen(s string) bool {
	last, _ := before(strings.TrimRight(s, "”’\"）)》 "), len(strings.TrimRight(s, "”’\"）)》 ")))
	if last == 0 || endsSentence(last) || strings.ContainsRune("：:", last) {
		return false
	}
	return strings.ContainsAny(s, "。，,；、") && utf8.RuneCountInString(s) >= 12
}

// pageSigns finds page numbers pushed into a line: 提高- 3 -质量, 提高第3页共20页质量. Those between dashes must rise.
func pageSigns(text string) []Edit {
	var dashed, named []Edit
	last := 0
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case strings.ContainsRune("-—–－", r):
			if end, value := dashedNumber(text, at); end > 0 && value > last && value <= last+3 || end > 0 && last == 0 {
				dashed = append(dashed, Edit{From: at, To: end, Rule: "page_number"})
				last, at = value, end
				continue
			}
		case r == '第':
			if end := namedNumber(text, at); end > 0 {
				named = append(named, Edit{From: at, To: end, Rule: "page_number"})
				at = end
				continue
			}
		}
		at += size
	}
	if len(dashed) < 2 {
		dashed = nil
	}
	return append(dashed, named...)
}

// dashedNumber reads - 3 - between two characters or after the end of a sentence.
func dashedNumber(text string, at int) (end, value int) {
	last, _ := before(text, at)
	if !isHan(last) && !isBlank(last) && !strings.ContainsRune("。，,；;、”)）", last) {
		return 0, 0
	}
	_, size := utf8.DecodeRuneInString(text[at:])
	i := skipBlanks(text, at+size)
	value, n := number(text[i:])
	if n == 0 || n > 3 {
		return 0, 0
	}
	i = skipBlanks(text, i+n)
	dash, size := after(text, i)
	next, _ := after(text, i+size)
	if !strings.ContainsRune("-—–－", dash) || dash == 0 || isDigit(next) {
		return 0, 0
	}
	return i + size, value
}

// namedNumber reads 第3页共20页 inside a line; both parts are needed, since a text may speak of a page.
func namedNumber(text string, at int) int {
	i := skipBlanks(text, at+len("第"))
	_, n := number(text[i:])
	i = skipBlanks(text, i+n)
	if n == 0 || !strings.HasPrefix(text[i:], "页") {
		return 0
	}
	i = skipBlanks(text, i+len("页"))
	for _, sign := range []string{",", "，", "/", "|"} {
		if strings.HasPrefix(text[i:], sign) {
			i = skipBlanks(text, i+len(sign))
		}
	}
	if !strings.HasPrefix(text[i:], "共") && !strings.HasPrefix(text[i:], "总") {
		return 0
	}
	i = skipBlanks(text, i+len("共"))
	_, n = number(text[i:])
	i = skipBlanks(text, i+n)
	if n == 0 || !strings.HasPrefix(text[i:], "页") {
		return 0
	}
	return i + len("页")
}

func skipBlanks(text string, at int) int {
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !isBlank(r) {
			break
		}
		at += size
	}
	return at
}
