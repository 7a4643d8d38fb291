package draw

import (
	"encoding/hex"
	"encoding/json"
	"io"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Slip is what one family gets: its own line and result with the neighbours in both trees, so that it can check both
// against the published commitment and digest without seeing another line.
type Slip struct {
	Protocol     string   `json:"protocol"`
	Announcement []string `json:"announcement"`
	SeedRoot     string   `json:"seed_root"`
	Digest       string   `json:"digest"`
	Salt         string   `json:"salt"`
	Line         string   `json:"line"`
	Index        int      `json:"index"` // from 0
	Path         []string `json:"path"`
	Result       string   `json:"result"`
	ResultIndex  int      `json:"result_index"`
	ResultCount  int      `json:"result_count"`
	ResultPath   []string `json:"result_path"`
	ResultRoot   string   `json:"result_root"`
}

// Slips makes the slips of a proof, building its trees once.
type Slips struct {
	proof         Proof
	lines, result *Tree
	seedRoot      Hash
	at, resultAt  map[string]int
}

// persons are the tags of lines that belong to a person: to whoever stands in the second field.
var persons = map[string]bool{"p": true, "pupil": true, "applicant": true}

// whose tells to whom a line of the result belongs: to its first field, or behind the tag "place" to its second one.
func whose(result string) string {
	if field(result, 0) == "place" {
		return field(result, 1)
	}
	return field(result, 0)
}

// NewSlips prepares slips of a proof.
func NewSlips(p Proof) *Slips {
	s := &Slips{proof: p, lines: NewTree(p.Lines), result: NewTree(p.Result), seedRoot: Root(p.Seed), at: map[string]int{}, resultAt: map[string]int{}}
	for i, line := range p.Lines {
		if persons[field(line, 0)] {
			s.at[field(line, 1)] = i
		}
	}
	for i, line := range p.Result {
		s.resultAt[whose(line)] = i
	}
	return s
}

// Of is the slip of one person, or a fault when the person does not stand in the draw. Salt may be zero for somebody who
// only wants the paths.
func (s *Slips) Of(who string, salt Salt) (Slip, error) {
	at, ok := s.at[who]
	resultAt, drawn := s.resultAt[who]
	if !ok || !drawn {
		return Slip{}, fault.New("draw.slip_unknown", nil)
	}
	root := s.result.Root()
	slip := Slip{Protocol: Protocol, Announcement: s.proof.Announcement, SeedRoot: Hex(s.seedRoot), Digest: s.proof.Digest,
		Line: s.proof.Lines[at], Index: at, Path: texts(s.lines.Path(at)), Result: s.proof.Result[resultAt], ResultIndex: resultAt,
		ResultCount: len(s.proof.Result), ResultPath: texts(s.result.Path(resultAt)), ResultRoot: Hex(root)}
	if salt != (Salt{}) {
		slip.Salt = hex.EncodeToString(salt[:])
	}
	return slip, nil
}

// Check tests a slip against the published commitment and digest and against the id of the person, and names all that does
// not hold.
func (s Slip) Check(id, commitment, digest string) error {
	var faults fault.List
	wrong := func(code string) { faults.Add(fault.New(code, nil)) }
	a, err := ReadAnnouncement(s.Announcement)
	faults.Add(fault.Of(err)...)
	fixed := a.Commitment()
	if s.Protocol != Protocol {
		faults.Add(fault.New("draw.proof_protocol", message.Args{"protocol": Protocol}))
	}
	if Hex(fixed) != commitment {
		wrong("draw.slip_commitment")
	}
	salt, err := hex.DecodeString(s.Salt)
	who := field(s.Line, 1)
	if err != nil || len(salt) != len(Salt{}) || Who(Salt(salt), id) != who {
		wrong("draw.slip_id")
	}
	if whose(s.Result) != who {
		wrong("draw.slip_other")
	}
	if path, ok := hashes(s.Path); !ok || !CheckPath(s.Line, s.Index, a.Count, path, a.Root) {
		wrong("draw.slip_line")
	}
	resultRoot, ok := readHash(s.ResultRoot)
	if path, fine := hashes(s.ResultPath); !ok || !fine || !CheckPath(s.Result, s.ResultIndex, s.ResultCount, path, resultRoot) {
		wrong("draw.slip_result")
	}
	seedRoot, ok := readHash(s.SeedRoot)
	sum := digestOf(fixed, a.Root, seedRoot, resultRoot)
	if !ok || Hex(sum) != digest || s.Digest != digest {
		wrong("draw.slip_digest")
	}
	return faults.Err()
}

// ReadSlip reads a slip as Write wrote it.
func ReadSlip(r io.Reader) (Slip, error) {
	var s Slip
	decoder := json.NewDecoder(io.LimitReader(r, 1<<20))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&s); err != nil {
		return s, fault.New("draw.slip_json", message.Args{"error": err.Error()})
	}
	return s, nil
}

func field(line string, number int) string {
	start := 0
	for i := 0; i <= len(line); i++ {
		if i == len(line) || line[i] == ';' {
			if number == 0 {
				return line[start:i]
			}
			number, start = number-1, i+1
		}
	}
	return ""
}

func texts(path []Hash) []string {
	out := make([]string, len(path))
	for i, hash := range path {
		out[i] = Hex(hash)
	}
	return out
}

func hashes(path []string) (out []Hash, ok bool) {
	for _, text := range path {
		hash, ok := readHash(text)
		if !ok {
			return nil, false
		}
		out = append(out, hash)
	}
	return out, true
}
