package reading

import (
	"strings"
	"unicode/utf8"
)

// assignmentKeys name those who answer for a task in a note: (牵头单位：…；责任单位：…).
var assignmentKeys = []string{"牵头单位", "牵头部门", "责任单位", "责任部门", "责任主体", "责任领导", "责任人", "责任科室", "责任股室", "牵头科室", "牵头股室", "主办科室", "承办科室", "配合科室", "配合股室", "协办科室", "主责单位", "主办单位", "承办单位", "负责单位", "负责部门", "实施单位", "完成单位", "配合单位", "配合部门", "协办单位", "参与单位", "参加单位"}

// dueKeys name the date in a note.
var dueKeys = []string{"完成时限：", "完成时限:", "完成时间：", "完成时间:", "时限：", "时限:", "时间节点：", "时间节点:", "时间要求：", "时间要求:", "时间进度：", "时间进度:"}

var assignmentSet = setOf(assignmentKeys)

// assignmentOf reads the note of a sentence that says who answers for it.
func assignmentOf(text string) (who string, ok bool) {
	var names []string
	for at := 0; at < len(text); {
		key, from := nextKey(text[at:])
		if key == "" {
			break
		}
		from += at + len(key)
		rest := strings.TrimLeft(text[from:], ":： 为由是")
		end := len(rest)
		for i, r := range rest {
			if strings.ContainsRune(";；)）。】]", r) {
				end = i
				break
			}
		}
		if next, n := nextKey(rest[:end]); next != "" {
			end = n
		}
		if name := strings.Trim(rest[:end], " ,，、"); name != "" && !strings.HasPrefix(key, "配合") && !strings.HasPrefix(key, "协办") && !strings.HasPrefix(key, "参") {
			names = append(names, strings.Join(strings.FieldsFunc(name, isSpace), "、"))
		}
		at = from + (len(text[from:]) - len(rest)) + end
	}
	if len(names) > 0 {
		return strings.Join(names, "、"), true
	}
	return ledBy(text)
}

// nextKey returns the first key of an assignment in the text and where it stands.
func nextKey(text string) (key string, at int) {
	if !assignmentSet.in(text) {
		return "", 0
	}
	at = -1
	for _, k := range assignmentKeys {
		n := strings.Index(text, k)
		if n < 0 || at >= 0 && n >= at {
			continue
		}
		mark, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[n+len(k):], " "))
		if mark == ':' || mark == '：' {
			key, at = k, n
		}
	}
	return key, at
}

// ledBy reads (教育局牵头，财政局配合) and 由教育局负责 at the end of a sentence.
func ledBy(text string) (string, bool) {
	text = strings.TrimRight(text, "。 ")
	last, size := utf8.DecodeLastRuneInString(text)
	if last != ')' && last != '）' {
		return "", false
	}
	open := max(strings.LastIndexByte(text, '('), strings.LastIndex(text, "（"))
	if open < 0 {
		return "", false
	}
	_, openSize := utf8.DecodeRuneInString(text[open:])
	note := text[open+openSize : len(text)-size]
	for _, mark := range []string{"牵头", "负责"} {
		if who, _, ok := strings.Cut(note, mark); ok && who != "" && runes(who, 61) <= 60 {
			who, _, _ = strings.Cut(who, "按")
			return strings.Trim(strings.TrimPrefix(who, "由"), " ,，、"), true
		}
	}
	return "", false
}

// isOnlyAssignment tells whether the sentence is nothing but the note: it belongs to the tasks before it.
func isOnlyAssignment(text string) bool {
	bare := strings.TrimLeft(text, "(（【[ ")
	if hasAnyPrefix(bare, dueKeys) && runes(text, 61) <= 60 {
		return true
	}
	_, assigned := assignmentOf(text)
	return assigned && (assignmentSet.begins(bare) || (strings.HasPrefix(text, "(") || strings.HasPrefix(text, "（")) && endsInBracket(text))
}

func endsInBracket(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, "。 "))
	return last == ')' || last == '）'
}
