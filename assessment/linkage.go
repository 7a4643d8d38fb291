package assessment

import (
	"context"
	"maps"
	"slices"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// MaxWaves is how many exams are followed in one linkage.
const MaxWaves = 6

// Linkage is how far the pupils of several exams are found to be the same, in the order of the exams.
type Linkage struct {
	Exams   []Exam
	Schools []LinkedSchool // by code, those that the viewer may see
	Total   LinkedSchool   // of all schools; zero where the viewer may not see it
	Shown   bool           // whether Total may be shown
	Unknown int            // pupils of the first exam of whom no school is known: an entrance exam that does not tell who admitted them
}

// LinkedSchool is the linkage of one school. The school of a pupil in an entrance exam is the one that admitted the pupil, or where
// the file does not tell it the one where the pupil is later; in other exams it is the one where the pupil sat.
type LinkedSchool struct {
	Unit    string
	Entered int // in the first exam, of this school
	Sat     int // in the last exam, at this school
	Linked  int // at this school in the last exam and found in every other one
	Partial int // at this school in the last exam and found in the first, but not in every one between
	Joined  int // at this school in the last exam and not found in the first
	Moved   int // of this school in the first exam, in the last at another school
	Left    int // of this school in the first exam, not found in the last
	Twice   int // rows in the last exam whose pupil stood in imports of two schools: the later one counts
	Loose   int // in the last exam, known by name, school and class only
}

// Share is the part of those who sat the last exam that is found in every exam.
func (l LinkedSchool) Share() (float64, bool) {
	if l.Sat == 0 {
		return 0, false
	}
	return float64(l.Linked) / float64(l.Sat), true
}

// Linkage follows pupils from the first of several exams to the last. The exams are taken in the order of their days.
//
// Errors: ErrNotFound for an exam of which the actor may know nothing; faults for fewer than two exams or more than MaxWaves, and for
// exams that go by different numbers.
func (d *Desk) Linkage(ctx context.Context, actor action.Actor, exams []string) (Linkage, error) {
	exams = slices.Compact(slices.Sorted(slices.Values(exams)))
	if len(exams) < 2 || len(exams) > MaxWaves {
		return Linkage{}, fault.List{fault.New("assessment.waves", message.Args{"limit": MaxWaves})}
	}
	var sheets []Sheet
	var last Sight
	for _, id := range exams {
		sheet, _, err := d.Sheet(ctx, actor, id)
		if err != nil {
			return Linkage{}, err
		}
		sheets = append(sheets, sheet)
	}
	slices.SortStableFunc(sheets, func(a, b Sheet) int {
		switch {
		case a.Exam.Held.Before(b.Exam.Held):
			return -1
		case b.Exam.Held.Before(a.Exam.Held):
			return 1
		}
		return 0
	})
	for _, sheet := range sheets[1:] {
		if sheet.Exam.Identity != sheets[0].Exam.Identity {
			return Linkage{}, fault.List{fault.New("assessment.identities_differ", message.Args{"first": sheets[0].Exam.Name, "other": sheet.Exam.Name})}
		}
	}
	end := sheets[len(sheets)-1].Exam
	_, last, err := d.Sight(ctx, actor, end.ID)
	if err != nil {
		return Linkage{}, err
	}
	found := Link(sheets)
	found.Shown = last.Total(end.Owner)
	if !found.Shown {
		found.Total, found.Unknown = LinkedSchool{}, 0
	}
	found.Schools = slices.DeleteFunc(found.Schools, func(s LinkedSchool) bool { return !last.May(s.Unit) })
	return found, nil
}

// linker counts the pupils of sheets by school.
type linker struct {
	sheets  []Sheet
	where   []map[string]int // of each sheet: pupil by key
	schools map[string]*LinkedSchool
	unknown int
}

// Link counts over sheets in the order of their days, of every school.
func Link(sheets []Sheet) Linkage {
	k := linker{sheets: sheets, schools: map[string]*LinkedSchool{}}
	var l Linkage
	for _, sheet := range sheets {
		l.Exams = append(l.Exams, sheet.Exam)
		where := make(map[string]int, len(sheet.Pupils))
		for p, pupil := range sheet.Pupils {
			where[pupil.Key] = p
		}
		k.where = append(k.where, where)
	}
	k.countLast()
	k.countFirst()
	l.Unknown = k.unknown
	for _, code := range slices.Sorted(maps.Keys(k.schools)) {
		l.Schools = append(l.Schools, *k.schools[code])
		l.Total.add(*k.schools[code])
	}
	return l
}

func (l *LinkedSchool) add(s LinkedSchool) {
	l.Entered, l.Sat, l.Linked, l.Partial = l.Entered+s.Entered, l.Sat+s.Sat, l.Linked+s.Linked, l.Partial+s.Partial
	l.Joined, l.Moved, l.Left, l.Twice, l.Loose = l.Joined+s.Joined, l.Moved+s.Moved, l.Left+s.Left, l.Twice+s.Twice, l.Loose+s.Loose
}

func (k *linker) of(unit string) *LinkedSchool {
	if k.schools[unit] == nil {
		k.schools[unit] = &LinkedSchool{Unit: unit}
	}
	return k.schools[unit]
}

// countLast looks back from the last exam.
func (k *linker) countLast() {
	last := k.sheets[len(k.sheets)-1]
	for p, pupil := range last.Pupils {
		s := k.of(pupil.Unit)
		s.Sat++
		if pupil.Loose {
			s.Loose++
		}
		if p < len(last.twice) && last.twice[p] {
			s.Twice++
		}
		waves := 0
		for _, where := range k.where {
			if _, there := where[pupil.Key]; there {
				waves++
			}
		}
		_, began := k.where[0][pupil.Key]
		switch {
		case waves == len(k.sheets):
			s.Linked++
		case began:
			s.Partial++
		default:
			s.Joined++
		}
	}
}

// countFirst looks ahead from the first exam.
func (k *linker) countFirst() {
	first, last := k.sheets[0], k.sheets[len(k.sheets)-1]
	for _, pupil := range first.Pupils {
		p, stayed := k.where[len(k.sheets)-1][pupil.Key]
		began := pupil.Unit
		if first.Exam.Kind == Entrance {
			if began = pupil.Goes; began == "" && stayed {
				began = last.Pupils[p].Unit
			}
		}
		switch {
		case began == "":
			k.unknown++
			continue
		case !stayed:
			k.of(began).Left++
		case last.Pupils[p].Unit != began:
			k.of(began).Moved++
		}
		k.of(began).Entered++
	}
}
