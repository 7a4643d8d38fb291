package person

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
)

// newToken returns a random token of 256 bits for an address, and the hash under which it is kept.
func newToken(random io.Reader) (token, id string, err error) {
	raw := make([]byte, 32)
	if _, err := io.ReadFull(random, raw); err != nil {
		return "", "", fmt.Errorf("person: token: %w", err)
	}
	token = base64.RawURLEncoding.EncodeToString(raw)
	return token, tokenID(token), nil
}

func tokenID(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
