package todo

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"jiaoheng/notice"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/unit"
)

// quiet is a store without people and channels. It counts the digests and the passes, and what it does in a pass is told by round.
type quiet struct {
	Store
	digests, passes int
	round           map[int]func() error
	last            context.CancelFunc // called in the last round
}

func (q *quiet) Today() period.Date { return period.DayAt(time.Now()) }
func (q *quiet) Setting(context.Context) (notice.Setting, error) {
	return notice.DefaultSetting(), nil
}
func (q *quiet) Tree(context.Context) (*unit.Tree, error)           { return &unit.Tree{}, nil }
func (q *quiet) Channels(context.Context) ([]notice.Channel, error) { return nil, nil }
func (q *quiet) Persons(context.Context, string, int) ([]person.Person, error) {
	q.digests++
	return nil, nil
}
func (q *quiet) DeliveriesStuck(context.Context, time.Time, int) ([]notice.Delivery, error) {
	q.passes++
	if q.passes == 5 {
		q.last()
	}
	if broken := q.round[q.passes]; broken != nil {
		return nil, broken()
	}
	return nil, nil
}
func (q *quiet) DeliveriesDue(context.Context, time.Time, int) ([]notice.Delivery, error) {
	return nil, nil
}

// The clock of the test begins on 1 January 2000, 08:00 in China. The digest is made once; a pass that fails or breaks is logged, and
// the next one comes all the same.
func TestTheRoundsGoOnWhateverBreaks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		store := &quiet{last: cancel, round: map[int]func() error{2: func() error { return errors.New("the disk is full") }, 3: func() error { panic("a fault of the program") }}}
		worked := func(context.Context) (period.Calendar, error) {
			return period.Calendar{}.With(nil, []period.Date{{Year: 2000, Month: 1, Day: 1}}), nil
		}
		var log bytes.Buffer
		begun := time.Now()
		Keep(ctx, New(nil, store, worked), notice.Dispatcher{Store: store, Clock: time.Now}, slog.New(slog.NewTextHandler(&log, nil)))
		if store.digests != 1 || store.passes != 5 || time.Since(begun) != 4*keepEvery {
			t.Errorf("%d digests and %d passes in %s", store.digests, store.passes, time.Since(begun))
		}
		if text := log.String(); strings.Count(text, "notices cannot be sent") != 2 || !strings.Contains(text, "the disk is full") || !strings.Contains(text, "a fault of the program") {
			t.Errorf("logged %s", text)
		}
	})
}
