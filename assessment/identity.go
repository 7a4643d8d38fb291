package assessment

import (
	"strings"

	"jiaoheng/secret"
)

// keyLength is how much of a hash a key holds: 128 bits, at which two pupils out of a billion never meet.
const keyLength = 32

// keyOf is the hash by which a pupil is found again in another exam that goes by the same kind of number.
func keyOf(keys *secret.Keyring, kind Identity, number string) string {
	return keys.MAC(PurposePupil, []byte(string(kind)+":"+secret.Fold(number)))[:keyLength]
}

// looseKeyOf is the hash of a pupil without a number. Two pupils of one name in one class are one to it.
func looseKeyOf(keys *secret.Keyring, name, unit, class string) string {
	text := strings.Join([]string{"name", secret.Fold(name), unit, secret.Fold(class)}, "\x1f")
	return keys.MAC(PurposePupil, []byte(text))[:keyLength]
}
