package progress

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Kept is a result that does not change any more: everything that the estimates were computed from (the sums, the rules, what was
// counted) and what was found, as canonical JSON. Digest is the SHA-256 of both.
type Kept struct {
	ID      string
	Study   string
	Person  string
	At      time.Time
	Digest  string
	Inputs  []byte
	Results []byte
}

// frozen are the inputs of the estimates.
type frozen struct {
	Counted Result `json:"counted"` // the result before it was estimated
	Sums    Sums   `json:"sums"`
}

// Freeze fixes a result with its sums.
func Freeze(r Result, sums Sums) (Kept, error) {
	counted := r
	counted.Ties, counted.Parts = nil, nil
	for _, one := range r.Parts {
		one.Main, one.Other, one.Untold = Estimate{}, Estimate{}, nil
		counted.Parts = append(counted.Parts, one)
	}
	inputs, err := canonical(frozen{counted, sums})
	if err != nil {
		return Kept{}, err
	}
	results, err := canonical(r)
	return Kept{Study: r.Study.ID, Digest: digest(inputs, results), Inputs: inputs, Results: results}, err
}

// canonical writes JSON as it is hashed: fields in their order, numbers in their shortest form, characters as they are.
func canonical(value any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
}

func digest(parts ...[]byte) string {
	h := sha256.New()
	for _, one := range parts {
		h.Write(one)
		h.Write([]byte{'\n'})
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Result is what was found.
func (k Kept) Result() (Result, error) {
	var r Result
	if err := json.Unmarshal(k.Results, &r); err != nil {
		return r, fault.New("progress.altered", nil)
	}
	return r, nil
}

// thaw reads the inputs again.
func (k Kept) thaw() (frozen, error) {
	var in frozen
	if err := json.Unmarshal(k.Inputs, &in); err != nil || len(in.Sums.Parts) != len(in.Counted.Parts) || len(in.Sums.Parts) == 0 {
		return in, fault.New("progress.altered", nil)
	}
	return in, nil
}

// Repeat computes a kept result again from its inputs, and compares byte for byte.
//
// Errors: a fault when something was altered, when the engine is another one, or when the results differ.
func Repeat(k Kept) error {
	if digest(k.Inputs, k.Results) != k.Digest {
		return fault.New("progress.altered", nil)
	}
	in, err := k.thaw()
	if err != nil {
		return err
	}
	if in.Counted.Engine != Engine {
		return fault.New("progress.other_engine", message.Args{"frozen": in.Counted.Engine, "present": Engine})
	}
	r, err := in.again(in.Sums)
	if err != nil {
		return err
	}
	results, err := canonical(r)
	if err != nil || !bytes.Equal(results, k.Results) {
		return fault.New("progress.differs", nil)
	}
	return nil
}

// again estimates every part anew over sums.
func (in frozen) again(sums Sums) (Result, error) {
	r := in.Counted
	r.Parts = append([]Part(nil), in.Counted.Parts...)
	for n := range r.Parts {
		if err := r.tell(&r.Parts[n], sums.Parts[n], n > 0); err != nil {
			return r, err
		}
	}
	r.ties()
	return r, nil
}

// Without is the result as it would be without one school, from the sums alone: does the county's line, and with it the standing of
// others, hang on that school?
func (k Kept) Without(unit string) (Result, error) {
	return k.what(func(m Moments) Moments { return m.Without(unit) })
}

func (k Kept) what(change func(m Moments) Moments) (Result, error) {
	in, err := k.thaw()
	if err != nil {
		return Result{}, err
	}
	changed := Sums{}
	for _, part := range in.Sums.Parts {
		var all []Moments
		for _, m := range part {
			all = append(all, change(m))
		}
		changed.Parts = append(changed.Parts, all)
	}
	return in.again(changed)
}

// With is the effect of each school over two results together, as if their pupils were two cohorts of one study: from the sums alone.
// Each cohort keeps its own line; points are those of k.
func (k Kept) With(other Kept) (Estimate, error) {
	in, err := k.thaw()
	if err != nil {
		return Estimate{}, err
	}
	more, err := other.thaw()
	if err != nil {
		return Estimate{}, err
	}
	leading, _ := in.Counted.specs()
	return EvaluateCohorts(append(append([]Moments(nil), in.Sums.Parts[0]...), more.Sums.Parts[0]...), leading)
}
