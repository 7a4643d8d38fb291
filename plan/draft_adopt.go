package plan

import (
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Adoption is what a person confirms when a draft becomes a version.
type Adoption struct {
	Title      string // of the version; "" takes the name of the document
	Region     string
	From, To   string // calendar years
	Head       int    // the number of the last operation the person has seen
	Unreviewed bool   // the person confirms that open items are adopted as they were read
}

// Adoptable says what an adoption would take over and what stands against it.
type Adoptable struct {
	Reasons    fault.List // what must be put right first
	Unreviewed []Item     // open items, which must be confirmed
	Numbers    []Item     // numbers still open: they are not adopted and block nothing
	Counts     map[Kind]int
}

// Adoptable looks at the whole desk and lists every reason against adopting it. Open items are no reason: they
// are listed, and the adoption has to confirm them.
func (d *Desk) Adoptable(adoption Adoption) Adoptable {
	result := Adoptable{Counts: map[Kind]int{}}
	reviewed := false
	for _, item := range d.Items {
		if !item.Live() {
			reviewed = reviewed || item.State == Ignored
			continue
		}
		if item.Kind == Number {
			result.Numbers = append(result.Numbers, item)
			continue
		}
		result.Counts[item.Kind]++
		reviewed = reviewed || item.State == Accepted
		if item.Kind != Document && item.State == Open {
			result.Unreviewed = append(result.Unreviewed, item)
		}
		if item.Kind != Document {
			result.Reasons.Add(itemReasons(item)...)
		}
	}
	if !reviewed {
		result.Reasons.Add(fault.New("plan.adopt_nothing_reviewed", nil))
	}
	if result.Counts[Target]+result.Counts[Task] == 0 {
		result.Reasons.Add(fault.New("plan.adopt_empty", nil))
	}
	result.Reasons.Add(adoption.faults(d)...)
	return result
}

func itemReasons(item Item) fault.List {
	var reasons fault.List
	for _, f := range item.Faults() {
		reasons.Add(fault.New("plan.adopt_item", message.Args{"kind": message.Word("plan.kind." + string(item.Kind)),
			"item": item.title(), "reason": FaultText(message.Chinese, f)}))
	}
	return reasons
}

// title names an item in a message even when it has no name.
func (i Item) title() string {
	if name := i.Name(); name != "" {
		return shorten(name)
	}
	if i.Sentence != "" {
		return shorten(i.Sentence)
	}
	return i.ID
}

// Defaults fills what the adoption leaves empty from the item of the document.
func (a Adoption) Defaults(d *Desk) Adoption {
	about, _ := d.Item(DocumentID)
	for _, field := range []struct {
		value *string
		key   string
	}{{&a.Title, "name"}, {&a.Region, "region"}, {&a.From, "from"}, {&a.To, "to"}} {
		if *field.value == "" {
			*field.value = about.Fields[field.key]
		}
	}
	return a
}

func (a Adoption) faults(d *Desk) fault.List {
	a = a.Defaults(d)
	about := Item{Kind: Document, Fields: map[string]string{"name": a.Title, "region": a.Region,
		"from": CleanField(Document, "from", a.From), "to": CleanField(Document, "to", a.To)}}
	faults := about.Faults()
	for _, required := range []string{"region", "from", "to"} {
		if about.Fields[required] == "" {
			faults.Add(fault.At(fault.Place{Column: required}, "plan.field_missing", nil))
		}
	}
	return faults
}

// Adopt fixes the desk as version number of a plan; original and text are the hashes of the bytes handed over
// and of the clean text. Every reason against it comes back at once.
func (d *Desk) Adopt(adoption Adoption, original, text string, number int, who Who) (Version, error) {
	adoptable := d.Adoptable(adoption)
	reasons := adoptable.Reasons
	if adoption.Head != d.Head() {
		reasons.Add(fault.New("plan.adopt_changed", nil))
	}
	if len(adoptable.Unreviewed) > 0 && !adoption.Unreviewed {
		reasons.Add(fault.New("plan.adopt_unreviewed", message.Args{"count": len(adoptable.Unreviewed)}))
	}
	if err := reasons.Err(); err != nil {
		return Version{}, err
	}
	content, err := d.content(adoption.Defaults(d))
	if err != nil {
		return Version{}, err
	}
	content.Original, content.Text = original, text
	return Fix(content, number, who)
}
