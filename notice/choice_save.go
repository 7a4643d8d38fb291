package notice

import (
	"context"
	"strings"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// SaveChoice stores what the person who acts chose for e-mail. Notices in the application stay whatever is chosen.
func SaveChoice(ctx context.Context, store Store, actor action.Actor, c Choice) error {
	c.Person, c.Address = actor.Post.Person, strings.TrimSpace(c.Address)
	return action.Do(ctx, store, actor, action.Write{Name: "notice.action.choice", Thing: access.Thing{Class: access.Self, Owner: c.Person},
		Check: func(context.Context) error {
			if (c.Mail || c.Address != "") && !isMail(c.Address) {
				return fault.List{fault.At(fault.Place{Column: FieldAddress}, "notice.mail_wrong", nil)}
			}
			return nil
		},
		Do: func(ctx context.Context, _ action.Tx) error { return store.ChoicePut(ctx, c) }})
}

// SaveSetting stores what holds for everybody.
func SaveSetting(ctx context.Context, store Store, actor action.Actor, s Setting) error {
	s.Site = strings.TrimSuffix(strings.TrimSpace(s.Site), "/")
	return action.Do(ctx, store, actor, action.Write{Name: "notice.action.setting", Thing: program,
		Check: func(context.Context) error {
			var faults fault.List
			if s.Hour < 0 || s.Hour > 23 {
				faults.Add(fault.At(fault.Place{Column: FieldHour}, "notice.hour", nil))
			}
			if s.Site != "" && (!isHTTP(s.Site) || len(s.Site) > 200) {
				faults.Add(fault.At(fault.Place{Column: FieldSite}, "notice.site", nil))
			}
			return faults.Err()
		},
		Do: func(ctx context.Context, _ action.Tx) error { return store.SettingPut(ctx, s) }})
}

// readAtOnce is how many notices one action marks as read.
const readAtOnce = 500

// ReadAll marks the unread notices of the person who acts as read and returns how many: those there were when it began,
// never one that came since.
func ReadAll(ctx context.Context, store Store, actor action.Actor) (int, error) {
	person := actor.Post.Person
	unread, err := store.Notices(ctx, person, true, "", readAtOnce)
	if err != nil || len(unread) == 0 {
		return 0, err
	}
	ids := make([]string, len(unread))
	for i, n := range unread {
		ids[i] = n.ID
	}
	return Read(ctx, store, actor, ids...)
}

// Read marks notices of the person who acts as read; those of others are passed over.
func Read(ctx context.Context, store Store, actor action.Actor, ids ...string) (int, error) {
	person, count := actor.Post.Person, 0
	err := action.Do(ctx, store, actor, action.Write{Name: "notice.action.read", Thing: access.Thing{Class: access.Self, Owner: person},
		Do: func(ctx context.Context, tx action.Tx) (err error) {
			count, err = store.NoticesRead(ctx, person, tx.Now(), ids...)
			return err
		}})
	return count, err
}

// Text returns the name of the state.
func (s State) Text(language message.Language) string {
	return message.Text(language, "notice.state."+string(s), nil)
}
