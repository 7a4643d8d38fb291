package indicator

import "encoding/json"

// quoted appends a text as JSON writes it.
func quoted(out []byte, text string) []byte {
	bytes, err := json.Marshal(text)
	if err != nil {
		panic(err) // no text fails
	}
	return append(out, bytes...)
}
