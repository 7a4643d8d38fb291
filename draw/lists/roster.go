package lists

import (
	"slices"
	"strings"

	"jiaoheng/draw"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Limits of a draw from lists.
const (
	MaxObjects    = 20_000
	MaxInspectors = 2_000
	MaxStrata     = 2_000
	MaxTeam       = 20    // seats of one object
	MaxSeats      = 4_000 // seats of one draw
	MaxConflicts  = 300   // objects that one inspector may not see
)

// anybody stands in a line for a seat without requirements.
const anybody = "*"

// roster is what the lines say, in numbers: everything that a draw needs.
type roster struct {
	strata     []stratum
	objects    []object
	inspectors []inspector
	apart      [][]uint16 // for each object the inspectors who may not see it, ascending
}

type stratum struct {
	title   string
	pick    int
	members []int // objects, in the order of their lines
	weight  int   // of all members
}

type object struct {
	id, name        string
	stratum, weight int
	seats           []string // requirements of each seat as in the line
}

type inspector struct {
	id, name  string
	load      int
	tags      []string
	conflicts []int
	kin       []int
}

// readRoster reads the lines of a draw and names every one that is not as it should be.
func readRoster(lines []string) (*roster, error) {
	r := &roster{}
	var faults fault.List
	seen := map[string]bool{}
	for at, line := range lines {
		fields := strings.Split(line, ";")
		ok := len(fields) > 1 && !seen[fields[0]+";"+fields[1]]
		switch {
		case !ok:
		case fields[0] == "stratum" && len(fields) == 4 && len(r.objects)+len(r.inspectors) == 0:
			ok = r.readStratum(fields)
		case fields[0] == "object" && len(fields) == 6 && len(r.inspectors) == 0:
			ok = r.readObject(fields)
		case fields[0] == "inspector" && len(fields) == 7:
			ok = r.readInspector(fields)
		default:
			ok = false
		}
		if !ok {
			faults.Add(fault.At(fault.Place{Line: at + 1}, "lists.line", nil))
			continue
		}
		seen[fields[0]+";"+fields[1]] = true
	}
	if len(faults) == 0 {
		faults.Add(r.link()...)
	}
	return r, faults.Err()
}

func (r *roster) readStratum(fields []string) bool {
	number, ok := draw.Whole(fields[1])
	pick, fine := draw.Whole(fields[3])
	r.strata = append(r.strata, stratum{title: fields[2], pick: pick})
	return ok && fine && number == len(r.strata) && number <= MaxStrata
}

func (r *roster) readObject(fields []string) bool {
	number, ok := draw.Whole(fields[3])
	weight, fine := draw.Whole(fields[4])
	if !ok || !fine || number < 1 || number > len(r.strata) || weight < 1 || weight >= draw.MaxBelow || len(r.objects) >= MaxObjects {
		return false
	}
	o := object{id: fields[1], name: fields[2], stratum: number - 1, weight: weight}
	if fields[5] != "" {
		o.seats = strings.Split(fields[5], ",")
	}
	s := &r.strata[number-1]
	s.members, s.weight = append(s.members, len(r.objects)), s.weight+weight
	r.objects = append(r.objects, o)
	return len(o.seats) <= MaxTeam && !slices.Contains(o.seats, "")
}

func (r *roster) readInspector(fields []string) bool {
	load, ok := draw.Whole(fields[3])
	conflicts, fine := readNumbers(fields[5], len(r.objects))
	kin, known := readNumbers(fields[6], MaxInspectors)
	i := inspector{id: fields[1], name: fields[2], load: load, conflicts: conflicts, kin: kin}
	if fields[4] != "" {
		i.tags = strings.Split(fields[4], "+")
	}
	r.inspectors = append(r.inspectors, i)
	return ok && fine && known && load <= MaxObjects && len(r.inspectors) <= MaxInspectors
}

// readNumbers reads an ascending list of numbers from 1 to most, and counts from 0.
func readNumbers(text string, most int) (numbers []int, ok bool) {
	if text == "" {
		return nil, true
	}
	for word := range strings.SplitSeq(text, ",") {
		n, whole := draw.Whole(word)
		if !whole || n < 1 || n > most || len(numbers) > 0 && n-1 <= numbers[len(numbers)-1] {
			return nil, false
		}
		numbers = append(numbers, n-1)
	}
	return numbers, true
}

// link checks what concerns several lines together.
func (r *roster) link() (faults fault.List) {
	for number, s := range r.strata {
		if s.weight >= draw.MaxBelow || s.pick > len(s.members) {
			faults.Add(fault.New("lists.stratum", message.Args{"stratum": number + 1, "pick": s.pick, "count": len(s.members), "limit": draw.MaxBelow - 1}))
			continue
		}
		for _, o := range s.members {
			if s.pick*r.objects[o].weight > s.weight {
				faults.Add(fault.New("lists.weight_above", message.Args{"object": r.objects[o].id, "weight": r.objects[o].weight, "stratum": called(s.title),
					"most": s.weight / s.pick, "pick": s.pick}))
			}
		}
	}
	if seats := r.mostSeats(); seats > MaxSeats {
		faults.Add(fault.New("lists.seats", message.Args{"count": seats, "limit": MaxSeats}))
	}
	r.apart = make([][]uint16, len(r.objects))
	for number, i := range r.inspectors {
		for _, o := range i.conflicts {
			r.apart[o] = append(r.apart[o], uint16(number))
		}
		for _, other := range i.kin {
			if other >= len(r.inspectors) || other == number {
				faults.Add(fault.New("lists.kin_number", message.Args{"inspector": i.id}))
			} else if !slices.Contains(r.inspectors[other].kin, number) {
				faults.Add(fault.New("lists.kin_one_way", message.Args{"inspector": i.id, "other": r.inspectors[other].id}))
			}
		}
	}
	return faults
}

// mostSeats is how many seats a draw may have at most.
func (r *roster) mostSeats() (total int) {
	for _, s := range r.strata {
		total += topSeats(s.pick, func(count []int) {
			for _, o := range s.members {
				count[len(r.objects[o].seats)]++
			}
		})
	}
	return total
}

// topSeats adds the largest numbers of a histogram of numbers of seats.
func topSeats(pick int, fill func(count []int)) (total int) {
	count := make([]int, MaxTeam+1)
	fill(count)
	for seats := MaxTeam; seats > 0 && pick > 0; seats-- {
		some := min(pick, count[seats])
		total, pick = total+some*seats, pick-some
	}
	return total
}

// fits tells whether an inspector has every tag that a seat asks for.
func (i *inspector) fits(seat string) bool {
	if seat == anybody {
		return true
	}
	for tag := range strings.SplitSeq(seat, "+") {
		if !slices.Contains(i.tags, tag) {
			return false
		}
	}
	return true
}
