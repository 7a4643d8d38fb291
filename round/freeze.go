package round

import (
	"archive/zip"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path"
	"slices"

	"jiaoheng/fault"
	"jiaoheng/indicator"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Engine is the version of the computation. It changes when the same inputs may give other results.
const Engine = "1"

// Frozen is a round that does not change any more: everything that it was computed from, the rules included, and what it
// found, both as canonical JSON (keys in order, numbers in their shortest form). Digest is the SHA-256 of both.
type Frozen struct {
	Inputs  []byte
	Results []byte
	Digest  string
}

// frozenInputs are the inputs of a round.
type frozenInputs struct {
	Engine    string            `json:"engine"`
	Pack      string            `json:"pack"`
	Version   string            `json:"pack_version"`
	Rules     string            `json:"rules"` // pack.Set.Digest
	Period    string            `json:"period"`
	Unit      string            `json:"unit"`
	Switches  map[string]bool   `json:"switches"`
	Changes   []Change          `json:"changes"`
	Units     []frozenUnit      `json:"units"`
	Facts     []frozenFact      `json:"facts"`
	Mergers   []frozenMerger    `json:"mergers"`
	Cells     []frozenCells     `json:"cells"`
	RuleFiles map[string]string `json:"rule_files"` // texts of the packs by path
}

type frozenUnit struct {
	Code      string         `json:"code"`
	Name      string         `json:"name"`
	Kind      unit.Kind      `json:"kind"`
	Parent    string         `json:"parent"`
	Stages    []unit.Stage   `json:"stages"`
	Ownership unit.Ownership `json:"ownership"`
	Setting   unit.Setting   `json:"setting"`
	Opened    string         `json:"opened"`
	Closed    string         `json:"closed"`
}

// frozenFact is one item in one period. Expected is null when nobody said who must report.
type frozenFact struct {
	Item     string                  `json:"item"`
	Period   string                  `json:"period"`
	Known    bool                    `json:"known"`
	Values   map[string]float64      `json:"values"`
	Reasons  map[string]frozenReason `json:"reasons"`
	Expected *[]string               `json:"expected"`
}

type frozenReason struct {
	Kind  measure.Kind `json:"kind"`
	Names []string     `json:"names"`
}

type frozenMerger struct {
	Into  string   `json:"into"`
	After string   `json:"after"`
	Until string   `json:"until"`
	From  []string `json:"from"`
}

// Freeze runs the round of an outcome once more, notes everything that it reads, and fixes inputs and results.
func Freeze(o *Outcome) (Frozen, fault.List) {
	r := &recorder{input: o.prepared.input, read: map[columnOf]bool{}, mergers: map[mergerKey][]string{}, cells: map[string]frozenCells{}}
	input := o.prepared.input
	input.Facts, input.Changes = recordedFacts{input.Facts, r}, o.changes
	if input.History != nil {
		input.History = recordedHistory{input.History, r}
	}
	if input.Cells != nil {
		input.Cells = recordedCells{input.Cells, r, input.Facts.Tree()}
	}
	again, faults := Run(input)
	if faults != nil {
		return Frozen{}, faults
	}
	results, err := again.JSON(message.Chinese)
	if err != nil {
		return Frozen{}, fault.List{fault.New("round.cannot_freeze", message.Args{"error": err})}
	}
	inputs, err := json.Marshal(r.inputs(again))
	if err != nil {
		return Frozen{}, fault.List{fault.New("round.cannot_freeze", message.Args{"error": err})}
	}
	return Frozen{inputs, results, digest(inputs, results)}, nil
}

// digest is the SHA-256 of inputs and results, each with its length before it.
func digest(parts ...[]byte) string {
	sum := sha256.New()
	for _, part := range parts {
		own := sha256.Sum256(part)
		sum.Write(own[:])
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// inputs gathers what was read.
func (r *recorder) inputs(o *Outcome) frozenInputs {
	in := frozenInputs{Engine: Engine, Pack: r.input.Pack, Version: o.prepared.scope.Pack.Version, Rules: r.input.Set.Digest(r.input.Pack),
		Period: r.input.Period.String(), Unit: r.input.Unit, Switches: o.prepared.switches, Changes: o.changes, RuleFiles: ruleFiles(r.input.Set, o.prepared.scope)}
	tree, space := r.input.Facts.Tree(), o.prepared.space
	var numbers []int
	for row := range space.Len() {
		numbers = append(numbers, space.Number(row))
	}
	if len(numbers) > 0 {
		for above := tree.Parent(numbers[0]); above >= 0; above = tree.Parent(above) {
			numbers = append(numbers, above)
		}
	}
	for _, number := range numbers {
		u := tree.At(number)
		in.Units = append(in.Units, frozenUnit{u.Code, u.Name, u.Kind, u.Parent, u.Stages, u.Ownership, u.Setting, u.Opened.String(), u.Closed.String()})
	}
	for key := range r.read {
		in.Facts = append(in.Facts, r.fact(tree, key, numbers))
	}
	slices.SortFunc(in.Facts, func(a, b frozenFact) int { return cmp.Or(cmp.Compare(a.Item, b.Item), cmp.Compare(a.Period, b.Period)) })
	for key, from := range r.mergers {
		in.Mergers = append(in.Mergers, frozenMerger{key.into, key.after.String(), key.until.String(), from})
	}
	slices.SortFunc(in.Mergers, func(a, b frozenMerger) int {
		return cmp.Or(cmp.Compare(a.Into, b.Into), cmp.Compare(a.After, b.After), cmp.Compare(a.Until, b.Until))
	})
	for _, cells := range r.cells {
		in.Cells = append(in.Cells, cells)
	}
	slices.SortFunc(in.Cells, func(a, b frozenCells) int { return cmp.Compare(a.Key, b.Key) })
	return in
}

// fact fixes one column for the units of the round.
func (r *recorder) fact(tree *unit.Tree, key columnOf, numbers []int) frozenFact {
	f := frozenFact{Item: key.item, Period: key.period.String(), Values: map[string]float64{}, Reasons: map[string]frozenReason{}}
	column := r.input.Facts.Column(key.item, key.period)
	f.Known = column != nil
	for _, number := range numbers {
		if column == nil {
			break
		}
		if column.Present.Get(number) {
			f.Values[tree.At(number).Code] = column.Numbers[number]
		} else if why, known := column.Reasons[number]; known {
			f.Reasons[tree.At(number).Code] = frozenReason{why.Kind, why.Names}
		}
	}
	if expected := r.input.Facts.Expected(key.item, key.period); expected != nil {
		codes := []string{}
		for _, number := range numbers {
			if expected.Get(number) {
				codes = append(codes, tree.At(number).Code)
			}
		}
		f.Expected = &codes
	}
	return f
}

// ruleFiles returns the texts of the packs that a scope is made of, and of the local ones that extend them.
func ruleFiles(set *pack.Set, scope *pack.Scope) map[string]string {
	files := map[string]string{}
	for _, p := range set.Packs {
		belongs := func(q *pack.Pack) bool { return q.Name == p.Name || p.Extends != "" && q.Name == p.Extends }
		if !slices.ContainsFunc(scope.Packs, belongs) {
			continue
		}
		for _, file := range p.Files {
			if path.Ext(file.Name) == ".yaml" {
				files[path.Join(pack.Root, p.Name, file.Name)] = string(file.Bytes)
			}
		}
	}
	return files
}

// rulesFrom reads packs from their texts.
func rulesFrom(files map[string]string) (*pack.Set, error) {
	var data bytes.Buffer
	archive := zip.NewWriter(&data)
	for _, name := range slices.Sorted(keysOf(files)) {
		w, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(files[name])); err != nil {
			return nil, err
		}
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	reader, err := zip.NewReader(bytes.NewReader(data.Bytes()), int64(data.Len()))
	if err != nil {
		return nil, err
	}
	set, faults := pack.Load(reader, nil)
	return set, faults.Err()
}

// Repeat computes a frozen round again from its inputs alone and compares every byte of the results.
//
// Errors: inputs or digest that were altered, another version of the computation, and results that differ.
func Repeat(f Frozen) fault.List {
	if digest(f.Inputs, f.Results) != f.Digest {
		return fault.List{fault.New("round.altered", nil)}
	}
	var in frozenInputs
	if err := json.Unmarshal(f.Inputs, &in); err != nil {
		return fault.List{fault.New("round.altered", nil)}
	}
	if in.Engine != Engine {
		return fault.List{fault.New("round.other_engine", message.Args{"frozen": in.Engine, "present": Engine})}
	}
	input, err := in.thaw()
	if err != nil {
		if faults := fault.Of(err); faults != nil {
			return faults
		}
		return fault.List{fault.New("round.altered", nil)}
	}
	o, faults := Run(input)
	if faults != nil {
		return faults
	}
	results, err := o.JSON(message.Chinese)
	if err != nil || !bytes.Equal(results, f.Results) {
		return fault.List{fault.New("round.differs", nil)}
	}
	return nil
}

// thaw makes the input of a round from frozen inputs.
func (in frozenInputs) thaw() (Input, error) {
	set, err := rulesFrom(in.RuleFiles)
	if err != nil {
		return Input{}, err
	}
	units := make([]unit.Unit, len(in.Units))
	for k, u := range in.Units {
		units[k] = unit.Unit{Code: u.Code, Name: u.Name, Kind: u.Kind, Parent: u.Parent, Stages: u.Stages, Ownership: u.Ownership, Setting: u.Setting}
		units[k].Opened, _ = period.ParseDate(u.Opened)
		units[k].Closed, _ = period.ParseDate(u.Closed)
	}
	tree, err := unit.Build(units)
	if err != nil {
		return Input{}, err
	}
	p, _ := period.Parse(in.Period)
	input := Input{Set: set, Pack: in.Pack, Period: p, Facts: in.table(tree), Unit: in.Unit, Switches: in.Switches, Changes: in.Changes}
	input.History, input.Cells = thawedHistory(in.Mergers), thawedCells{in.Cells, tree}
	return input, nil
}

// table makes facts of frozen ones.
func (in frozenInputs) table(tree *unit.Tree) *indicator.Table {
	table := indicator.NewTable(tree)
	for _, f := range in.Facts {
		p, _ := period.Parse(f.Period)
		if f.Known {
			table.Know(f.Item, p)
		}
		for code, value := range f.Values {
			if number, known := tree.Number(code); known {
				table.Set(f.Item, p, number, measure.Of(value))
			}
		}
		for code, why := range f.Reasons {
			if number, known := tree.Number(code); known && why.Kind != measure.None {
				table.Set(f.Item, p, number, measure.Reason{Kind: why.Kind, Names: why.Names}.Value())
			}
		}
		if f.Expected != nil {
			table.Expect(f.Item, p, bitsOf(tree, *f.Expected))
		}
	}
	return table
}
