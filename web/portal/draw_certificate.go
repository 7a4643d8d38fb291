package portal

import "encoding/json"

// sentences are the words with which a certificate says what a result attains. They were written when the draw was made, in
// the language of who made it; a certificate without words says nothing here.
func sentences(certificate []byte) []string {
	var words struct {
		Sentences []string `json:"sentences"`
	}
	if json.Unmarshal(certificate, &words) != nil {
		return nil
	}
	return words.Sentences
}
