package assessment

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Words that stand where a mark should be.
var (
	absentWords   = []string{"缺考", "缺", "缺席", "旷考", "absent"}
	untakenWords  = []string{"未选", "未选考", "不考", "免考", "未报考", "/", "—", "-", "--", "无", "na", "n/a"}
	excludedWords = []string{"违纪", "舞弊", "作弊", "取消", "缓考", "无效", "不计"}
	omittedWords  = []string{"未作答", "未答", "空", "空白", "*", "?"}
	lateWords     = []string{"未答到", "未做到", "#"}
)

var (
	plainMark = regexp.MustCompile(`^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)$`)
	cutNumber = regexp.MustCompile(`^[0-9](\.[0-9]+)?e\+?[0-9]+$`) // what a sheet makes of a long number: 4.30725E+17
)

func cellText(text string) string {
	return strings.ToLower(strings.TrimSpace(width.Fold.String(text)))
}

// number reads the number of a pupil.
func (r *reader) number(text string, row, at int) string {
	plain := strings.TrimSuffix(cellText(text), ".0")
	switch {
	case plain == "":
		return ""
	case cutNumber.MatchString(plain):
		r.fault(r.place(row, at), "assessment.number_shortened", message.Args{"heading": r.columns[at].Heading})
	case utf8.RuneCountInString(plain) > maxNumber:
		r.fault(r.place(row, at), "assessment.text_long", message.Args{"limit": maxNumber})
	case strings.Contains(plain, "*"):
		r.fault(r.place(row, at), "assessment.number_masked", message.Args{"heading": r.columns[at].Heading})
	}
	return strings.TrimSuffix(strings.TrimSpace(width.Fold.String(text)), ".0")
}

func (r *reader) weight(text string, row, at int) float64 {
	value, err := strconv.ParseFloat(cellText(text), 64)
	if err != nil || !(value > 0) || math.IsInf(value, 0) {
		r.fault(r.place(row, at), "assessment.weight_wrong", message.Args{"text": shortened(text)})
		return 1
	}
	return value
}

