package class

import (
	"strconv"
	"strings"

	"jiaoheng/draw"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// KindPair names the draw that gives teams of teachers to classes.
const KindPair = "pair"

// FrozenPair makes rules and lines of the pairing of the classes of a finished draw with teams.
func FrozenPair(digest string, teams []string) ([]draw.Rule, []string, error) {
	var faults fault.List
	seen := map[string]bool{}
	lines := make([]string, 0, 2*len(teams))
	for i := range teams {
		lines = append(lines, "c;"+strconv.Itoa(i+1))
	}
	for i, team := range teams {
		team = strings.TrimSpace(team)
		if team == "" || strings.Contains(team, ";") || seen[team] {
			faults.Add(fault.At(fault.Place{Row: i + 1}, "draw.pair_team", nil))
		}
		seen[team] = true
		lines = append(lines, "t;"+team)
	}
	if len(teams) < 1 || len(teams) > MaxClasses {
		faults.Add(fault.New("draw.pair_count", message.Args{"count": len(teams), "limit": MaxClasses}))
	}
	return []draw.Rule{{Key: "draw", Value: digest}}, lines, faults.Err()
}

// PairLines computes the lines of the result of a pairing: each class with its team.
func PairLines(_ draw.Announcement, lines []string, seed draw.Seed) ([]string, error) {
	count := len(lines) / 2
	teams := make([]string, count)
	for i, line := range lines {
		tag, text, _ := strings.Cut(line, ";")
		switch {
		case i < count && line == "c;"+strconv.Itoa(i+1):
		case i >= count && i < 2*count && tag == "t" && text != "" && !strings.Contains(text, ";"):
			teams[i-count] = text
		default:
			return nil, fault.At(fault.Place{Line: i + 1}, "draw.class_line", nil)
		}
	}
	if count > MaxClasses {
		return nil, fault.New("draw.pair_count", message.Args{"count": count, "limit": MaxClasses})
	}
	order := make([]int, count)
	for i := range order {
		order[i] = i
	}
	draw.Shuffle(draw.NewGenerator("pair", seed), order)
	result := make([]string, count)
	for i, at := range order {
		result[i] = strconv.Itoa(i+1) + ";" + teams[at]
	}
	return result, nil
}

// PairCertificate says what a pairing proves.
type PairCertificate struct {
	Kind       string   `json:"kind"`
	Commitment string   `json:"commitment"`
	SeedOrigin string   `json:"seed_origin"`
	Classes    int      `json:"classes"`
	Chance     string   `json:"chance"` // of each class, and so of each pupil, for each team
	Sentences  []string `json:"sentences"`
}

// CertifyPair is the certificate of a pairing of that many classes.
func CertifyPair(a draw.Announcement, classes int, language message.Language) PairCertificate {
	c := PairCertificate{Kind: KindPair, Commitment: draw.Hex(a.Commitment()), SeedOrigin: a.Origin(), Classes: classes, Chance: "1/" + strconv.Itoa(classes)}
	c.Sentences = []string{message.Text(language, "draw.pair_said", message.Args{"classes": classes})}
	if c.SeedOrigin == draw.Unproven {
		c.Sentences = append(c.Sentences, message.Text(language, "draw.class_said_unproven", nil))
	}
	return c
}
