package lists_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiaoheng/draw"
	"jiaoheng/draw/lists"
)

// plain draws as docs/draw-protocol.md says, by the shortest code that can be written: every question whether the later seats can
// still be filled is answered by trying all ways.
type plain struct {
	objects, inspectors [][]string
	strata              [][]string
	rounds, tries       int
}

type plainSeat struct {
	place, object int
	needs         string
}

func readPlain(lines []string) *plain {
	p := &plain{}
	for _, line := range lines {
		fields := strings.Split(line, ";")
		switch fields[0] {
		case "stratum":
			p.strata = append(p.strata, fields)
		case "object":
			p.objects = append(p.objects, fields)
		case "inspector":
			p.inspectors = append(p.inspectors, fields)
		}
	}
	return p
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	return n
}

func holds(list, separator string, n int) bool {
	return slices.Contains(strings.Split(list, separator), strconv.Itoa(n))
}

func (p *plain) pick(g *draw.Generator) (picked []int) {
	for n, s := range p.strata {
		var members []int
		weight, k := 0, number(s[3])
		for o, fields := range p.objects {
			if number(fields[3]) == n+1 {
				members, weight = append(members, o), weight+number(fields[4])
			}
		}
		if k == 0 {
			continue
		}
		draw.Shuffle(g, members)
		u := int(g.Below(uint32(weight)))
		end := 0
		for _, o := range members {
			start := end
			end += k * number(p.objects[o][4])
			for mark := u; mark < end; mark += weight {
				if mark >= start {
					picked = append(picked, o)
				}
			}
		}
	}
	return picked
}

// may tells whether a person may take a seat after these choices for the seats before it.
func (p *plain) may(seats []plainSeat, chosen []int, seat plainSeat, person int, kin bool) bool {
	fields := p.inspectors[person]
	used := 0
	for n, other := range chosen {
		if other == person {
			used++
		}
		if seats[n].place == seat.place && (other == person || kin && holds(fields[6], ",", other+1)) {
			return false
		}
	}
	for _, tag := range strings.Split(seat.needs, "+") {
		if tag != "*" && !slices.Contains(strings.Split(fields[4], "+"), tag) {
			return false
		}
	}
	return used < number(fields[3]) && !holds(fields[5], ",", seat.object+1)
}

// complete tells whether the seats after those chosen can be filled, kin counting only with those in decided.
func (p *plain) complete(seats []plainSeat, chosen []int, decided int) bool {
	if len(chosen) == len(seats) {
		return true
	}
	seat := seats[len(chosen)]
	for person := range p.inspectors {
		if !p.may(seats, chosen, seat, person, false) || p.kinAmong(seats[:decided], chosen[:decided], seat, person) {
			continue
		}
		if p.complete(seats, append(slices.Clone(chosen), person), decided) {
			return true
		}
	}
	return false
}

func (p *plain) kinAmong(seats []plainSeat, chosen []int, seat plainSeat, person int) bool {
	for n, other := range chosen {
		if seats[n].place == seat.place && holds(p.inspectors[person][6], ",", other+1) {
			return true
		}
	}
	return false
}

func (p *plain) draw(seed draw.Seed) []string {
	g := draw.NewGenerator("lists", seed)
	for p.rounds = 1; p.rounds <= 100; p.rounds++ {
		picked := p.pick(g)
		var seats []plainSeat
		for place, o := range picked {
			if needs := p.objects[o][5]; needs != "" {
				for _, seat := range strings.Split(needs, ",") {
					seats = append(seats, plainSeat{place, o, seat})
				}
			}
		}
		if !p.complete(seats, nil, 0) {
			continue
		}
		for p.tries = 1; p.tries <= 100; p.tries++ {
			if chosen, ok := p.fill(g, seats); ok {
				return p.lines(picked, seats, chosen)
			}
		}
	}
	return nil
}

func (p *plain) fill(g *draw.Generator, seats []plainSeat) (chosen []int, ok bool) {
	for _, seat := range seats {
		var left []int
		for person := range p.inspectors {
			if p.may(seats, nil, seat, person, true) {
				left = append(left, person)
			}
		}
		for {
			if len(left) == 0 {
				return nil, false
			}
			j := g.Below(uint32(len(left)))
			with := append(slices.Clone(chosen), left[j])
			if p.may(seats, chosen, seat, left[j], true) && p.complete(seats, with, len(with)) {
				chosen = with
				break
			}
			left[j] = left[len(left)-1]
			left = left[:len(left)-1]
		}
	}
	return chosen, true
}

