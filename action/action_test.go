package action_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/audit"
	"jiaoheng/fault"
)

// recorder notes the header of the one transaction it runs; what a store does with it is tested with the store.
type recorder struct{ headers []audit.Header }

func (r *recorder) Transact(ctx context.Context, header audit.Header, do func(context.Context, action.Tx) error) error {
	r.headers = append(r.headers, header)
	return do(ctx, nil)
}

func TestDoAsksForRightReasonAndCheckBeforeItWrites(t *testing.T) {
	head := action.Actor{Post: access.Post{ID: "post", Person: "me", Role: access.SchoolHead, Unit: access.Unit{Code: "s", From: 1, To: 3}}, Account: "account", Address: "10.0.0.1"}
	own := access.Thing{Class: access.Fact, Unit: access.Unit{Code: "s", From: 1, To: 3}}
	wrong := errors.New("wrong input")
	cases := []struct {
		name    string
		write   action.Write
		code    string
		written bool
	}{
		{"right", action.Write{Thing: own, Reason: "更正"}, "", true},
		{"approves", action.Write{Thing: own, Operation: access.Approve}, "", true},
		{"no right", action.Write{Thing: access.Thing{Class: access.Fact, Unit: access.Unit{Code: "o", From: 3, To: 4}}}, "action.refused", false},
		{"another operation", action.Write{Thing: access.Thing{Class: access.Plan}, Operation: access.Approve}, "action.refused", false},
		{"long reason", action.Write{Thing: own, Reason: strings.Repeat("长", action.MaxReason+1)}, "action.reason_long", false},
		{"check fails", action.Write{Thing: own, Check: func(context.Context) error { return wrong }}, "wrong input", false},
	}
	for _, c := range cases {
		store, written := &recorder{}, false
		c.write.Name = "action.refused"
		c.write.Do = func(context.Context, action.Tx) error {
			written = true
			return nil
		}
		err := action.Do(context.Background(), store, head, c.write)
		code := ""
		if list := fault.Of(err); len(list) > 0 {
			code = list[0].Code
		} else if err != nil {
			code = err.Error()
		}
		if code != c.code || written != c.written || len(store.headers) > 0 != c.written {
			t.Errorf("%s: got %v, written %v", c.name, err, written)
		}
		if c.name == "right" {
			want := audit.Header{Actor: audit.Actor{Person: "me", Post: "post", Account: "account", Address: "10.0.0.1"}, Action: "action.refused", Unit: "s", Reason: "更正"}
			if store.headers[0] != want {
				t.Errorf("got %+v", store.headers[0])
			}
		}
	}
}

func TestAnActionWithoutATextPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	_ = action.Do(context.Background(), &recorder{}, action.TheProgram(), action.Write{Name: "nothing"})
}

func TestIDsSortByTime(t *testing.T) {
	low, high := bytes.NewReader(make([]byte, 64)), bytes.NewReader(bytes.Repeat([]byte{255}, 64))
	now := time.UnixMilli(1_788_249_600_000)
	earlier, later := action.NewID(now, high), action.NewID(now.Add(time.Millisecond), low)
	if earlier >= later || len(earlier) != 26 {
		t.Errorf("%s and %s do not sort by time", earlier, later)
	}
	if want := "01m1dzpw00zzzzzzzzzzzzzzzz"; earlier != want {
		t.Errorf("got %s, want %s", earlier, want)
	}
}
