package zh

import (
	"sync"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// common holds the 3,755 characters of level one of GB 2312 (rows 16 to 55), ordered there because they are the
// usual ones: more than 99 % of an official text is written with them.
var common = sync.OnceValue(func() map[rune]bool {
	all := make(map[rune]bool, 3755)
	decoder := simplifiedchinese.GBK.NewDecoder()
	for lead := byte(0xB0); lead <= 0xD7; lead++ {
		for trail := byte(0xA1); trail <= 0xFE; trail++ {
			if decoded, err := decoder.Bytes([]byte{lead, trail}); err == nil {
				for _, r := range string(decoded) {
					if isHan(r) {
						all[r] = true
					}
				}
			}
		}
	}
	return all
})

// isCommon tells whether r, in its simplified form, is one of the usual characters.
func isCommon(r rune) bool { return common()[simple(r)] }

// UsualShare returns the share of a text's characters that are usual ones, 0 for a text without Chinese
// characters. Text read in a wrong encoding has less than two thirds.
func UsualShare(text string) float64 {
	han, usual := 0, 0
	for _, r := range text {
		if isHan(r) {
			han++
			if isCommon(r) {
				usual++
			}
		}
	}
	if han == 0 {
		return 0
	}
	return float64(usual) / float64(han)
}
