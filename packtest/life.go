package packtest

import (
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
)

// Life is a story of rows of a register with a lifecycle, told step by step.
type Life struct {
	Register string
	Steps    []LifeStep
	Place    fault.Place
}

// What a step of a Life does.
const (
	LifeAt     = "at"     // a day comes
	LifeCreate = "create" // somebody makes a row
	LifeDo     = "do"     // somebody causes an event, and it happens
	LifeRefuse = "refuse" // somebody tries to, or to make a row, and is refused
	LifeExpect = "expect" // how a row stands
	LifeAlarms = "alarms" // the reminders and escalations that are due
)

// lifeSteps are the words with which a step may begin.
var lifeSteps = []string{LifeAt, LifeCreate, LifeDo, LifeRefuse, LifeExpect, LifeAlarms}

// LifeStep is one line of a Life.
type LifeStep struct {
	What  string
	Event string // of do and refuse; LifeCreate where making a row is refused
	ID    Word   // of the row
	Given []Given
	By    Word
	Words []Word // of refuse the words of the fault, of expect the state, of alarms their keys
	Day   period.Date
	Place fault.Place
}

// Given is what a step says of one column, or of what else comes with an event.
type Given struct {
	Name, Value Word
}

// life reads "life REGISTER" and the steps below it.
func (r *reader) life(l line) {
	c := r.present(l.place)
	r.table = func(line) {}
	if len(l.words) != 2 {
		r.fault(l.place, "packtest.bad_life", nil)
		return
	}
	life := &Life{Register: l.words[1].Text, Place: l.place}
	c.Lives = append(c.Lives, life)
	r.empty = func() { r.fault(l.place, "packtest.empty_table", nil) }
	r.table = func(row line) {
		if step, understood := r.lifeStep(row); understood {
			life.Steps = append(life.Steps, step)
		}
	}
}

// lifeStep reads one step; false, with a fault, when it cannot be read.
func (r *reader) lifeStep(l line) (LifeStep, bool) {
	step := LifeStep{What: l.words[0].Text, Place: l.place}
	rest, understood := l.words[1:], true
	switch step.What {
	case LifeAt:
		return step, r.lifeDay(l, &step)
	case LifeDo, LifeRefuse:
		if understood = len(rest) >= 4; understood {
			step.Event, step.ID = rest[0].Text, rest[1]
			understood = r.lifeBy(rest[2:], &step)
		}
	case LifeCreate:
		if understood = len(rest) >= 3; understood {
			step.ID = rest[0]
			understood = r.lifeBy(rest[1:], &step)
		}
	case LifeExpect:
		if understood = len(rest) >= 2; understood {
			step.ID, step.Words = rest[0], rest[1:2]
			understood = r.lifeGiven(rest[2:], &step)
		}
	case LifeAlarms:
		if understood = len(rest) >= 2; understood {
			step.ID, step.Words = rest[0], rest[1:]
		}
	default:
		understood = false
	}
	if !understood {
		r.fault(l.place, "packtest.bad_step", message.Args{"word": step.What})
	}
	return step, understood
}

func (r *reader) lifeDay(l line, step *LifeStep) bool {
	if len(l.words) != 2 {
		r.fault(l.place, "packtest.bad_step", message.Args{"word": step.What})
		return false
	}
	day, known := period.ParseDate(l.words[1].Text)
	if !known {
		r.fault(l.words[1].Place, "packtest.bad_date", message.Args{"word": l.words[1].Text})
	}
	step.Day = day
	return known
}

// lifeBy reads "name=value … by WHO" and, where something is refused, ": words of the fault".
func (r *reader) lifeBy(words []Word, step *LifeStep) bool {
	at := slices.IndexFunc(words, func(w Word) bool { return w.Text == "by" })
	if at < 0 || at+1 >= len(words) {
		return false
	}
	step.By = words[at+1]
	who, colon := strings.CutSuffix(strings.ReplaceAll(step.By.Text, "：", ":"), ":")
	step.By.Text, step.Words = who, words[at+2:]
	if refused := step.What == LifeRefuse; colon != refused || len(step.Words) > 0 != refused {
		return false
	}
	return r.lifeGiven(words[:at], step)
}

func (r *reader) lifeGiven(words []Word, step *LifeStep) bool {
	for _, w := range words {
		name, value, given := strings.Cut(w.Text, "=")
		if !given || name == "" || value == "" {
			return false
		}
		behind := w.Place
		behind.Offset += len([]rune(name)) + 1
		step.Given = append(step.Given, Given{Name: Word{Text: name, Place: w.Place}, Value: Word{Text: value, Place: behind}})
	}
	return true
}
