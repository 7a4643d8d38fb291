package draw

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// MaxProof is the size of the largest proof that is read, in bytes.
const MaxProof = 256 << 20

// Proof is everything that a stranger needs to repeat a draw. All that counts is a line.
type Proof struct {
	Protocol     string   `json:"protocol"`
	Announcement []string `json:"announcement"`
	Commitment   string   `json:"commitment"`
	Lines        []string `json:"lines"`
	Seed         []string `json:"seed"`
	Result       []string `json:"result"`
	Digest       string   `json:"digest"`
}

// NewProof puts together what was announced, frozen, drawn as seed and computed.
func NewProof(a Announcement, lines, seed, result []string) Proof {
	commitment := a.Commitment()
	p := Proof{Protocol: Protocol, Announcement: a.Lines(), Commitment: Hex(commitment),
		Lines: append([]string{}, lines...), Seed: append([]string{}, seed...), Result: append([]string{}, result...)}
	digest := p.digest(commitment)
	p.Digest = Hex(digest)
	return p
}

// digest is SHA-256 over commitment and the roots of lines, seed lines and result lines.
func (p Proof) digest(commitment Hash) Hash {
	return digestOf(commitment, Root(p.Lines), Root(p.Seed), Root(p.Result))
}

func digestOf(commitment, lines, seed, result Hash) Hash {
	return sha256.Sum256(bytes.Join([][]byte{commitment[:], lines[:], seed[:], result[:]}, nil))
}

// Check tests everything but whether the result follows from the seed: the hashes, the lines against the announced root, the
// seed lines against the announced sources, the digest. Every part that does not hold is named.
func (p Proof) Check() (Announcement, Seed, error) {
	var faults fault.List
	if p.Protocol != Protocol {
		faults.Add(fault.New("draw.proof_protocol", message.Args{"protocol": Protocol}))
	}
	a, err := ReadAnnouncement(p.Announcement)
	if err != nil {
		faults.Add(fault.Of(err)...)
		return a, Seed{}, faults.Err()
	}
	commitment := a.Commitment()
	if p.Commitment != Hex(commitment) {
		faults.Add(fault.New("draw.proof_commitment", nil))
	}
	if a.Count != len(p.Lines) || a.Root != Root(p.Lines) {
		faults.Add(fault.New("draw.proof_lines", message.Args{"count": len(p.Lines), "announced": a.Count}))
	}
	seed, err := a.Seed(p.Seed)
	faults.Add(fault.Of(err)...)
	if digest := p.digest(commitment); p.Digest != Hex(digest) {
		faults.Add(fault.New("draw.proof_digest", nil))
	}
	return a, seed, faults.Err()
}

// Write writes the proof as JSON, one line of the draw on a line of the file.
func (p Proof) Write(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	return encoder.Encode(p)
}

// ReadProof reads a proof strictly: no field may be unknown, missing or stand twice, and nothing may follow.
func ReadProof(r io.Reader) (Proof, error) {
	var p Proof
	raw, err := io.ReadAll(io.LimitReader(r, MaxProof+1))
	if err != nil {
		return p, err
	}
	if len(raw) > MaxProof {
		return p, fault.New("draw.proof_size", message.Args{"limit": MaxProof >> 20})
	}
	if err := onceEach(raw); err != nil {
		return p, fault.New("draw.proof_json", message.Args{"error": err.Error()})
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&p); err != nil {
		return p, fault.New("draw.proof_json", message.Args{"error": err.Error()})
	}
	if p.Announcement == nil || p.Lines == nil || p.Seed == nil || p.Result == nil {
		return p, fault.New("draw.proof_missing", nil)
	}
	if len(p.Lines) > MaxLines || len(p.Result) > MaxLines {
		return p, fault.New("draw.lines", message.Args{"count": max(len(p.Lines), len(p.Result)), "limit": MaxLines})
	}
	return p, nil
}

// onceEach refuses a field that stands twice, another spelling of one, and what follows the object.
func onceEach(raw []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if open, err := decoder.Token(); err != nil || open != json.Delim('{') {
		return errors.New("{ …")
	}
	allowed := map[string]bool{"protocol": true, "announcement": true, "commitment": true, "lines": true, "seed": true, "result": true, "digest": true}
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		if !allowed[name] {
			return errors.New(name)
		}
		delete(allowed, name)
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return err
		}
	}
	if _, err := decoder.Token(); err != nil {
		return err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return errors.New("… }")
	}
	return nil
}
