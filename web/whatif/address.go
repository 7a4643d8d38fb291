package whatif

import (
	"math"
	"net/url"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/round"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// Limits of a what-if that stands in an address. A change takes about fifty characters, so that the address stays below the
// 8,000 characters that servers in between commonly accept.
const (
	MaxListed  = 100
	MaxAddress = 7000
)

// Names of the parts of the address.
const (
	packPart   = "pack"
	changePart = "c" // what is changed: kind and names, joined by ~
	valuePart  = "v" // by how much or to what; one for each change
	savedPart  = "saved"
	addPart    = "add" // which form for a new change is open
)

const joint = "~"

// listed is one change as the address holds it: Text is the value as it was typed.
type listed struct {
	round.Change
	Text   string
	Faults fault.List
}

// field is the name that faults of the change at an index carry; the id of its input is "field-" before it.
func field(index int) string { return "change-" + strconv.Itoa(index+1) }

// head writes what is changed.
func head(c round.Change) string {
	parts := []string{string(c.Kind)}
	switch c.Kind {
	case round.Set, round.Add:
		parts = append(parts, c.Unit, c.Item)
	case round.Merge:
		parts = append(parts, c.Unit, c.Into)
	case round.Open:
		parts = append(parts, c.Unit, string(c.Stage))
	case round.Threshold:
		parts = append(parts, c.Standard, string(c.Stage))
	case round.Switch:
		parts = append(parts, c.Switch)
	}
	return strings.Join(parts, joint)
}

// valueText writes the value of a change, "" for kinds without one.
func valueText(c round.Change) string {
	switch {
	case c.Kind == round.Switch && c.On:
		return "1"
	case c.Kind == round.Switch:
		return "0"
	case hasNumber(c.Kind):
		return strconv.FormatFloat(c.Value, 'f', -1, 64)
	}
	return ""
}

func hasNumber(kind round.ChangeKind) bool {
	return kind == round.Set || kind == round.Add || kind == round.Threshold
}

// readChange reads a change; false for a head that this page does not write.
func readChange(head, text string) (listed, bool) {
	parts := strings.Split(head, joint)
	one := listed{Change: round.Change{Kind: round.ChangeKind(parts[0])}, Text: strings.TrimSpace(text)}
	count := 3
	if one.Kind == round.Switch {
		count = 2
	}
	if len(parts) != count {
		return one, false
	}
	switch one.Kind {
	case round.Set, round.Add:
		one.Unit, one.Item = parts[1], parts[2]
	case round.Merge:
		one.Unit, one.Into = parts[1], parts[2]
	case round.Open:
		one.Unit, one.Stage = parts[1], unit.Stage(parts[2])
	case round.Threshold:
		one.Standard, one.Stage = parts[1], unit.Stage(parts[2])
	case round.Switch:
		one.Switch, one.On = parts[1], one.Text != "0"
	default:
		return one, false
	}
	return one, true
}

// digits takes what people type around numbers away: separators, full-width digits, a plus.
var digits = strings.NewReplacer(",", "", "，", "", " ", "", "　", "", "＋", "", "+", "", "－", "-", "．", ".",
	"０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9")

// readNumber reads a typed number within ±1e12.
func readNumber(text string) (float64, bool) {
	value, err := strconv.ParseFloat(digits.Replace(text), 64)
	return value, err == nil && !math.IsNaN(value) && math.Abs(value) <= 1e12
}

// readChanges reads the changes of an address or a form in their order, with every fault of their form.
func readChanges(values url.Values) ([]listed, fault.List) {
	heads, texts := values[changePart], values[valuePart]
	if len(heads) > MaxListed {
		return nil, fault.List{fault.New("whatif.too_many", message.Args{"count": len(heads), "limit": MaxListed})}
	}
	var all []listed
	var faults fault.List
	size := 0
	for k, text := range heads {
		value := ""
		if k < len(texts) {
			value = texts[k]
		}
		size += len(text) + len(value) + 6
		one, known := readChange(text, value)
		if !known {
			faults.Add(fault.New("whatif.change_unreadable", message.Args{"number": k + 1}))
			continue
		}
		if hasNumber(one.Kind) {
			var ok bool
			if one.Value, ok = readNumber(one.Text); !ok {
				one.Faults.Add(fault.At(fault.Place{Column: field(len(all))}, "whatif.number_wrong", message.Args{"number": len(all) + 1}))
			}
		}
		all = append(all, one)
	}
	if size > MaxAddress {
		return nil, fault.List{fault.New("whatif.address_long", message.Args{"limit": MaxAddress})}
	}
	return all, faults
}

// changesOf returns the changes alone.
func changesOf(all []listed) []round.Change {
	changes := make([]round.Change, len(all))
	for k, one := range all {
		changes[k] = one.Change
	}
	return changes
}

// listOf is changesOf backwards.
func listOf(changes []round.Change) []listed {
	all := make([]listed, len(changes))
	for k, one := range changes {
		all[k] = listed{Change: one, Text: valueText(one)}
	}
	return all
}

// address writes the address of a page of the what-if with these changes.
func (d desk) address(path string, all []listed, more ...string) string {
	values := url.Values{shell.UnitPart: {d.Standing.Unit.Code}, shell.PeriodPart: {d.Standing.Period.String()}, packPart: {d.Pack.Name}}
	for _, one := range all {
		values.Add(changePart, head(one.Change))
		values.Add(valuePart, one.Text)
	}
	if d.Saved.ID != "" {
		values.Set(savedPart, d.Saved.ID)
	}
	for k := 0; k+1 < len(more); k += 2 {
		values.Set(more[k], more[k+1])
	}
	return path + "?" + values.Encode()
}
