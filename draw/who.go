package draw

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// Secret makes the salts of one roster. Whoever has it can tell which line is whose.
type Secret [32]byte

// Salt goes before an id when it is hashed, so that ids cannot be guessed by trying them all.
type Salt [16]byte

// SecretOf is the secret of a roster that has no other: from its bytes, so that a run with the same file repeats. Whoever holds
// the whole roster can compute it, and nobody else.
func SecretOf(roster []byte) Secret {
	return sha256.Sum256(append([]byte(Protocol+" secret\n"), roster...))
}

// Salt is the salt of one id: the first sixteen bytes of HMAC-SHA256(secret, "salt\n" ‖ id).
func (s Secret) Salt(id string) Salt {
	sum := s.Sum("salt\n" + id)
	return Salt(sum[:16])
}

// Who is how id stands in a line under this secret.
func (s Secret) Who(id string) string { return Who(s.Salt(id), id) }

// Sum is HMAC-SHA256(secret, text): numbers that only the secret tells, for hidden orders of columns and codes.
func (s Secret) Sum(text string) Hash {
	mac := hmac.New(sha256.New, s[:])
	mac.Write([]byte(text))
	return Hash(mac.Sum(nil))
}

// Who is how a person stands in a line: the first 32 hexadecimal digits of SHA-256(salt ‖ id).
func Who(salt Salt, id string) string {
	sum := sha256.Sum256(append(salt[:], id...))
	return hex.EncodeToString(sum[:16])
}
