package notice

import (
	"context"
	"strings"
	"time"

	"jiaoheng/message"
)

// State is how a delivery stands.
type State string

// The states. Sending is left only by an answer, or becomes Unknown; Unknown is never sent again by itself.
const (
	Waiting State = "waiting"
	Sending State = "sending"
	Sent    State = "sent"
	Failed  State = "failed"
	Unknown State = "unknown"
	Dropped State = "dropped" // the person chose no more mail, or the channel is off
)

// States returns the states in the order in which they are shown.
func States() []State { return []State{Waiting, Sending, Sent, Failed, Unknown, Dropped} }

// What a delivery carries.
const (
	KindNotice = "notice"
	KindDigest = "digest"
	KindTest   = "test"
)

// Pauses are how long after the first, second, … refusal the next try comes. After the last one there is no further try.
var Pauses = []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 6 * time.Hour}

// Tries is how often a delivery is tried in all.
const Tries = 6

// SendLimit is how long one sending may take; a delivery that is still being sent after twice that time is Unknown: the
// program that sent it is gone.
const SendLimit = time.Minute

// Delivery is one message to one person or robot.
type Delivery struct {
	ID, Channel    string
	Kind           string
	Person         string // "" for robots
	To             string // address, of a test only; that of a person is looked up when it is sent
	Notice         string // the notice it carries, "" for digests and tests
	Key            string // no two deliveries have the same
	State          State
	Subject, Body  string
	MessageID      string
	Tries          int
	Made, Next     time.Time
	Started, Ended time.Time
	Answer         string // of the last try
	Version        int64
}

// Try is one attempt, as it is recorded.
type Try struct {
	ID, Delivery, Channel string
	Number                int
	Started, Ended        time.Time
	State                 State // in which it left the delivery
	Answer                string
}

// Letter is what a Sender sends. Body is plain text, one paragraph a line.
type Letter struct {
	To, Subject, Body, MessageID string
	Delivery                     string // id of the delivery
	Made                         time.Time
	LocalNetwork                 bool
}

// Outcome is what became of one try.
type Outcome int

// The outcomes. Uncertain: the message may have gone, nobody can tell.
const (
	Accepted Outcome = iota + 1
	Refused
	Unreachable
	Uncertain
)

// Answer is what the other side said.
type Answer struct {
	Outcome Outcome
	Text    string
}

// maxAnswer is how much of what the other side said is kept, in bytes.
const maxAnswer = 300

// AnswerOf is an answer in words: the text of key, with what the other side said on one line.
func AnswerOf(outcome Outcome, key, said string) Answer {
	said = strings.Join(strings.Fields(strings.ToValidUTF8(said, "?")), " ")
	if len(said) > maxAnswer {
		said = strings.ToValidUTF8(said[:maxAnswer], "") + "…"
	}
	return Answer{Outcome: outcome, Text: text(key, message.Args{"answer": said})}
}

// Sender sends one letter through a channel. It must tell Refused or Unreachable only when the message surely did not
// arrive, and Uncertain whenever it may have.
type Sender interface {
	Send(ctx context.Context, c Channel, l Letter) Answer
}

// LetterOf writes the message of an urgent notice, in Chinese.
func LetterOf(n Notice, setting Setting) Letter {
	said := n.Text(message.Chinese)
	lines := []string{said}
	if link := setting.Link(n.Address()); link != "" {
		lines = append(lines, text("notice.letter.link", message.Args{"link": link}))
	} else {
		lines = append(lines, text("notice.letter.sign_in", nil))
	}
	return Letter{Subject: text("notice.letter.subject", message.Args{"text": shorten(said)}), Body: strings.Join(lines, "\n")}
}
