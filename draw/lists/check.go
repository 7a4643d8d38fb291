package lists

import (
	"slices"
	"strconv"
	"strings"
)

// Violations checks a result against the lines by rereading both, without any part of the code that drew, and says what does not
// hold: numbers of each stratum, seats, requirements, conflicts, kin, load.
func Violations(lines, result []string) (wrong []string) {
	c := checking{objects: map[string][]string{}, inspectors: map[string][]string{}, number: map[string]string{}, load: map[string]int{}}
	want := map[string]string{}
	for _, line := range lines {
		switch fields := strings.Split(line, ";"); fields[0] {
		case "stratum":
			want[fields[1]] = fields[3]
		case "object":
			c.objects[fields[1]] = fields
			c.number[fields[1]] = strconv.Itoa(len(c.objects))
		case "inspector":
			c.inspectors[fields[1]] = fields
			c.number["i"+fields[1]] = strconv.Itoa(len(c.inspectors))
		}
	}
	taken, seen := map[string]int{}, map[string]bool{}
	for _, line := range result {
		id, team, _ := strings.Cut(line, ";")
		fields, known := c.objects[id]
		if !known || seen[id] {
			wrong = append(wrong, line)
			continue
		}
		seen[id] = true
		taken[fields[3]]++
		if team != "" || fields[5] != "" {
			wrong = append(wrong, c.team(fields, strings.Split(team, ","))...)
		}
	}
	for stratum, count := range want {
		if strconv.Itoa(taken[stratum]) != count {
			wrong = append(wrong, "stratum;"+stratum)
		}
	}
	for id, used := range c.load {
		if most, _ := strconv.Atoi(c.inspectors[id][3]); used > most {
			wrong = append(wrong, "load;"+id)
		}
	}
	slices.Sort(wrong)
	return wrong
}

type checking struct {
	objects, inspectors map[string][]string
	number              map[string]string
	load                map[string]int
}

// team checks the persons at one object.
func (c *checking) team(object, team []string) (wrong []string) {
	seats := strings.Split(object[5], ",")
	if len(seats) != len(team) {
		return []string{"seats;" + object[1]}
	}
	has := func(list, separator, word string) bool { return slices.Contains(strings.Split(list, separator), word) }
	for n, id := range team {
		person, known := c.inspectors[id]
		if !known {
			wrong = append(wrong, "unknown;"+id)
			continue
		}
		c.load[id]++
		for _, tag := range strings.Split(seats[n], "+") {
			if tag != "*" && !has(person[4], "+", tag) {
				wrong = append(wrong, "tag;"+object[1]+";"+id)
			}
		}
		if has(person[5], ",", c.number[object[1]]) {
			wrong = append(wrong, "conflict;"+object[1]+";"+id)
		}
		for _, other := range team[:n] {
			if other == id || has(person[6], ",", c.number["i"+other]) {
				wrong = append(wrong, "together;"+object[1]+";"+id)
			}
		}
	}
	return wrong
}
