package person

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// CheckPassword returns everything that is wrong with a new password.
func CheckPassword(password, login string) fault.List {
	var faults fault.List
	n := utf8.RuneCountInString(password)
	if n < MinPassword {
		faults.Add(at(FieldPassword, "person.password_short", message.Args{"least": MinPassword}))
	}
	if n > MaxPassword || !utf8.ValidString(password) {
		faults.Add(at(FieldPassword, "person.password_long", message.Args{"limit": MaxPassword}))
	}
	if n < FreePassword && kinds(password) < 3 {
		faults.Add(at(FieldPassword, "person.password_simple", message.Args{"free": FreePassword}))
	}
	if login != "" && strings.Contains(strings.ToLower(password), strings.ToLower(login)) {
		faults.Add(at(FieldPassword, "person.password_login", nil))
	}
	if n >= MinPassword && monotonous(password) {
		faults.Add(at(FieldPassword, "person.password_pattern", nil))
	}
	return faults
}

// kinds counts small letters, capitals, digits and everything else.
func kinds(password string) int {
	var found [4]bool
	for _, r := range password {
		switch {
		case unicode.IsLower(r):
			found[0] = true
		case unicode.IsUpper(r):
			found[1] = true
		case unicode.IsDigit(r):
			found[2] = true
		default:
			found[3] = true
		}
	}
	count := 0
	for _, f := range found {
		if f {
			count++
		}
	}
	return count
}

// monotonous tells whether fewer than half of the steps from one letter to the next are more than a repetition or a step of one.
func monotonous(password string) bool {
	letters := []rune(strings.ToLower(password))
	steps := 0
	for i := 1; i < len(letters); i++ {
		if d := letters[i] - letters[i-1]; d < -1 || d > 1 {
			steps++
		}
	}
	return steps*3 < len(letters)-1
}

// Cost is what one password costs to check. Source: RFC 9106, section 4, second recommended option.
type Cost struct {
	Memory  uint32 // KiB
	Passes  uint32
	Threads uint8
}

// OfficialCost is the cost outside of tests.
var OfficialCost = Cost{Memory: 64 * 1024, Passes: 3, Threads: 4}

// Hasher makes and checks the hashes of passwords, a few at a time: each holds Cost.Memory while it runs.
type Hasher struct {
	cost   Cost
	slots  chan struct{}
	random io.Reader
	dummy  string // checked when there is no account, so that the time tells nothing
}

// NewHasher returns a hasher that runs at most atOnce hashes at the same time.
func NewHasher(cost Cost, atOnce int, random io.Reader) (*Hasher, error) {
	h := &Hasher{cost: cost, slots: make(chan struct{}, atOnce), random: random}
	var err error
	h.dummy, err = h.Hash(context.Background(), "the password of nobody")
	return h, err
}

const (
	saltBytes = 16
	hashBytes = 32
)

// Hash returns the PHC text of password. It waits for its turn until ctx ends.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	if _, err := io.ReadFull(h.random, salt); err != nil {
		return "", fmt.Errorf("person: salt: %w", err)
	}
	sum, err := h.sum(ctx, password, salt, h.cost)
	if err != nil {
		return "", err
	}
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.cost.Memory, h.cost.Passes, h.cost.Threads, encode(salt), encode(sum)), nil
}

// Matches tells whether password is the one behind hash. An empty hash matches nothing but takes as long.
func (h *Hasher) Matches(ctx context.Context, hash, password string) (bool, error) {
	nobody := hash == ""
	if nobody {
		hash = h.dummy
	}
	cost, salt, want, err := parseHash(hash)
	if err != nil {
		return false, err
	}
	got, err := h.sum(ctx, password, salt, cost)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1 && !nobody, nil
}

func (h *Hasher) sum(ctx context.Context, password string, salt []byte, cost Cost) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(password), salt, cost.Passes, cost.Memory, cost.Threads, hashBytes), nil
}

func parseHash(hash string) (cost Cost, salt, sum []byte, err error) {
	parts := strings.Split(hash, "$")
	version := 0
	if len(parts) != 6 || parts[1] != "argon2id" {
		return cost, nil, nil, fmt.Errorf("person: stored password is no argon2id text")
	}
	if _, err = fmt.Sscanf(parts[2], "v=%d", &version); err == nil && version != argon2.Version {
		err = fmt.Errorf("version %d", version)
	}
	if err == nil {
		_, err = fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &cost.Memory, &cost.Passes, &cost.Threads)
	}
	if err == nil {
		salt, err = base64.RawStdEncoding.DecodeString(parts[4])
	}
	if err == nil {
		sum, err = base64.RawStdEncoding.DecodeString(parts[5])
	}
	if err == nil && (cost.Memory > 1<<20 || cost.Passes == 0 || cost.Passes > 16 || cost.Threads == 0 || len(sum) != hashBytes) {
		err = fmt.Errorf("cost %+v", cost)
	}
	if err != nil {
		return cost, nil, nil, fmt.Errorf("person: stored password: %w", err)
	}
	return cost, salt, sum, nil
}
