package lists

import (
	"slices"
	"strconv"
	"strings"

	"jiaoheng/draw"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Vacancy is the kind of the redraw of one seat in announcements.
const Vacancy = "vacancy"

// candidate stands in a line of a redraw for who may take the seat; the others say why not.
const candidate = "candidate"

// Why somebody may not take a vacant seat, the first that holds in this order.
var whyNot = []string{"leaves", "left", "team", "conflict", "tags", "kin", "load"}

// MaxRedraws is how many redraws may follow one draw.
const MaxRedraws = 500

// Chain is a draw and the redraws of seats that became vacant, each bound to the one before by its digest.
type Chain struct {
	first, last string // digests
	r           *roster
	person      map[string]int
	teams       []Team
	left        map[int]bool // who gave up a seat
	shown       bool         // people stand in clear
	redraws     int
}

// NewChain begins a chain by the proof of a draw from lists. The proof is verified in full.
func NewChain(first draw.Proof) (*Chain, error) {
	a, seed, err := first.Check()
	if err != nil {
		return nil, err
	}
	result, err := Draw(a, first.Lines, seed)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(result.Lines(), first.Result) {
		return nil, fault.New("lists.chain_result", message.Args{"number": 0})
	}
	c := &Chain{first: first.Digest, last: first.Digest, teams: result.Teams, person: map[string]int{}, left: map[int]bool{}, shown: a.Rule("inspectors") == "clear"}
	if c.r, err = readRoster(first.Lines); err != nil {
		return nil, err
	}
	for n := range c.r.inspectors {
		c.person[c.r.inspectors[n].id] = n
	}
	return c, nil
}

// Teams are the drawn objects with who fills their seats now.
func (c *Chain) Teams() []Team {
	teams := slices.Clone(c.teams)
	for n := range teams {
		teams[n].Inspectors = slices.Clone(teams[n].Inspectors)
	}
	return teams
}

// Shown are the names of people by their ids, where the proof shows people in clear; else it is empty.
func (c *Chain) Shown() map[string]string {
	names := map[string]string{}
	for _, i := range c.r.inspectors {
		if c.shown {
			names[i.id] = i.name
		}
	}
	return names
}

// Vacate makes the rules and lines of the redraw of one seat: the person at the object gives it up for the reason, which is
// published and so must not hold anything personal. Nobody else's seat changes.
//
// Errors: faults when the object was not drawn, the person does not sit there, or nobody may take the seat; the latter counts
// why not.
func (c *Chain) Vacate(object, person, reason string) ([]draw.Rule, []string, error) {
	place := slices.IndexFunc(c.teams, func(t Team) bool { return t.Object == object })
	if place < 0 {
		return nil, nil, fault.New("lists.vacancy_object", message.Args{"object": object})
	}
	seat := slices.Index(c.teams[place].Inspectors, person)
	if seat < 0 {
		return nil, nil, fault.New("lists.vacancy_inspector", message.Args{"object": object, "inspector": person})
	}
	if strings.TrimSpace(reason) == "" {
		return nil, nil, fault.New("lists.vacancy_reason", nil)
	}
	if c.redraws >= MaxRedraws {
		return nil, nil, fault.New("lists.vacancy_many", message.Args{"limit": MaxRedraws})
	}
	lines, counts := c.vacant(place, seat)
	if counts[candidate] == 0 {
		args := message.Args{"object": object, "seat": seat + 1}
		for _, why := range whyNot {
			args[why] = counts[why]
		}
		return nil, nil, fault.New("lists.vacancy_nobody", args)
	}
	return []draw.Rule{{Key: "first", Value: c.first}, {Key: "before", Value: c.last}, {Key: "object", Value: object}, {Key: "seat", Value: strconv.Itoa(seat + 1)},
		{Key: "leaves", Value: person}, {Key: "reason", Value: strings.TrimSpace(reason)}}, lines, nil
}

// vacant makes one line for everybody of the list: who may take the seat, or why not.
func (c *Chain) vacant(place, seat int) (lines []string, counts map[string]int) {
	o := slices.IndexFunc(c.r.objects, func(o object) bool { return o.id == c.teams[place].Object })
	needs := c.r.objects[o].seats[seat]
	leaves := c.person[c.teams[place].Inspectors[seat]]
	used, team := make([]int, len(c.r.inspectors)), map[int]bool{}
	for p, t := range c.teams {
		for s, id := range t.Inspectors {
			if n := c.person[id]; p != place || s != seat {
				used[n]++
				team[n] = team[n] || p == place
			}
		}
	}
	counts = map[string]int{}
	for n, i := range c.r.inspectors {
		state := candidate
		_, conflict := slices.BinarySearch(c.r.apart[o], uint16(n))
		for k, holds := range []bool{n == leaves, c.left[n], team[n], conflict, !i.fits(needs), slices.ContainsFunc(i.kin, func(k int) bool { return team[k] }), used[n] >= i.load} {
			if holds {
				state = whyNot[k]
				break
			}
		}
		counts[state]++
		lines = append(lines, "inspector;"+i.id+";"+i.name+";"+state)
	}
	return lines, counts
}

// Redraw orders the candidates of a vacant seat by lot; the first takes it.
//
// Errors: faults of lines that are not those of a redraw, or that have no candidate.
func Redraw(a draw.Announcement, lines []string, seed draw.Seed) (order []string, err error) {
	var faults fault.List
	if a.Kind != Vacancy {
		return nil, fault.New("lists.kind", message.Args{"kind": a.Kind, "wanted": Vacancy})
	}
	seen := map[string]bool{}
	for at, line := range lines {
		fields := strings.Split(line, ";")
		if len(fields) != 4 || fields[0] != "inspector" || fields[1] == "" || seen[fields[1]] || fields[3] != candidate && !slices.Contains(whyNot, fields[3]) {
			faults.Add(fault.At(fault.Place{Line: at + 1}, "lists.line", nil))
			continue
		}
		seen[fields[1]] = true
		if fields[3] == candidate {
			order = append(order, fields[1])
		}
	}
	if len(order) == 0 || len(order) > MaxInspectors {
		faults.Add(fault.New("lists.vacancy_lines", nil))
	}
	if len(faults) > 0 {
		return nil, faults
	}
	draw.Shuffle(draw.NewGenerator(Vacancy, seed), order)
	return order, nil
}

// VacancyLines repeats a redraw and returns the lines of its result: the candidates in the order of the lot, each with its rank.
func VacancyLines(a draw.Announcement, lines []string, seed draw.Seed) ([]string, error) {
	order, err := Redraw(a, lines, seed)
	if err != nil {
		return nil, err
	}
	result := make([]string, len(order))
	for n, who := range order {
		result[n] = who + ";" + strconv.Itoa(n+1)
	}
	return result, nil
}

// Add verifies the next redraw of the chain and puts its first candidate into the seat: its own hashes and result, that it names the
// draw and the proof before it, and that its lines say of everybody what the chain says.
func (c *Chain) Add(p draw.Proof) error {
	a, seed, err := p.Check()
	if err != nil {
		return err
	}
	number := c.redraws + 1
	bad := func(code string) error { return fault.New(code, message.Args{"number": number}) }
	result, err := VacancyLines(a, p.Lines, seed)
	if err != nil {
		return err
	}
	if !slices.Equal(result, p.Result) {
		return bad("lists.chain_result")
	}
	if a.Rule("first") != c.first {
		return bad("lists.chain_first")
	}
	if a.Rule("before") != c.last {
		return bad("lists.chain_before")
	}
	rules, lines, err := c.Vacate(a.Rule("object"), a.Rule("leaves"), a.Rule("reason"))
	if err != nil {
		return err
	}
	if !slices.Equal(rules, a.Rules) || !slices.Equal(lines, p.Lines) {
		return bad("lists.chain_lines")
	}
	place := slices.IndexFunc(c.teams, func(t Team) bool { return t.Object == a.Rule("object") })
	seat, _ := draw.Whole(a.Rule("seat"))
	who, _, _ := strings.Cut(result[0], ";")
	c.left[c.person[a.Rule("leaves")]] = true
	c.teams[place].Inspectors = slices.Clone(c.teams[place].Inspectors)
	c.teams[place].Inspectors[seat-1] = who
	c.last, c.redraws = p.Digest, number
	return nil
}

// VacancyCertificate says what a redraw reached.
type VacancyCertificate struct {
	Kind       string         `json:"kind"`
	Commitment string         `json:"commitment"`
	SeedOrigin string         `json:"seed_origin"`
	First      string         `json:"first"`
	Before     string         `json:"before"`
	Object     string         `json:"object"`
	Seat       int            `json:"seat"`
	Leaves     string         `json:"leaves"`
	Takes      string         `json:"takes"`
	Candidates int            `json:"candidates"`
	Chance     string         `json:"chance"`   // of each candidate
	Excluded   map[string]int `json:"excluded"` // by reason
	Sentences  []string       `json:"sentences"`
}

// CertifyVacancy says what a redraw reached, by its announcement, its lines and the order of the lot.
func CertifyVacancy(a draw.Announcement, lines, order []string, language message.Language) VacancyCertificate {
	c := VacancyCertificate{Kind: Vacancy, Commitment: draw.Hex(a.Commitment()), SeedOrigin: a.Origin(), First: a.Rule("first"), Before: a.Rule("before"),
		Object: a.Rule("object"), Leaves: a.Rule("leaves"), Takes: order[0], Candidates: len(order), Chance: "1/" + strconv.Itoa(len(order)), Excluded: map[string]int{}}
	c.Seat, _ = draw.Whole(a.Rule("seat"))
	for _, line := range lines {
		if state := line[strings.LastIndexByte(line, ';')+1:]; state != candidate {
			c.Excluded[state]++
		}
	}
	c.Sentences = []string{message.Text(language, "lists.said.vacancy", message.Args{"object": c.Object, "seat": c.Seat, "candidates": c.Candidates, "takes": c.Takes})}
	for _, why := range whyNot[1:] {
		if count := c.Excluded[why]; count > 0 {
			c.Sentences = append(c.Sentences, message.Text(language, "lists.said.excluded", message.Args{"count": count, "why": message.Word("lists.why." + why)}))
		}
	}
	if c.SeedOrigin == draw.Unproven {
		c.Sentences = append(c.Sentences, message.Text(language, "lists.said.unproven", nil))
	}
	return c
}
