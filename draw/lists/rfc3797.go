package lists

import (
	"cmp"
	"crypto/md5"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Limits of the method of RFC 3797.
const (
	MaxPool3797    = 1<<16 - 1 // the number of a pick is hashed as two bytes
	MaxKey3797     = 4096      // bytes
	MaxSources3797 = 64
)

// Pick3797 is one pick of the method of RFC 3797.
type Pick3797 struct {
	Number int    `json:"number"` // from 1, as numbered in the published pool
	MD5    string `json:"md5"`    // upper case, as the RFC prints it
	Among  int    `json:"among"`  // how many were left
}

// Select3797 picks count of the numbers 1 … pool by RFC 3797, section 4: pick i (from 0) is the remainder of
// MD5(i ‖ key ‖ i), i as two bytes, the hash read as one big number, divided by how many numbers are left; the number at
// that place among those left, in ascending order, is taken out.
//
// Errors: faults when a number or the key is out of its limits.
func Select3797(key string, pool, count int) ([]Pick3797, error) {
	var faults fault.List
	if pool < 1 || pool > MaxPool3797 {
		faults.Add(fault.New("lists.rfc_pool", message.Args{"count": pool, "limit": MaxPool3797}))
	}
	if count < 1 || count > pool {
		faults.Add(fault.New("lists.rfc_pick", message.Args{"pick": count, "count": pool}))
	}
	if key == "" || len(key) > MaxKey3797 || strings.ContainsFunc(key, func(r rune) bool { return r < ' ' || r > '~' }) {
		faults.Add(fault.New("lists.rfc_key", message.Args{"limit": MaxKey3797}))
	}
	if len(faults) > 0 {
		return nil, faults
	}
	left := make([]int, pool)
	for i := range left {
		left[i] = i + 1
	}
	picks := make([]Pick3797, count)
	for i := range picks {
		turn := binary.BigEndian.AppendUint16(nil, uint16(i))
		sum := md5.Sum(slices.Concat(turn, []byte(key), turn))
		at := 0
		for _, b := range sum {
			at = (at<<8 + int(b)) % len(left)
		}
		picks[i] = Pick3797{Number: left[at], MD5: strings.ToUpper(hex.EncodeToString(sum[:])), Among: len(left)}
		left = slices.Delete(left, at, at+1)
	}
	return picks, nil
}

// Key3797 makes the key string of RFC 3797 out of what the sources of randomness gave, one text a source, its numbers
// separated by spaces or commas. Within a source numbers stand in ascending order, each without needless zeros and with a
// period (after a whole number, or between whole and fraction); every source ends with a slash.
//
// Errors: faults naming every source that is empty or holds anything but numbers from 0.
func Key3797(sources []string) (string, error) {
	var faults fault.List
	if len(sources) > MaxSources3797 {
		faults.Add(fault.New("lists.rfc_sources", message.Args{"count": len(sources), "limit": MaxSources3797}))
	}
	var key strings.Builder
	for n, source := range sources {
		words := strings.FieldsFunc(source, func(r rune) bool { return strings.ContainsRune(" \t,，、", r) })
		numbers := make([]number3797, len(words))
		wrong := len(words) == 0
		for i, word := range words {
			var ok bool
			numbers[i], ok = readNumber3797(word)
			wrong = wrong || !ok
		}
		if wrong {
			faults.Add(fault.New("lists.rfc_source", message.Args{"source": n + 1, "text": source}))
		}
		slices.SortStableFunc(numbers, number3797.compare)
		for _, number := range numbers {
			key.WriteString(number.whole + "." + number.fraction)
		}
		key.WriteByte('/')
	}
	return key.String(), faults.Err()
}

// number3797 is a decimal number without leading zeros before and trailing zeros behind its point.
type number3797 struct{ whole, fraction string }

func readNumber3797(word string) (number3797, bool) {
	whole, fraction, point := strings.Cut(word, ".")
	digits := func(text string) bool { return strings.Trim(text, "0123456789") == "" }
	if whole == "" || point && fraction == "" || !digits(whole) || !digits(fraction) {
		return number3797{}, false
	}
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	return number3797{whole, strings.TrimRight(fraction, "0")}, true
}

// compare orders by value: with leading zeros gone the longer whole part is larger, and digits order fractions as texts.
func (n number3797) compare(other number3797) int {
	return cmp.Or(cmp.Compare(len(n.whole), len(other.whole)), cmp.Compare(n.whole, other.whole), cmp.Compare(n.fraction, other.fraction))
}
