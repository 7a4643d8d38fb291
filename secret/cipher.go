package secret

import (
	"crypto/aes"
	"crypto/cipher"
	"errors"
	"fmt"
	"io"
)

// Cipher is one way to seal bytes with a key. The bound bytes are not stored but must be the same on opening.
type Cipher interface {
	Name() string
	Seal(key, plain, bound []byte, random io.Reader) ([]byte, error)
	Open(key, sealed, bound []byte) ([]byte, error)
}

// keyBytes is the length of every key: 256 bits. A cipher with shorter keys takes the first bytes.
const keyBytes = 32

// ErrSealed tells that a sealed value was altered or was sealed under another key or purpose.
var ErrSealed = errors.New("secret: sealed value cannot be opened: altered, or sealed under another key")

// ciphers are the algorithms by the name stored with each value; the first one seals new values.
var ciphers = []Cipher{aesGCM{}}

func cipherNamed(name string) (Cipher, error) {
	for _, c := range ciphers {
		if c.Name() == name {
			return c, nil
		}
	}
	return nil, fmt.Errorf("secret: unknown algorithm %q", name)
}

// aesGCM is AES-256-GCM with a random nonce of 96 bits before the sealed bytes.
// One key seals at most 2^32 values before nonces may repeat (NIST SP 800-38D, 8.3); rotate long before.
type aesGCM struct{}

// Name returns the name stored with each value.
func (aesGCM) Name() string { return "aes256gcm" }

// Seal returns nonce and sealed bytes.
func (aesGCM) Seal(key, plain, bound []byte, random io.Reader) ([]byte, error) {
	gcm, err := newGCM(key)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, gcm.NonceSize(), gcm.NonceSize()+len(plain)+gcm.Overhead())
	if _, err := io.ReadFull(random, nonce); err != nil {
		return nil, fmt.Errorf("secret: nonce: %w", err)
	}
	return gcm.Seal(nonce, nonce, plain, bound), nil
}

// Open returns the plain bytes or ErrSealed.
func (aesGCM) Open(key, sealed, bound []byte) ([]byte, error) {
	gcm, err := newGCM(key)
	if err != nil {
		return nil, err
	}
	if len(sealed) < gcm.NonceSize() {
		return nil, ErrSealed
	}
	plain, err := gcm.Open(nil, sealed[:gcm.NonceSize()], sealed[gcm.NonceSize():], bound)
	if err != nil {
		return nil, ErrSealed
	}
	return plain, nil
}

func newGCM(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("secret: %w", err)
	}
	return cipher.NewGCM(block)
}
