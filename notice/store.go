package notice

import (
	"context"
	"errors"
	"time"

	"jiaoheng/action"
)

// ErrNotFound tells that there is no such notice, channel or delivery.
var ErrNotFound = errors.New("notice: not found")

// Store keeps notices, channels, choices and deliveries. Writes happen inside action.Do.
type Store interface {
	action.Store
	// NoticesInsert stores new notices.
	NoticesInsert(ctx context.Context, notices ...Notice) error
	// NoticeTold returns which of the persons were told under key.
	NoticeTold(ctx context.Context, key string, persons []string) ([]string, error)
	// NoticesRead marks notices of a person as read and returns how many were unread; those of others are passed over.
	NoticesRead(ctx context.Context, person string, at time.Time, ids ...string) (int, error)
	// Notices returns the notices of a person, the newest first, older than before when it is not "".
	Notices(ctx context.Context, person string, unread bool, before string, limit int) ([]Notice, error)
	// NoticesUnread counts the unread notices of a person.
	NoticesUnread(ctx context.Context, person string) (int, error)
	// UnitsOfPersons returns the units at which the persons hold posts today.
	UnitsOfPersons(ctx context.Context, persons []string) ([]string, error)

	// Channels returns every channel by name.
	Channels(ctx context.Context) ([]Channel, error)
	// ChannelPut stores a new (Version 0) or changed channel.
	ChannelPut(ctx context.Context, c Channel) error
	// ChannelDelete takes a channel away; its deliveries stay.
	ChannelDelete(ctx context.Context, id string) error
	// Setting returns what is set, DefaultSetting when nothing is.
	Setting(ctx context.Context) (Setting, error)
	// SettingPut stores the setting.
	SettingPut(ctx context.Context, s Setting) error
	// Choices returns what persons chose; who never chose is not in the map.
	Choices(ctx context.Context, persons []string) (map[string]Choice, error)
	// ChoicePut stores what a person chose.
	ChoicePut(ctx context.Context, c Choice) error

	// DeliveriesInsert stores new deliveries.
	DeliveriesInsert(ctx context.Context, all ...Delivery) error
	// DeliveryChange stores how a delivery stands; the fault is action.stale when another program came first.
	DeliveryChange(ctx context.Context, d Delivery) error
	// Delivery returns one delivery, ErrNotFound when there is none.
	Delivery(ctx context.Context, id string) (Delivery, error)
	// DeliveriesKnown returns which of the keys are in use.
	DeliveriesKnown(ctx context.Context, keys []string) ([]string, error)
	// DeliveriesDue returns those that wait and whose time has come, the oldest first.
	DeliveriesDue(ctx context.Context, now time.Time, limit int) ([]Delivery, error)
	// DeliveriesStuck returns those that have been in sending since before.
	DeliveriesStuck(ctx context.Context, before time.Time, limit int) ([]Delivery, error)
	// Deliveries returns the newest deliveries, filtered, and how many there are.
	Deliveries(ctx context.Context, f DeliveryFilter) ([]Delivery, int, error)
	// DeliveryCounts counts the deliveries by state.
	DeliveryCounts(ctx context.Context) (map[State]int, error)
	// TryInsert records an attempt.
	TryInsert(ctx context.Context, t Try) error
	// Tries returns the attempts of a delivery, the oldest first.
	Tries(ctx context.Context, delivery string) ([]Try, error)
	// TriesSince counts the attempts of a channel that began at since or later.
	TriesSince(ctx context.Context, channel string, since time.Time) (int, error)
}

// DeliveryFilter says which deliveries are listed. Zero parts do not matter.
type DeliveryFilter struct {
	State  State
	Offset int
	Limit  int
}
