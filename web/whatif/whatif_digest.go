package whatif

import (
	"crypto/sha256"
	"encoding/hex"

	"jiaoheng/message"
	"jiaoheng/round"
)

// digestOf is the digest of an outcome as other programs read it: whether the facts behind it, or the rules, are still the same.
func digestOf(o *round.Outcome) string {
	data, err := o.JSON(message.Chinese)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
