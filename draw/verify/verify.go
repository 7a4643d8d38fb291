// Package verify repeats a draw of any kind from its proof and says what does not hold.
//
// Problem: whoever doubts a draw needs one question with one answer. Method: the hashes, the lines, the seed and the digest are
// checked by package draw, the result is computed again by the package of the kind and compared line by line.
//
// Limits: a proof shows that its result follows from what it says was announced. Whether that was announced, and before the
// randomness was known, is seen by comparing it with the published announcement: draw.Compare.
package verify

import (
	"slices"
	"strings"

	"jiaoheng/draw"
	"jiaoheng/draw/admission"
	"jiaoheng/draw/class"
	"jiaoheng/draw/lists"
	"jiaoheng/draw/quota"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Compute finds the lines of the result that lines and seed determine.
type Compute func(a draw.Announcement, lines []string, seed draw.Seed) ([]string, error)

// kinds are all draws that can be repeated.
var kinds = map[string]Compute{
	class.Kind:     class.Lines,
	class.KindPair: class.PairLines,
	lists.Kind:     lists.Lines,
	lists.Vacancy:  lists.VacancyLines,
	quota.Kind:     quota.Lines,
	admission.Kind: admission.Lines,
}

// Of is the computation of a kind of draw.
func Of(kind string) (Compute, bool) {
	compute, ok := kinds[kind]
	return compute, ok
}

// MaxNamed is how many lines of a wrong result are named.
const MaxNamed = 10

// Proof checks a proof and computes its result again. Every part that does not hold is named.
func Proof(p draw.Proof) (draw.Announcement, error) {
	a, seed, err := p.Check()
	faults := fault.Of(err)
	if err != nil && faults == nil {
		return a, err
	}
	compute, known := kinds[a.Kind]
	if !known {
		faults.Add(fault.New("draw.verify_kind", message.Args{"kind": a.Kind}))
		return a, faults.Err()
	}
	result, err := compute(a, p.Lines, seed)
	if err != nil {
		faults.Add(fault.Of(err)...)
		if fault.Of(err) == nil {
			return a, err
		}
		return a, faults.Err()
	}
	if !slices.Equal(result, p.Result) {
		faults.Add(differences(result, p.Result)...)
	}
	return a, faults.Err()
}

func differences(want, got []string) (faults fault.List) {
	count := 0
	for i := range max(len(want), len(got)) {
		var right, wrong string
		if i < len(want) {
			right = want[i]
		}
		if i < len(got) {
			wrong = got[i]
		}
		if right == wrong {
			continue
		}
		if count++; count <= MaxNamed {
			faults.Add(fault.At(fault.Place{Line: i + 1}, "draw.verify_result", message.Args{"want": right, "got": wrong}))
		}
	}
	if count > MaxNamed {
		faults.Add(fault.New("draw.verify_more", message.Args{"count": count - MaxNamed}))
	}
	return faults
}

// Announced compares a proof with what was published before the draw: the lines of the announcement and, where they were
// published, the leaves; they may follow the announcement in one file.
func Announced(text []string, p draw.Proof) fault.List {
	end := slices.IndexFunc(text, func(line string) bool { return strings.HasPrefix(line, "root ") }) + 1
	if end == 0 {
		end = len(text)
	}
	leaves := text[end:]
	if len(leaves) == 0 {
		leaves = nil
	}
	return draw.Compare(text[:end], leaves, p)
}