// track reads the track of a pupil: 物理, 物理类, 物化生 are one where the exam knows the track 物理.
func (r *reader) track(text string, row, at int) string {
	var tracks []string
	for _, s := range r.exam.Subjects {
		for _, track := range s.Tracks {
			if !slices.Contains(tracks, track) {
				tracks = append(tracks, track)
			}
		}
	}
	if text == "" || len(tracks) == 0 {
		if utf8.RuneCountInString(text) > maxPerson {
			r.fault(r.place(row, at), "assessment.text_long", message.Args{"limit": maxPerson})
		}
		return text
	}
	plain := width.Fold.String(text)
	var found []string
	for _, track := range tracks {
		first, _ := utf8.DecodeRuneInString(track)
		start, _ := utf8.DecodeRuneInString(plain)
		switch {
		case plain == track, strings.HasPrefix(plain, track):
			return track
		case first == start:
			found = append(found, track)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	r.fault(r.place(row, at), "assessment.track_unknown", message.Args{"text": shortened(text), "tracks": strings.Join(tracks, "、")})
	return ""
}

// mark reads the mark of a pupil in a subject; at is -1 where the pupil is not known.
func (r *reader) mark(text string, subject, at int, track string, place fault.Place) {
	s := r.exam.Subjects[subject]
	r.draft.given[subject], r.draft.marked[subject] = true, true
	takes := len(s.Tracks) == 0 || track == "" || slices.Contains(s.Tracks, track)
	status, mark := NotTaken, 0.0
	switch plainText := cellText(text); {
	case plainText == "" && takes && r.source.Blank == BlankAbsent:
		status = Absent
	case plainText == "" || slices.Contains(untakenWords, plainText):
	case slices.Contains(absentWords, plainText) || r.source.Minus && (plainText == "-1" || plainText == "-1.0"):
		status = Absent
	case slices.Contains(excludedWords, plainText):
		status = Excluded
	default:
		status, mark = Present, r.points(plainText, s.Full, s.Name, place)
	}
	if status != NotTaken && !takes {
		if status == Present {
			r.fault(place, "assessment.track_subject", message.Args{"subject": s.Name, "track": track})
		}
		status = NotTaken
	}
	if at >= 0 {
		r.draft.status[subject][at], r.draft.marks[subject][at] = status, mark
	}
}

// points reads a number between 0 and the full mark.
func (r *reader) points(text string, full float64, what string, place fault.Place) float64 {
	args := message.Args{"text": shortened(text), "full": plain(full), "what": what}
	value, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil || !plainMark.MatchString(text):
		r.fault(place, "assessment.not_number", args)
	case value < 0:
		r.fault(place, "assessment.negative", args)
	case value > full+1e-9:
		r.fault(place, "assessment.over_full", args)
	default:
		return value + 0
	}
	return 0
}

// answer reads the answer of a pupil to an item: an option, or what was earned.
func (r *reader) answer(text string, subject, item, at int, place fault.Place) {
	s := r.exam.Subjects[subject]
	one := s.Items[item]
	r.draft.given[subject], r.draft.answered[subject], r.draft.items[subject][item] = true, true, true
	stored := ""
	switch plainText := cellText(text); {
	case plainText == "":
		stored = ""
	case slices.Contains(absentWords, plainText):
		return
	case slices.Contains(omittedWords, plainText):
		stored = omittedMark
	case slices.Contains(lateWords, plainText):
		stored = notReachedMark
	case slices.Contains(untakenWords, plainText):
		stored = notGivenMark
	case option(plainText) != "" && one.Key == "":
		r.fault(place, "assessment.key_missing", message.Args{"item": one.Code, "subject": s.Name, "text": shortened(text)})
	case option(plainText) != "":
		stored = option(plainText)
	case r.source.Minus && plainText == "-1":
		stored = omittedMark
	default:
		stored = plain(r.points(plainText, one.Full, s.Name+" "+one.Code, place))
	}
	if at < 0 {
		return
	}
	if r.draft.answers[subject][at] == nil {
		r.draft.answers[subject][at] = make([]string, len(s.Items))
	}
	r.draft.answers[subject][at][item] = stored
}

// finish settles what no single cell can tell: unanswered items, papers of absent pupils, marks that follow from answers.
func (r *reader) finish() {
	for n, s := range r.exam.Subjects {
		if !r.draft.answered[n] {
			continue
		}
		for p, stored := range r.draft.answers[n] {
			if stored == nil {
				continue
			}
			absent := r.draft.marked[n] && r.draft.status[n][p] != Present
			if absent || !slices.ContainsFunc(stored, func(one string) bool { return one != "" }) {
				r.draft.answers[n][p] = nil
				if !r.draft.marked[n] && r.source.Blank == BlankAbsent {
					r.draft.status[n][p] = Absent
				}
				continue
			}
			fillBlanks(stored, r.draft.items[n], r.source.Tail)
			if sum, known := sumOf(s.Items, stored); known && !r.draft.marked[n] {
				r.draft.status[n][p], r.draft.marks[n][p] = Present, sum
			} else if known && math.Abs(sum-r.draft.marks[n][p]) > 1e-6 {
				r.warn(fault.Place{Row: r.draft.pupils[p].row}, "assessment.sum_differs",
					message.Args{"subject": s.Name, "sum": plain(sum), "mark": plain(r.draft.marks[n][p])})
			}
		}
	}
}

// fillBlanks marks empty answers as omitted, those at the end as not reached where that was chosen, and items that the file does not
// hold as not given.
func fillBlanks(stored []string, held []bool, tail bool) {
	last := len(stored) - 1
	for last >= 0 && stored[last] == "" {
		last--
	}
	for n := range stored {
		if stored[n] != "" {
			continue
		}
		switch {
		case !held[n]:
			stored[n] = notGivenMark
		case tail && n > last:
			stored[n] = notReachedMark
		default:
			stored[n] = omittedMark
		}
	}
}
