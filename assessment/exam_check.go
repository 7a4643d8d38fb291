package assessment

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// maxShort is how long a name of a subject, an item, a track, a cut, a class may be in characters.
const maxShort = 30

// plain writes a mark without zeros that say nothing.
func plain(mark float64) string { return strconv.FormatFloat(mark, 'f', -1, 64) }

func short(text string) bool {
	n := utf8.RuneCountInString(text)
	return strings.TrimSpace(text) != "" && n <= maxShort
}

// checkSubjects tells everything that is wrong with the subjects of an exam.
func checkSubjects(e Exam) fault.List {
	var faults fault.List
	bad := func(code string, args message.Args) { faults.Add(field(FieldSubjects, code, args)) }
	if len(e.Subjects) == 0 || len(e.Subjects) > MaxSubjects {
		bad("assessment.subjects_wanted", message.Args{"limit": MaxSubjects})
	}
	names, codes := map[string]bool{}, map[string]bool{}
	for _, s := range e.Subjects {
		args := message.Args{"subject": s.Name, "limit": maxShort}
		if !short(s.Name) || !short(s.Code) {
			bad("assessment.subject_name", args)
		}
		if names[s.Name] || codes[s.Code] {
			bad("assessment.subject_twice", args)
		}
		names[s.Name], codes[s.Code] = true, true
		if !(s.Full > 0 && s.Full <= MaxFull) {
			bad("assessment.full_wanted", message.Args{"subject": s.Name, "limit": MaxFull})
		}
		for _, track := range s.Tracks {
			if !short(track) {
				bad("assessment.track_name", args)
			}
		}
		faults = append(faults, CheckItems(s)...)
	}
	return faults
}

// CheckItems tells everything that is wrong with the items of a paper. The row of a fault is the number of the item.
func CheckItems(s Subject) fault.List {
	var faults fault.List
	if len(s.Items) > MaxItems {
		faults.Add(field(FieldSubjects, "assessment.items_many", message.Args{"subject": s.Name, "limit": MaxItems}))
	}
	codes, sum := map[string]bool{}, 0.0
	for n, item := range s.Items {
		bad := func(code string) {
			faults.Add(fault.At(fault.Place{Column: FieldSubjects, Row: n + 1}, code, message.Args{"subject": s.Name, "item": item.Code, "limit": maxShort, "full": MaxFull}))
		}
		if !short(item.Code) {
			bad("assessment.item_name")
		}
		if codes[item.Code] {
			bad("assessment.item_twice")
		}
		codes[item.Code] = true
		if !(item.Full > 0 && item.Full <= MaxFull) {
			bad("assessment.item_full")
		}
		if item.Key != "" && option(item.Key) == "" {
			bad("assessment.item_key")
		}
		sum += item.Full
	}
	if len(s.Items) > 0 && sum > s.Full+1e-9 {
		faults.Add(field(FieldSubjects, "assessment.items_over", message.Args{"subject": s.Name, "sum": plain(sum), "full": plain(s.Full)}))
	}
	return faults
}

// checkCuts tells everything that is wrong with the lines of an exam.
func checkCuts(e Exam) fault.List {
	var faults fault.List
	bad := func(cut Cut, code string, args message.Args) {
		if args == nil {
			args = message.Args{}
		}
		args["cut"] = cut.Name
		faults.Add(field(FieldCuts, code, args))
	}
	if len(e.Cuts) > MaxCuts {
		faults.Add(field(FieldCuts, "assessment.cuts_many", message.Args{"limit": MaxCuts}))
	}
	seen := map[Cut]bool{}
	for _, cut := range e.Cuts {
		full := e.Full()
		if cut.Subject != "" {
			subject, _, known := e.Subject(cut.Subject)
			if !known {
				bad(cut, "assessment.cut_subject", nil)
				continue
			}
			full = subject.Full
		}
		if !short(cut.Name) {
			bad(cut, "assessment.cut_name", message.Args{"limit": maxShort})
		}
		if !(cut.Least >= 0 && cut.Least <= full) {
			bad(cut, "assessment.cut_range", message.Args{"full": plain(full)})
		}
		key := Cut{Name: cut.Name, Subject: cut.Subject, Track: cut.Track}
		if seen[key] {
			bad(cut, "assessment.cut_twice", nil)
		}
		seen[key] = true
	}
	return faults
}
