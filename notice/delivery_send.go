package notice

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
)

// Limits of one pass of the dispatcher.
const (
	passDeliveries = 500 // looked at in one pass
	robotMinute    = 20  // messages a robot may post in a minute; both makers of group chats state this number
)

// Dispatcher sends what waits. Several may run at once, in one program or in several: who marks a delivery first sends it.
type Dispatcher struct {
	Store   Store
	Senders map[Kind]Sender
	Clock   func() time.Time
	Log     *slog.Logger
}

// Report counts what a pass did.
type Report struct {
	Sent    int `json:"sent"`
	Refused int `json:"refused"` // will be tried again
	Failed  int `json:"failed"`
	Unknown int `json:"unknown"`
	Dropped int `json:"dropped"`
}

func (r *Report) add(state State) {
	switch state {
	case Sent:
		r.Sent++
	case Waiting:
		r.Refused++
	case Failed:
		r.Failed++
	case Unknown:
		r.Unknown++
	case Dropped:
		r.Dropped++
	}
}

// program is what deliveries concern: they belong to nobody's unit.
var program = access.Thing{Class: access.System}

// Pass sends everything whose time has come, each channel on its own: a slow one does not hold up the others, and one that
// cannot be reached is left alone until the next pass.
func (d Dispatcher) Pass(ctx context.Context) (Report, error) {
	var report Report
	if err := d.giveUp(ctx, &report); err != nil {
		return report, err
	}
	due, err := d.Store.DeliveriesDue(ctx, d.Clock(), passDeliveries)
	if err != nil || len(due) == 0 {
		return report, err
	}
	channels, err := d.channels(ctx)
	if err != nil {
		return report, err
	}
	queues := map[string][]Delivery{}
	for _, one := range due {
		queues[one.Channel] = append(queues[one.Channel], one)
	}
	var lock sync.Mutex
	var failed []error
	var running sync.WaitGroup
	for id, queue := range queues {
		running.Go(func() {
			states, err := d.queue(ctx, channels[id], queue)
			lock.Lock()
			defer lock.Unlock()
			for _, state := range states {
				report.add(state)
			}
			failed = append(failed, err)
		})
	}
	running.Wait()
	return report, errors.Join(failed...)
}

func (d Dispatcher) channels(ctx context.Context) (map[string]Channel, error) {
	all, err := d.Store.Channels(ctx)
	byID := map[string]Channel{}
	for _, c := range all {
		byID[c.ID] = c
	}
	return byID, err
}

// giveUp makes Unknown what was being sent when its program ended: the message may have gone.
func (d Dispatcher) giveUp(ctx context.Context, report *Report) error {
	stuck, err := d.Store.DeliveriesStuck(ctx, d.Clock().Add(-2*SendLimit), passDeliveries)
	if err != nil {
		return err
	}
	for _, one := range stuck {
		err := d.settle(ctx, one, AnswerOf(Uncertain, "notice.answer.cut_off", ""))
		if isStale(err) {
			continue
		}
		if err != nil {
			return err
		}
		report.Unknown++
	}
	return nil
}

// queue sends the deliveries of one channel, one after the other.
func (d Dispatcher) queue(ctx context.Context, c Channel, queue []Delivery) ([]State, error) {
	var states []State
	for _, one := range queue {
		if ctx.Err() != nil {
			return states, nil
		}
		if c.Kind != KindMail && c.Kind != "" {
			posted, err := d.Store.TriesSince(ctx, c.ID, d.Clock().Add(-time.Minute))
			if err != nil || posted >= robotMinute {
				return states, err
			}
		}
		state, reached, err := d.one(ctx, c, one)
		if isStale(err) {
			continue
		}
		if err != nil {
			return states, err
		}
		states = append(states, state)
		if !reached {
			return states, nil
		}
	}
	return states, nil
}

// Now sends one delivery that waits, at once, and returns how it then stands.
func (d Dispatcher) Now(ctx context.Context, id string) (Delivery, error) {
	one, err := d.Store.Delivery(ctx, id)
	if err != nil || one.State != Waiting {
		return one, err
	}
	channels, err := d.channels(ctx)
	if err != nil {
		return one, err
	}
	if _, _, err := d.one(ctx, channels[one.Channel], one); err != nil && !isStale(err) {
		return one, err
	}
	return d.Store.Delivery(ctx, id)
}

