package draw

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Kinds of sources of randomness.
const (
	Given   = "given"   // a number that somebody states; proves nothing about when it was chosen
	Lottery = "lottery" // the numbers of a public lottery, the issue named before
	Drand   = "drand"   // a round of a public beacon, chain and round named before
	Witness = "witness" // words of people present, fixed by their hashes before any is revealed
)

// Unproven and Announced say where a seed comes from.
const (
	Unproven  = "unproven"
	Announced = "announced"
)

// Source is where a part of the randomness will come from, stated before it is known. Text names the issue of a lottery, the
// chain and round of a beacon, the least number of witnesses.
type Source struct{ Kind, Text string }

// Seed determines everything that is random in a draw.
type Seed = Hash

// String is how the source stands in an announcement.
func (s Source) String() string { return strings.TrimRight(s.Kind+" "+s.Text, " ") }

func readSource(text string) Source {
	kind, rest, _ := strings.Cut(text, " ")
	return Source{kind, rest}
}

func (s Source) faults(number int) (faults fault.List) {
	bad := func(code string) { faults.Add(fault.New(code, message.Args{"source": number})) }
	if !plain(s.Text) || s.Text != strings.TrimSpace(s.Text) {
		bad("draw.source_text")
	}
	switch s.Kind {
	case Given:
		if s.Text != "" {
			bad("draw.source_text")
		}
	case Lottery:
		if s.Text == "" {
			bad("draw.source_lottery")
		}
	case Drand:
		chain, round, _ := strings.Cut(s.Text, " ")
		if _, ok := readHash(chain); !ok {
			bad("draw.source_drand")
		} else if n, ok := Whole(round); !ok || n == 0 {
			bad("draw.source_drand")
		}
	case Witness:
		if n, ok := Whole(s.Text); !ok || n < 1 || n > MaxWitnesses {
			bad("draw.source_witness")
		}
	default:
		bad("draw.source_kind")
	}
	return faults
}

// Origin says whether the announcement fixed where every part of the seed comes from.
func (a Announcement) Origin() string {
	if len(a.Sources) == 0 {
		return Unproven
	}
	for _, source := range a.Sources {
		if source.Kind == Given {
			return Unproven
		}
	}
	return Announced
}

// Value is the seed line of source number (from 1): the stated seed, the numbers of the lottery.
func Value(number int, text string) string { return "value " + strconv.Itoa(number) + " " + text }

// DrandValue is the seed line of a beacon: its randomness and the signature whose hash it is, both hexadecimal.
func DrandValue(number int, randomness, signature string) string {
	return Value(number, randomness+" "+signature)
}

// Commit is the hash by which a witness fixes a word before revealing it.
func Commit(word string) string {
	sum := sha256.Sum256([]byte(Protocol + " witness\n" + word))
	return Hex(sum)
}

// Committed is one witness: the hash of the word, and the word once it is revealed.
type Committed struct{ Hash, Word string }

// WitnessLines are the seed lines of source number: the hashes of all witnesses, then their words. Who did not reveal is
// silent; the hash counts then.
func WitnessLines(number int, witnesses []Committed) []string {
	var commits, words []string
	for i, w := range witnesses {
		at := strconv.Itoa(number) + " " + strconv.Itoa(i+1)
		commits = append(commits, "commit "+at+" "+w.Hash)
		if w.Word == "" {
			words = append(words, "silent "+at)
		} else {
			words = append(words, "reveal "+at+" "+w.Word)
		}
	}
	return append(commits, words...)
}

// Seed hashes the commitment with the values that the sources gave. It refuses lines that do not answer the sources one by
// one, in their order.
func (a Announcement) Seed(lines []string) (Seed, error) {
	var faults fault.List
	rest := lines
	for n, source := range a.Sources {
		used, code := source.answered(n+1, rest)
		if code != "" {
			faults.Add(fault.New(code, message.Args{"source": n + 1}))
		}
		rest = rest[used:]
	}
	if len(rest) > 0 && len(faults) == 0 {
		faults.Add(fault.New("draw.seed_more", message.Args{"line": rest[0]}))
	}
	commitment := a.Commitment()
	text := Protocol + " seed\n" + Hex(commitment) + "\n"
	for _, line := range lines {
		if !plain(line) {
			faults.Add(fault.New("draw.seed_line", message.Args{"limit": MaxText}))
		}
		text += line + "\n"
	}
	return sha256.Sum256([]byte(text)), faults.Err()
}

// answered takes from the lines those that answer a source and returns how many they are, and what is wrong with them.
func (s Source) answered(number int, lines []string) (used int, code string) {
	if s.Kind == Witness {
		return s.witnessed(number, lines)
	}
	if len(lines) == 0 {
		return 0, "draw.seed_missing"
	}
	value, ok := strings.CutPrefix(lines[0], "value "+strconv.Itoa(number)+" ")
	if !ok || value == "" {
		return 0, "draw.seed_missing"
	}
	switch s.Kind {
	case Given:
		if _, err := hex.DecodeString(value); err != nil || value != strings.ToLower(value) {
			return 1, "draw.seed_hex"
		}
	case Drand:
		random, signature, _ := strings.Cut(value, " ")
		hash, ok := readHash(random)
		raw, err := hex.DecodeString(signature)
		if !ok || err != nil || signature != strings.ToLower(signature) || sha256.Sum256(raw) != hash {
			return 1, "draw.seed_drand"
		}
	}
	return 1, ""
}

func (s Source) witnessed(number int, lines []string) (used int, code string) {
	var hashes []string
	for used < len(lines) {
		hash, ok := strings.CutPrefix(lines[used], "commit "+strconv.Itoa(number)+" "+strconv.Itoa(used+1)+" ")
		if !ok {
			break
		}
		if _, ok := readHash(hash); !ok {
			code = "draw.seed_commit"
		}
		hashes = append(hashes, hash)
		used++
	}
	if least, _ := Whole(s.Text); len(hashes) < least || len(hashes) > MaxWitnesses {
		return used, "draw.seed_witnesses"
	}
	for i, hash := range hashes {
		if used >= len(lines) {
			return used, "draw.seed_missing"
		}
		at := " " + strconv.Itoa(number) + " " + strconv.Itoa(i+1)
		word, revealed := strings.CutPrefix(lines[used], "reveal"+at+" ")
		if !revealed && lines[used] != "silent"+at {
			return used, "draw.seed_missing"
		}
		if revealed && (word == "" || Commit(word) != hash) {
			code = "draw.seed_reveal"
		}
		used++
	}
	return used, code
}
