package draw

import (
	"context"
	"net/url"

	core "jiaoheng/draw"
	"jiaoheng/draw/admission"
	"jiaoheng/draw/ceremony"
	"jiaoheng/draw/lists"
	"jiaoheng/draw/quota"
	"jiaoheng/message"
)

// kinds are the kinds whose draws are prepared on these pages.
var kinds = map[string]kind{
	ceremony.Classes: classesKind{},
	ceremony.Pair:    pairKind{},
	ceremony.Lists:   listsKind{},
	ceremony.Vacancy: vacancyKind{},
}

// simulatedDraws is from how many draws the chances on a certificate are estimated where they are not exact.
const simulatedDraws = 10 * lists.BlockDraws

// Runs computes every kind of draw.
func Runs() map[string]ceremony.Run {
	return map[string]ceremony.Run{
		ceremony.Classes: runClasses,
		ceremony.Pair:    runPair,
		ceremony.Lists:   runLists,
		ceremony.Vacancy: func(a core.Announcement, lines []string, seed core.Seed) ([]string, any, error) {
			order, err := lists.Redraw(a, lines, seed)
			if err != nil {
				return nil, nil, err
			}
			result, err := lists.VacancyLines(a, lines, seed)
			return result, lists.CertifyVacancy(a, lines, order, message.Chinese), err
		},
		ceremony.Quota: func(a core.Announcement, lines []string, seed core.Seed) ([]string, any, error) {
			result, err := quota.Draw(a, lines, seed)
			if err != nil {
				return nil, nil, err
			}
			return result.Lines(), result.Certificate(a.Origin(), core.Hex(a.Commitment()), nil, message.Chinese), nil
		},
		ceremony.Admit: func(a core.Announcement, lines []string, seed core.Seed) ([]string, any, error) {
			result, err := admission.Draw(a, lines, seed)
			if err != nil {
				return nil, nil, err
			}
			return result.Lines(), result.Certificate(a.Origin(), core.Hex(a.Commitment()), nil, message.Chinese), nil
		},
	}
}

func runLists(a core.Announcement, lines []string, seed core.Seed) ([]string, any, error) {
	result, err := lists.Draw(a, lines, seed)
	if err != nil {
		return nil, nil, err
	}
	chances, err := lists.ChancesOf(context.Background(), a, lines, simulatedDraws)
	if err != nil {
		return nil, nil, err
	}
	certificate, err := result.Certificate(a, lines, chances, nil, message.Chinese)
	return result.Lines(), certificate, err
}

// Freeze makes rules and lines of tables outside of these pages, as the demo does. A kind that freezes nothing is a programmer's error.
func Freeze(name string, tables []ceremony.Table, choices url.Values, secret core.Secret) (ceremony.Frozen, error) {
	named := map[string]ceremony.Table{}
	for _, table := range tables {
		named[table.Name] = table
	}
	made, err := kinds[name].freeze(context.Background(), named, choices, secret)
	made.Setup, made.Secret = choices, secret
	return made, err
}