// one sends one delivery: it is marked before anything goes out, and settled by the answer.
func (d Dispatcher) one(ctx context.Context, c Channel, one Delivery) (state State, reached bool, err error) {
	letter, drop, err := d.letter(ctx, c, one)
	if err != nil {
		return "", true, err
	}
	if drop != "" {
		return Dropped, true, d.drop(ctx, one, drop)
	}
	one.State, one.Tries, one.Started, one.MessageID = Sending, one.Tries+1, d.Clock(), letter.MessageID
	if err := d.write(ctx, "notice.action.send", func(ctx context.Context, _ action.Tx) error { return d.Store.DeliveryChange(ctx, one) }); err != nil {
		return "", true, err
	}
	one.Version++
	// The sending goes on when the program is asked to stop: it is marked, and to cut it off would leave it Unknown.
	whole := context.WithoutCancel(ctx)
	sending, cancel := context.WithTimeout(whole, SendLimit)
	defer cancel()
	answer := d.send(sending, c, letter)
	err = d.settle(whole, one, answer)
	return d.after(one, answer), answer.Outcome != Unreachable, err
}

// send asks the sender of the kind; a sender that panics may have sent.
func (d Dispatcher) send(ctx context.Context, c Channel, letter Letter) (answer Answer) {
	defer func() {
		if p := recover(); p != nil {
			d.Log.Error("a sender broke", "kind", c.Kind, "panic", fmt.Sprint(p))
			answer = AnswerOf(Uncertain, "notice.answer.cut_off", "")
		}
	}()
	sender := d.Senders[c.Kind]
	if sender == nil {
		return AnswerOf(Refused, "notice.answer.no_sender", "")
	}
	return sender.Send(ctx, c, letter)
}

// letter makes what is sent; drop says why nothing is.
func (d Dispatcher) letter(ctx context.Context, c Channel, one Delivery) (letter Letter, drop string, err error) {
	if c.ID == "" || !c.On && one.Kind != KindTest {
		return letter, "notice.answer.channel_off", nil
	}
	setting, err := d.Store.Setting(ctx)
	if err != nil {
		return letter, "", err
	}
	letter = Letter{To: one.To, Subject: one.Subject, Body: one.Body, MessageID: one.MessageID, Delivery: one.ID, Made: one.Made,
		LocalNetwork: setting.LocalNetwork}
	if letter.MessageID == "" {
		_, domain, _ := strings.Cut(c.From, "@")
		letter.MessageID = "<" + one.ID + "@" + domain + ">"
	}
	if one.Person == "" {
		return letter, "", nil
	}
	choices, err := d.Store.Choices(ctx, []string{one.Person})
	if err != nil {
		return letter, "", err
	}
	choice := choices[one.Person]
	wanted := choice.Mail && choice.Address != "" && (one.Kind != KindDigest || choice.Digest) && (one.Kind != KindNotice || choice.Urgent)
	if !wanted {
		return letter, "notice.answer.unwanted", nil
	}
	letter.To = choice.Address
	return letter, "", nil
}

func (d Dispatcher) drop(ctx context.Context, one Delivery, why string) error {
	one.State, one.Ended, one.Answer = Dropped, d.Clock(), text(why, nil)
	return d.write(ctx, "notice.action.send", func(ctx context.Context, _ action.Tx) error { return d.Store.DeliveryChange(ctx, one) })
}

// after is the state that an answer leads to.
func (d Dispatcher) after(one Delivery, answer Answer) State {
	switch {
	case answer.Outcome == Accepted:
		return Sent
	case answer.Outcome == Uncertain:
		return Unknown
	case one.Tries >= Tries || one.Kind == KindTest:
		return Failed
	}
	return Waiting
}

// settle records the try and how the delivery stands after it.
func (d Dispatcher) settle(ctx context.Context, one Delivery, answer Answer) error {
	one.State, one.Ended, one.Answer = d.after(one, answer), d.Clock(), answer.Text
	if one.State == Waiting {
		one.Next = one.Ended.Add(Pauses[min(one.Tries, len(Pauses))-1])
	}
	return d.write(ctx, "notice.action.settle", func(ctx context.Context, tx action.Tx) error {
		try := Try{ID: tx.NewID(), Delivery: one.ID, Channel: one.Channel, Number: one.Tries, Started: one.Started, Ended: one.Ended, State: one.State,
			Answer: answer.Text}
		return errors.Join(d.Store.DeliveryChange(ctx, one), d.Store.TryInsert(ctx, try))
	})
}

func (d Dispatcher) write(ctx context.Context, name string, do func(ctx context.Context, tx action.Tx) error) error {
	return action.Do(ctx, d.Store, action.TheProgram(), action.Write{Name: name, Thing: program, Do: do})
}

// isStale tells that another program came first.
func isStale(err error) bool {
	for _, f := range fault.Of(err) {
		if f.Code == "action.stale" {
			return true
		}
	}
	return false
}
