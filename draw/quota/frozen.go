package quota

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"jiaoheng/draw"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Frozen makes the rules and lines of the draw out of the input. Every fault of the input is named, with the place of its row.
func Frozen(in Input, secret draw.Secret) ([]draw.Rule, []string, error) {
	for i, s := range in.Seniors {
		if s.Key && s.Quota == 0 {
			in.Seniors = slices.Clone(in.Seniors)
			in.Seniors[i].Quota = LeastQuota(s.Places, in.Policy.Share)
		}
	}
	if faults := in.faults(); len(faults) > 0 {
		return nil, nil, faults
	}
	var lines []string
	for _, s := range in.Seniors {
		lines = append(lines, fields("senior", s.ID, s.Places, s.Quota, s.QuotaFloor, s.Floor))
	}
	for _, j := range in.Juniors {
		lines = append(lines, fields("junior", j.ID, j.Graduates, bit(j.Rural)))
	}
	pupils := make([]string, len(in.Pupils))
	for i, p := range in.Pupils {
		pupils[i] = fields("pupil", secret.Who(p.ID), p.Junior, bit(p.Full), p.Score, joined(p.Ties, ","), strings.Join(p.Quota, ">"), strings.Join(p.Wishes, ">"))
	}
	slices.Sort(pupils)
	lines = append(lines, pupils...)
	rules := in.Policy.rules()
	t, err := read(rules, lines)
	if err != nil {
		return nil, nil, err
	}
	if faults := t.dividable(in.Seniors); len(faults) > 0 {
		return nil, nil, faults
	}
	return rules, lines, nil
}

// LeastQuota is how many of places a share of ten thousand asks at least.
func LeastQuota(places, share int) int { return (places*share + 9_999) / 10_000 }

