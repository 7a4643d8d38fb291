package notice

import (
	"fmt"
	"strings"
	"time"

	"jiaoheng/message"
)

// Limits of what is told.
const (
	MaxPersons = 20_000 // told by one Draft
	MaxArg     = 200    // characters of one value in a notice; longer ones end in …
	MaxBody    = 8_000  // characters of one message that goes out
	PageRows   = 50     // notices on one page
)

// Draft is what somebody is to be told.
type Draft struct {
	Persons       []string // ids; doubles and "" are passed over
	Kind          string   // key of the catalogue
	Args          message.Args
	Register, Row string // the row it is about; "" when it is about none
	Urgent        bool   // goes out at once where the person chose so; else it waits for the digest of the day
	Key           string // optional: a notice of the same person and key is told only once
}

// Notice is what one person was told.
type Notice struct {
	ID, Person    string
	Kind          string
	Args          map[string]message.Pair
	Register, Row string
	Urgent        bool
	Key           string
	Made, Read    time.Time // Read is zero while it is unread
	Version       int64
}

// Text returns the words of the notice. A kind that the catalogue of this program no longer holds is told by its key.
func (n Notice) Text(language message.Language) string {
	if !message.Has(n.Kind) {
		return n.Kind
	}
	args := message.Args{}
	for name, value := range n.Args {
		args[name] = value
	}
	return message.Text(language, n.Kind, args)
}

// Address returns the page that the notice is about, or "".
func (n Notice) Address() string {
	switch {
	case n.Register != "" && n.Row != "":
		return "/record/" + n.Register + "/row/" + n.Row
	case n.Kind == DigestKind:
		return "/todo"
	}
	return ""
}

// DigestKind is the kind of the daily digest in the application.
const DigestKind = "notice.told.digest"

// words writes the values of a text in both languages, as they are stored: a catalogue that changes later changes the
// sentence but not what was said in it.
func words(args message.Args) map[string]message.Pair {
	said := make(map[string]message.Pair, len(args))
	for name, value := range args {
		pair := message.Pair{Chinese: fmt.Sprint(value)}
		if both, ok := value.(message.Bilingual); ok {
			pair = message.Pair{Chinese: both.In(message.Chinese), English: both.In(message.English)}
		}
		pair.Chinese, pair.English = shorten(pair.Chinese), shorten(pair.English)
		if pair.English == pair.Chinese {
			pair.English = ""
		}
		said[name] = pair
	}
	return said
}

// shorten keeps one line of at most MaxArg characters.
func shorten(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > MaxArg {
		return string(runes[:MaxArg-1]) + "…"
	}
	return text
}