func (p *plain) lines(picked []int, seats []plainSeat, chosen []int) []string {
	lines := make([]string, len(picked))
	for place, o := range picked {
		lines[place] = p.objects[o][1] + ";"
	}
	for n, person := range chosen {
		place := seats[n].place
		if !strings.HasSuffix(lines[place], ";") {
			lines[place] += ","
		}
		lines[place] += p.inspectors[person][1]
	}
	return lines
}

// small invents a roster that is small enough to be tried in all ways; many are hard or impossible to man.
func small(t *rapid.T) []string {
	count := rapid.IntRange(2, 5).Draw(t, "objects")
	people := rapid.IntRange(2, 6).Draw(t, "inspectors")
	strata := rapid.IntRange(1, 2).Draw(t, "strata")
	size, weight := make([]int, strata), make([]int, strata)
	var objects, lines []string
	tags := []string{"*", "*", "a", "b"}
	for o := range count {
		s := rapid.IntRange(0, strata-1).Draw(t, "stratum")
		size[s]++
		weight[s] = max(weight[s], 1)
		var seats []string
		for range rapid.IntRange(1, 8/count).Draw(t, "seats") {
			seats = append(seats, rapid.SampledFrom(tags).Draw(t, "needs"))
		}
		objects = append(objects, fmt.Sprintf("object;O%d;学校%d;%d;%d;%s", o, o, s+1, 2, strings.Join(seats, ",")))
	}
	for s := range strata {
		lines = append(lines, fmt.Sprintf("stratum;%d;层%d;%d", s+1, s, rapid.IntRange(0, size[s]).Draw(t, "pick")))
	}
	lines = append(lines, objects...)
	kin := make([][]string, people)
	for a := range people {
		for b := range a {
			if rapid.IntRange(0, 5).Draw(t, "kin") == 0 {
				kin[a], kin[b] = append(kin[a], strconv.Itoa(b+1)), append(kin[b], strconv.Itoa(a+1))
			}
		}
	}
	for i := range people {
		var conflicts []string
		for o := range count {
			if rapid.IntRange(0, 3).Draw(t, "conflict") == 0 {
				conflicts = append(conflicts, strconv.Itoa(o+1))
			}
		}
		slices.SortFunc(kin[i], func(a, b string) int { return number(a) - number(b) })
		lines = append(lines, fmt.Sprintf("inspector;P%d;;%d;%s;%s;%s", i, rapid.IntRange(1, 3).Draw(t, "load"),
			rapid.SampledFrom([]string{"", "a", "a+b", "a+b"}).Draw(t, "tags"), strings.Join(conflicts, ","), strings.Join(kin[i], ",")))
	}
	return lines
}

func TestEveryDrawIsThatOfThePlainOracle(t *testing.T) {
	manned, hard, kin := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		lines := small(t)
		seed := draw.Seed{byte(rapid.IntRange(0, 255).Draw(t, "seed"))}
		a, err := draw.Announce(lists.Kind, "试验", nil, nil, lines)
		if err != nil {
			t.Fatal(err)
		}
		oracle := readPlain(lines)
		want := oracle.draw(seed)
		result, err := lists.Draw(a, lines, seed)
		if want == nil {
			hard++
			if err == nil {
				t.Fatalf("the oracle finds no draw that can be manned, got %v", result)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := result.Lines(); !slices.Equal(got, want) || result.Rounds != oracle.rounds || result.Tries != oracle.tries {
			t.Fatalf("got %v (%d, %d), want %v (%d, %d)", got, result.Rounds, result.Tries, want, oracle.rounds, oracle.tries)
		}
		if wrong := lists.Violations(lines, result.Lines()); wrong != nil {
			t.Fatalf("violations %v", wrong)
		}
		manned++
		if oracle.tries > 1 {
			kin++
		}
	})
	t.Logf("%d draws equal, %d lists that cannot be manned, %d with a dead end by kin", manned, hard, kin)
}