func (p Policy) rules() []draw.Rule {
	return []draw.Rule{{Key: "method", Value: p.Method}, {Key: "share", Value: strconv.Itoa(p.Share)}, {Key: "basis", Value: orDash(p.Basis)},
		{Key: "least", Value: strconv.Itoa(p.Least)}, {Key: "rural_least", Value: strconv.Itoa(p.RuralLeast)}, {Key: "unused", Value: p.Unused},
		{Key: "bands", Value: orDash(joined(p.Bands, ","))}, {Key: "decimals", Value: strconv.Itoa(p.Decimals)},
		{Key: "ties", Value: orDash(strings.Join(p.Ties, ","))}}
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

func joined(numbers []int, by string) string {
	texts := make([]string, len(numbers))
	for i, n := range numbers {
		texts[i] = strconv.Itoa(n)
	}
	return strings.Join(texts, by)
}

func fields(parts ...any) string {
	texts := make([]string, len(parts))
	for i, part := range parts {
		switch part := part.(type) {
		case string:
			texts[i] = part
		case int:
			texts[i] = strconv.Itoa(part)
		}
	}
	return strings.Join(texts, ";")
}

// isCode tells whether a text can stand for a school in a line.
func isCode(text string) bool {
	return text != "" && text != "-" && len(text) <= maxID && !strings.ContainsAny(text, ";,>") && text == strings.TrimSpace(text) && strings.IndexFunc(text, unicode.IsControl) < 0
}

func (in Input) faults() (faults fault.List) {
	faults.Add(in.Policy.faults()...)
	if len(in.Seniors) == 0 || len(in.Seniors) > MaxSeniors {
		faults.Add(fault.New("draw.quota.seniors", message.Args{"count": len(in.Seniors), "limit": MaxSeniors}))
	}
	if len(in.Juniors) == 0 || len(in.Juniors) > MaxJuniors {
		faults.Add(fault.New("draw.quota.juniors", message.Args{"count": len(in.Juniors), "limit": MaxJuniors}))
	}
	if len(in.Pupils) > MaxPupils {
		faults.Add(fault.New("draw.quota.pupils", message.Args{"count": len(in.Pupils), "limit": MaxPupils}))
	}
	seniors, juniors := map[string]bool{}, map[string]bool{}
	for _, s := range in.Seniors {
		faults.Add(s.faults(in.Policy, seniors)...)
	}
	for _, j := range in.Juniors {
		faults.Add(code(j.Place, j.ID, juniors)...)
		faults.Add(within(j.Place, message.Word("draw.quota.word.graduates"), j.Graduates, 0, MaxGrads)...)
	}
	pupils := make(map[string]bool, len(in.Pupils))
	for _, p := range in.Pupils {
		faults.Add(p.faults(in.Policy, seniors, juniors, pupils)...)
	}
	return faults
}

func (p Policy) faults() (faults fault.List) {
	if p.Method != Hamilton && p.Method != Webster {
		faults.Add(fault.New("draw.quota.method", message.Args{"method": p.Method}))
	}
	if p.Unused != UnusedUnified && p.Unused != UnusedPupils && p.Unused != UnusedJuniors {
		faults.Add(fault.New("draw.quota.unused", message.Args{"rule": p.Unused}))
	}
	faults.Add(within(fault.Place{}, message.Word("draw.quota.word.share"), p.Share, 0, 10_000)...)
	faults.Add(within(fault.Place{}, message.Word("draw.quota.word.least"), p.Least, 0, MaxPlaces)...)
	faults.Add(within(fault.Place{}, message.Word("draw.quota.word.rural_least"), p.RuralLeast, 0, MaxPlaces)...)
	faults.Add(within(fault.Place{}, message.Word("draw.quota.word.decimals"), p.Decimals, 0, MaxDecimals)...)
	for _, band := range p.Bands {
		faults.Add(within(fault.Place{}, message.Word("draw.quota.word.band"), band, 1, MaxWishes)...)
	}
	if len(p.Bands) > MaxWishes || len(p.Ties) > MaxTies {
		faults.Add(fault.New("draw.quota.ties", message.Args{"limit": MaxTies, "bands": MaxWishes}))
	}
	for _, name := range p.Ties {
		if !isCode(name) {
			faults.Add(fault.New("draw.quota.code", message.Args{"code": name, "limit": maxID}))
		}
	}
	return faults
}

func within(place fault.Place, what message.Word, n, least, most int) (faults fault.List) {
	if n < least || n > most {
		faults.Add(fault.At(place, "draw.quota.within", message.Args{"what": what, "value": n, "least": least, "most": most}))
	}
	return faults
}

// code checks the id of a school or pupil and remembers it.
func code(place fault.Place, id string, seen map[string]bool) (faults fault.List) {
	if !isCode(id) {
		faults.Add(fault.At(place, "draw.quota.code", message.Args{"code": id, "limit": maxID}))
	} else if seen[id] {
		faults.Add(fault.At(place, "draw.quota.twice", message.Args{"code": id}))
	}
	seen[id] = true
	return faults
}

func (s Senior) faults(policy Policy, seen map[string]bool) (faults fault.List) {
	faults.Add(code(s.Place, s.ID, seen)...)
	faults.Add(within(s.Place, message.Word("draw.quota.word.places"), s.Places, 0, MaxPlaces)...)
	faults.Add(within(s.Place, message.Word("draw.quota.word.floor"), s.Floor, 0, MaxScore)...)
	faults.Add(within(s.Place, message.Word("draw.quota.word.floor"), s.QuotaFloor, 0, MaxScore)...)
	if s.Quota < 0 || s.Quota > s.Places {
		faults.Add(fault.At(s.Place, "draw.quota.more_than_places", message.Args{"school": s.ID, "quota": s.Quota, "places": s.Places}))
	} else if least := LeastQuota(s.Places, policy.Share); (s.Key || s.Quota > 0) && s.Quota < least {
		faults.Add(fault.At(s.Place, "draw.quota.below_share", message.Args{"school": s.ID, "quota": s.Quota, "least": least, "share": decimal(policy.Share, 2)}))
	}
	return faults
}

func (p Pupil) faults(policy Policy, seniors, juniors, seen map[string]bool) (faults fault.List) {
	if strings.TrimSpace(p.ID) == "" || seen[p.ID] {
		faults.Add(fault.At(p.Place, "draw.quota.pupil_twice", nil))
	}
	seen[p.ID] = true
	if !juniors[p.Junior] {
		faults.Add(fault.At(p.Place, "draw.quota.unknown_school", message.Args{"code": p.Junior}))
	}
	faults.Add(within(p.Place, message.Word("draw.quota.word.score"), p.Score, 0, MaxScore)...)
	if len(p.Ties) != len(policy.Ties) {
		faults.Add(fault.At(p.Place, "draw.quota.ties_lack", message.Args{"count": len(p.Ties), "want": len(policy.Ties)}))
	}
	for _, n := range p.Ties {
		faults.Add(within(p.Place, message.Word("draw.quota.word.score"), n, 0, MaxScore)...)
	}
	for _, wishes := range [][]string{p.Quota, p.Wishes} {
		named := map[string]bool{}
		for _, s := range wishes {
			switch {
			case !seniors[s]:
				faults.Add(fault.At(p.Place, "draw.quota.unknown_school", message.Args{"code": s}))
			case named[s]:
				faults.Add(fault.At(p.Place, "draw.quota.wished_twice", message.Args{"code": s}))
			}
			named[s] = true
		}
		if len(wishes) > MaxWishes {
			faults.Add(fault.At(p.Place, "draw.quota.wishes", message.Args{"count": len(wishes), "limit": MaxWishes}))
		}
	}
	return faults
}

// decimal writes a number scaled by ten to the power of decimals.
func decimal(n, decimals int) string {
	text := strconv.Itoa(n)
	if decimals == 0 {
		return text
	}
	for len(text) <= decimals {
		text = "0" + text
	}
	at := len(text) - decimals
	return strings.TrimRight(strings.TrimRight(text[:at]+"."+text[at:], "0"), ".")
}
