package document

import (
	"encoding/json"
	"strconv"
)

func marshalPair(a, b int) []byte {
	out := strconv.AppendInt([]byte{'['}, int64(a), 10)
	out = strconv.AppendInt(append(out, ','), int64(b), 10)
	return append(out, ']')
}

func unmarshalPair(data []byte, a, b *int) error {
	var pair [2]int
	if err := json.Unmarshal(data, &pair); err != nil {
		return err
	}
	*a, *b = pair[0], pair[1]
	return nil
}
