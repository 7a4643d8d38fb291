package lists

import (
	"strings"

	"jiaoheng/draw"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Result is what was drawn.
type Result struct {
	Teams  []Team
	Rounds int // draws of objects; more than one only where a draw could not be manned
	Tries  int // fillings of the seats; more than one only where kin made a dead end
}

// Team is one drawn object with who fills its seats, in their order, as they stand in the lines.
type Team struct {
	Object     string
	Inspectors []string
}

// Draw draws by the lines and the seed alone.
//
// Errors: faults naming the lines that are not as they should be, or that no draw of MaxRounds could be manned.
func Draw(a draw.Announcement, lines []string, seed draw.Seed) (Result, error) {
	if a.Kind != Kind {
		return Result{}, fault.New("lists.kind", message.Args{"kind": a.Kind, "wanted": Kind})
	}
	r, err := readRoster(lines)
	if err != nil {
		return Result{}, err
	}
	w := newWork(r)
	rounds, tries := w.run(draw.NewGenerator(Kind, seed))
	if rounds > MaxRounds {
		return Result{}, fault.New("lists.never_manned", message.Args{"rounds": MaxRounds})
	}
	return w.result(rounds, tries), nil
}

func (w *work) result(rounds, tries int) Result {
	result := Result{Rounds: rounds, Tries: tries}
	for _, o := range w.picked {
		result.Teams = append(result.Teams, Team{Object: w.r.objects[o].id})
	}
	for s, person := range w.at {
		team := &result.Teams[w.seats[s].place]
		team.Inspectors = append(team.Inspectors, w.r.inspectors[person].id)
	}
	return result
}

// Lines are the result as it stands in a proof: one line for each drawn object, in the order of the draw.
func (r Result) Lines() []string {
	lines := make([]string, len(r.Teams))
	for n, team := range r.Teams {
		lines[n] = team.Object + ";" + strings.Join(team.Inspectors, ",")
	}
	return lines
}

// Lines repeats a draw of kind lists or vacancy and returns the lines of its result.
func Lines(a draw.Announcement, lines []string, seed draw.Seed) ([]string, error) {
	if a.Kind == Vacancy {
		return VacancyLines(a, lines, seed)
	}
	result, err := Draw(a, lines, seed)
	if err != nil {
		return nil, err
	}
	return result.Lines(), nil
}
