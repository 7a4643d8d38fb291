package class

import (
	"strconv"
	"strings"

	"jiaoheng/draw"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Limits of a draw of classes.
const (
	MaxPupils   = 20_000
	MaxClasses  = 200
	MaxColumns  = 30
	MaxLevels   = 300
	MaxScores   = 12
	MaxScore    = 1_000_000
	MaxSteps    = 1_000_000_000
	MaxTogether = 10
	MaxTries    = 8
)

// Kind names this draw in an announcement.
const Kind = "classes"

// Roster is what the lines of a draw say, in numbers: pupils, attributes and classes from 0.
type Roster struct {
	Who              []string
	Classes, Columns int
	Codes            []int32   // pupil × column: code of the level
	Scores           [][]int32 // score × pupil
	Together         [][]int   // pupils that stay in one class
	Apart            [][]int   // pupils of whom no two may share a class
	Locked           []int32   // class of a locked pupil, or -1
	Special          Special
	Steps, Tries     int // steps of one search, and how many searches
	ScoreSteps       int
}

// Special is the rule for pupils who need more room: at most Cap of them in a class, which has Less fewer seats for each.
// Column is -1 without such a rule.
type Special struct{ Column, Code, Cap, Less int }

// ReadRoster reads the rules and lines of an announced draw. Every line that cannot be read is named.
func ReadRoster(a draw.Announcement, lines []string) (*Roster, error) {
	r := &Roster{Special: Special{Column: -1}}
	var faults fault.List
	number := func(key string, least, most int) int {
		n, err := a.RuleInt(key, least, most)
		faults.Add(fault.Of(err)...)
		return n
	}
	r.Classes = number("classes", 1, MaxClasses)
	r.Columns = number("attributes", 0, MaxColumns)
	scores := number("scores", 0, MaxScores)
	r.Steps = number("steps", 0, MaxSteps)
	r.Tries = number("tries", 1, MaxTries)
	r.ScoreSteps = number("score_steps", 0, MaxSteps)
	if text := a.Rule("special"); text != "" {
		faults.Add(r.readSpecial(text)...)
	}
	if len(faults) > 0 {
		return nil, faults.Err()
	}
	r.Scores = make([][]int32, scores)
	reader := lineReader{Roster: r, at: map[string]int{}}
	for i, line := range lines {
		if !reader.read(strings.Split(line, ";")) {
			faults.Add(fault.At(fault.Place{Line: i + 1}, "draw.class_line", nil))
		}
	}
	faults.Add(r.faults()...)
	return r, faults.Err()
}

func (r *Roster) readSpecial(text string) fault.List {
	fields := strings.Split(text, " ")
	var n [4]int
	ok := len(fields) == len(n)
	for i := 0; ok && i < len(n); i++ {
		n[i], ok = draw.Whole(fields[i])
	}
	if !ok || n[0] < 1 || n[0] > r.Columns || n[1] >= MaxLevels || n[2] < 1 || n[2] > MaxPupils || n[3] > 20 {
		return fault.List{fault.New("draw.class_special", nil)}
	}
	r.Special = Special{Column: n[0] - 1, Code: n[1], Cap: n[2], Less: n[3]}
	return nil
}

type lineReader struct {
	*Roster
	at    map[string]int
	stage int // of the tags in their order
}

func (r *lineReader) read(fields []string) bool {
	stage := map[string]int{"p": 1, "t": 2, "a": 3, "l": 4}[fields[0]]
	if stage == 0 || stage < r.stage {
		return false
	}
	r.stage = stage
	switch {
	case fields[0] == "p" && len(fields) == 4:
		return r.pupil(fields[1], fields[2], fields[3])
	case fields[0] == "t" && len(fields) == 2:
		return r.group(&r.Together, fields[1])
	case fields[0] == "a" && len(fields) == 2:
		return r.group(&r.Apart, fields[1])
	case fields[0] == "l" && len(fields) == 4:
		pupil, known := r.at[fields[1]]
		class, ok := draw.Whole(fields[2])
		if !known || !ok || class < 1 || class > r.Classes || r.Locked[pupil] >= 0 {
			return false
		}
		r.Locked[pupil] = int32(class - 1)
		return true
	}
	return false
}

func (r *lineReader) pupil(who, codes, scores string) bool {
	if _, twice := r.at[who]; twice || who == "" || len(r.Who) > 0 && who < r.Who[len(r.Who)-1] {
		return false
	}
	code, ok := numbers(codes, r.Columns, MaxLevels-1)
	score, fine := numbers(scores, len(r.Scores), MaxScore)
	if !ok || !fine {
		return false
	}
	r.at[who] = len(r.Who)
	r.Who = append(r.Who, who)
	r.Locked = append(r.Locked, -1)
	r.Codes = append(r.Codes, code...)
	for i, value := range score {
		r.Scores[i] = append(r.Scores[i], value)
	}
	return true
}

func (r *lineReader) group(groups *[][]int, text string) bool {
	var group []int
	seen := map[int]bool{}
	for who := range strings.SplitSeq(text, ",") {
		pupil, known := r.at[who]
		if !known || seen[pupil] {
			return false
		}
		seen[pupil] = true
		group = append(group, pupil)
	}
	*groups = append(*groups, group)
	return len(group) > 1
}

func numbers(text string, count, most int) ([]int32, bool) {
	if count == 0 {
		return nil, text == ""
	}
	fields := strings.Split(text, ",")
	out := make([]int32, len(fields))
	for i, field := range fields {
		n, ok := draw.Whole(field)
		if !ok || n > most {
			return nil, false
		}
		out[i] = int32(n)
	}
	return out, len(fields) == count
}

// faults names what no draw can satisfy.
func (r *Roster) faults() (faults fault.List) {
	n := len(r.Who)
	if n < r.Classes || n > MaxPupils {
		faults.Add(fault.New("draw.class_pupils", message.Args{"count": n, "classes": r.Classes, "limit": MaxPupils}))
		return faults
	}
	in := make([]int, n)
	for number, group := range r.Together {
		class := int32(-1)
		for _, pupil := range group {
			if in[pupil] > 0 {
				faults.Add(fault.New("draw.class_together_twice", message.Args{"group": number + 1}))
			}
			in[pupil] = number + 1
			if lock := r.Locked[pupil]; lock >= 0 && class >= 0 && lock != class {
				faults.Add(fault.New("draw.class_together_locked", message.Args{"group": number + 1}))
			} else if lock >= 0 {
				class = lock
			}
		}
		for _, pupil := range group {
			r.Locked[pupil] = max(r.Locked[pupil], class) // a lock of one holds the others
		}
	}
	for number, group := range r.Apart {
		if len(group) > r.Classes {
			faults.Add(fault.New("draw.class_apart_many", message.Args{"group": number + 1, "count": len(group), "classes": r.Classes}))
		}
		faults.Add(r.apartFaults(number, group, in)...)
	}
	if columns := r.Columns + len(r.apartColumns()); columns > MaxColumns {
		faults.Add(fault.New("draw.class_columns", message.Args{"count": columns, "limit": MaxColumns}))
	}
	return append(faults, r.seatFaults()...)
}

func (r *Roster) apartFaults(number int, group, in []int) (faults fault.List) {
	for i, p := range group {
		for _, q := range group[:i] {
			if in[p] > 0 && in[p] == in[q] || r.Locked[p] >= 0 && r.Locked[p] == r.Locked[q] {
				faults.Add(fault.New("draw.class_apart_together", message.Args{"group": number + 1}))
			}
		}
	}
	return faults
}

func (r *Roster) seatFaults() (faults fault.List) {
	size := r.sizes()
	least := size[0]
	for _, s := range size {
		least = min(least, s)
	}
	held := make([]int, r.Classes)
	for _, class := range r.Locked {
		if class >= 0 {
			held[class]++
		}
	}
	for class, count := range held {
		if count > least {
			faults.Add(fault.New("draw.class_locked_many", message.Args{"class": class + 1, "count": count, "seats": least}))
		}
	}
	free, largest := len(r.Who), 1
	for number, group := range r.Together {
		if len(group) > min(least, MaxTogether) {
			faults.Add(fault.New("draw.class_together_many", message.Args{"group": number + 1, "seats": min(least, MaxTogether)}))
		}
		free, largest = free-len(group), max(largest, len(group))
	}
	for _, class := range r.Locked {
		if class >= 0 {
			free--
		}
	}
	if free < r.Classes*(largest-1) { // else every group finds a class with room, wherever the others are
		faults.Add(fault.New("draw.class_together_room", message.Args{"free": free, "need": r.Classes * (largest - 1)}))
	}
	if special := r.special(); r.Special.Column >= 0 && special > r.Classes*r.Special.Cap {
		faults.Add(fault.New("draw.class_special_many", message.Args{"count": special, "classes": r.Classes, "cap": r.Special.Cap}))
	}
	if least < 1 {
		faults.Add(fault.New("draw.class_special_less", nil))
	}
	return faults
}

// special counts the pupils to whom the rule for special needs applies.
func (r *Roster) special() (count int) {
	if r.Special.Column < 0 {
		return 0
	}
	for i := range r.Who {
		if int(r.Codes[i*r.Columns+r.Special.Column]) == r.Special.Code {
			count++
		}
	}
	return count
}

// specialOf is how many pupils of special needs class k of K gets: as even as can be, the first classes one more.
func (r *Roster) specialOf(k int) int {
	return share(r.special(), r.Classes, k)
}

func share(count, classes, k int) int {
	n := count / classes
	if k < count%classes {
		n++
	}
	return n
}

// sizes are the seats of the classes before they are numbered by lot. With the rule for special needs, seats plus Less for each
// such pupil are as even as can be; the seats that remain go to the last classes first, which have fewer such pupils.
func (r *Roster) sizes() []int {
	n := len(r.Who)
	size := make([]int, r.Classes)
	if r.Special.Column < 0 || r.Special.Less == 0 {
		for k := range size {
			size[k] = share(n, r.Classes, k)
		}
		return size
	}
	places := n + r.special()*r.Special.Less
	for k := range size {
		size[k] = share(places, r.Classes, r.Classes-1-k) - r.specialOf(k)*r.Special.Less
	}
	return size
}

// apartColumns gives every list of pupils to be kept apart a column, lists without a common pupil sharing one: code 0 for
// pupils on none of its lists, then 1, 2, ….
func (r *Roster) apartColumns() (columns [][]int32) {
	codes := []int32{}
	for _, group := range r.Apart {
		at := 0
		for ; at < len(columns); at++ {
			free := true
			for _, pupil := range group {
				free = free && columns[at][pupil] == 0
			}
			if free {
				break
			}
		}
		if at == len(columns) {
			columns, codes = append(columns, make([]int32, len(r.Who))), append(codes, 0)
		}
		codes[at]++
		for _, pupil := range group {
			columns[at][pupil] = codes[at]
		}
	}
	return columns
}

// Lines writes a roster back: pupils, together, apart, locks with their reasons.
func (r *Roster) Lines(reasons map[int]string) (lines []string) {
	for i, who := range r.Who {
		var scores []string
		for _, column := range r.Scores {
			scores = append(scores, strconv.Itoa(int(column[i])))
		}
		codes := make([]string, r.Columns)
		for c := range codes {
			codes[c] = strconv.Itoa(int(r.Codes[i*r.Columns+c]))
		}
		lines = append(lines, "p;"+who+";"+strings.Join(codes, ",")+";"+strings.Join(scores, ","))
	}
	group := func(tag string, groups [][]int) {
		for _, pupils := range groups {
			who := make([]string, len(pupils))
			for i, pupil := range pupils {
				who[i] = r.Who[pupil]
			}
			lines = append(lines, tag+";"+strings.Join(who, ","))
		}
	}
	group("t", r.Together)
	group("a", r.Apart)
	for i, class := range r.Locked {
		if class >= 0 {
			lines = append(lines, "l;"+r.Who[i]+";"+strconv.Itoa(int(class)+1)+";"+reasons[i])
		}
	}
	return lines
}
