package secret

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// DataKey is a key for one purpose as it is stored: wrapped by the master key.
type DataKey struct {
	ID      string // names the key inside each sealed value
	Purpose string
	Wrapped string // base64 of the key sealed under the master key
	Created int64  // milliseconds since 1970
}

// ErrWrongMaster tells that the stored data keys were wrapped by another master key.
var ErrWrongMaster = errors.New("secret: the master key does not fit the stored data keys")

// Keyring holds the opened data keys. It is safe for concurrent use: it never changes after Open.
type Keyring struct {
	byID   map[string]openKey
	newest map[string]openKey // by purpose
}

type openKey struct {
	DataKey
	key []byte
}

// NewDataKey makes a key for purpose and wraps it under master.
func NewDataKey(master Master, purpose string, created int64, random io.Reader) (DataKey, error) {
	raw := make([]byte, keyBytes+8)
	if _, err := io.ReadFull(random, raw); err != nil {
		return DataKey{}, fmt.Errorf("secret: new key: %w", err)
	}
	d := DataKey{ID: hex.EncodeToString(raw[keyBytes:]), Purpose: purpose, Created: created}
	wrapped, err := wrap(master, d, raw[:keyBytes], random)
	d.Wrapped = wrapped
	return d, err
}

// Rewrap returns d wrapped under another master key; values sealed under d stay as they are.
func Rewrap(old, master Master, d DataKey, random io.Reader) (DataKey, error) {
	key, err := unwrap(old, d)
	if err != nil {
		return DataKey{}, err
	}
	d.Wrapped, err = wrap(master, d, key, random)
	return d, err
}

func wrap(master Master, d DataKey, key []byte, random io.Reader) (string, error) {
	sealed, err := ciphers[0].Seal(master.key[:], key, []byte("wrap:"+d.ID+":"+d.Purpose), random)
	if err != nil {
		return "", err
	}
	return ciphers[0].Name() + "." + base64.RawURLEncoding.EncodeToString(sealed), nil
}

func unwrap(master Master, d DataKey) ([]byte, error) {
	name, text, _ := strings.Cut(d.Wrapped, ".")
	c, err := cipherNamed(name)
	if err != nil {
		return nil, err
	}
	sealed, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return nil, ErrWrongMaster
	}
	key, err := c.Open(master.key[:], sealed, []byte("wrap:"+d.ID+":"+d.Purpose))
	if err != nil || len(key) != keyBytes {
		return nil, ErrWrongMaster
	}
	return key, nil
}

// Open unwraps keys. The newest key of a purpose seals; the older ones still open. ErrWrongMaster when one does not fit.
func Open(master Master, keys []DataKey) (*Keyring, error) {
	ring := &Keyring{byID: map[string]openKey{}, newest: map[string]openKey{}}
	sorted := slices.Clone(keys)
	slices.SortFunc(sorted, func(a, b DataKey) int {
		if a.Created != b.Created {
			return int(min(max(a.Created-b.Created, -1), 1))
		}
		return strings.Compare(a.ID, b.ID)
	})
	for _, d := range sorted {
		key, err := unwrap(master, d)
		if err != nil {
			return nil, err
		}
		open := openKey{DataKey: d, key: key}
		ring.byID[d.ID], ring.newest[d.Purpose] = open, open
	}
	return ring, nil
}

// Has tells whether there is a key for purpose.
func (k *Keyring) Has(purpose string) bool { return k.newest[purpose].key != nil }

func (k *Keyring) mustNewest(purpose string) openKey {
	open, ok := k.newest[purpose]
	if !ok {
		panic("secret: no key for purpose " + purpose)
	}
	return open
}

// Seal returns plain sealed for purpose as text "algorithm.key.base64"; "" stays "". An unknown purpose panics.
func (k *Keyring) Seal(purpose, plain string, random io.Reader) (string, error) {
	if plain == "" {
		return "", nil
	}
	open := k.mustNewest(purpose)
	sealed, err := ciphers[0].Seal(open.key, []byte(plain), []byte(purpose), random)
	if err != nil {
		return "", err
	}
	return ciphers[0].Name() + "." + open.ID + "." + base64.RawURLEncoding.EncodeToString(sealed), nil
}

// Open returns what Seal was given, or ErrSealed.
func (k *Keyring) Open(purpose, stored string) (string, error) {
	if stored == "" {
		return "", nil
	}
	parts := strings.Split(stored, ".")
	if len(parts) != 3 {
		return "", ErrSealed
	}
	c, err := cipherNamed(parts[0])
	if err != nil {
		return "", err
	}
	sealed, err := base64.RawURLEncoding.DecodeString(parts[2])
	open, known := k.byID[parts[1]]
	if err != nil || !known || open.Purpose != purpose {
		return "", ErrSealed
	}
	plain, err := c.Open(open.key, sealed, []byte(purpose))
	return string(plain), err
}

// SealBytes is Seal for files: the sealed bytes begin with one line that names algorithm and key.
func (k *Keyring) SealBytes(purpose string, plain []byte, random io.Reader) ([]byte, error) {
	open := k.mustNewest(purpose)
	sealed, err := ciphers[0].Seal(open.key, plain, []byte(purpose), random)
	if err != nil {
		return nil, err
	}
	return append([]byte(ciphers[0].Name()+"."+open.ID+"\n"), sealed...), nil
}

// OpenBytes returns what SealBytes was given, or ErrSealed.
func (k *Keyring) OpenBytes(purpose string, stored []byte) ([]byte, error) {
	head, sealed, found := strings.Cut(string(stored), "\n")
	name, id, _ := strings.Cut(head, ".")
	open, known := k.byID[id]
	if !found || !known || open.Purpose != purpose {
		return nil, ErrSealed
	}
	c, err := cipherNamed(name)
	if err != nil {
		return nil, err
	}
	return c.Open(open.key, []byte(sealed), []byte(purpose))
}

// Newest tells whether stored was sealed under the newest key of purpose; rotation seals the others again.
func (k *Keyring) Newest(purpose, stored string) bool {
	parts := strings.Split(stored, ".")
	return len(parts) == 3 && parts[1] == k.mustNewest(purpose).ID
}

// MAC returns HMAC-SHA-256 of data under the key of purpose in hexadecimal.
func (k *Keyring) MAC(purpose string, data []byte) string {
	mac := hmac.New(sha256.New, k.mustNewest(purpose).key)
	mac.Write([]byte(purpose))
	mac.Write([]byte{0})
	mac.Write(data)
	return hex.EncodeToString(mac.Sum(nil))
}

// Index returns the blind index of value for purpose: equal values, folded by Fold, have equal indexes. "" stays "".
func (k *Keyring) Index(purpose, value string) string {
	folded := Fold(value)
	if folded == "" {
		return ""
	}
	return k.MAC(purpose, []byte(folded))
}
