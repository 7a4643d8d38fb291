package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/notice"
)

type noticeChannelRow struct {
	bun.BaseModel `bun:"table:notice_channel"`
	ID            string `bun:"id,pk"`
	Name          string `bun:"name"`
	Kind          string `bun:"kind"`
	On            flag   `bun:"is_on"`
	Urgent        flag   `bun:"urgent"`
	Digest        flag   `bun:"digest"`
	Unit          string `bun:"unit"`
	Host          string `bun:"host"`
	Port          int64  `bun:"port"`
	Security      string `bun:"security"`
	From          string `bun:"sender"`
	FromName      string `bun:"sender_name"`
	Secrets       string `bun:"secrets"`
	Template      string `bun:"template"`
	Changed       int64  `bun:"changed"`
	Version       int64  `bun:"version"`
}

// channelSecrets are the parts of a channel that are stored sealed. The address of a robot holds its key.
type channelSecrets struct{ Login, Password, Address, Secret, Header string }

func (s *Store) channelOf(row noticeChannelRow) (notice.Channel, error) {
	c := notice.Channel{ID: row.ID, Name: row.Name, Kind: notice.Kind(row.Kind), On: bool(row.On), Urgent: bool(row.Urgent), Digest: bool(row.Digest),
		Unit: row.Unit, Host: row.Host, Port: int(row.Port), Security: notice.Security(row.Security), From: row.From, FromName: row.FromName,
		Template: row.Template, Changed: instant(row.Changed), Version: row.Version}
	var secrets channelSecrets
	if err := s.openJSON(row.Secrets, &secrets); err != nil {
		return c, fmt.Errorf("store: channel %s: %w", row.ID, err)
	}
	c.Login, c.Password, c.Address, c.Secret, c.Header = secrets.Login, secrets.Password, secrets.Address, secrets.Secret, secrets.Header
	return c, nil
}

// Channels returns every channel by name.
func (s *Store) Channels(ctx context.Context) ([]notice.Channel, error) {
	var rows []noticeChannelRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Order("name", "id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: channels: %w", err)
	}
	all := make([]notice.Channel, len(rows))
	for i, row := range rows {
		var err error
		if all[i], err = s.channelOf(row); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// ChannelPut stores a new or changed channel.
func (s *Store) ChannelPut(ctx context.Context, c notice.Channel) error {
	secrets, err := s.sealJSON(channelSecrets{c.Login, c.Password, c.Address, c.Secret, c.Header})
	if err != nil {
		return fmt.Errorf("store: channel: %w", err)
	}
	return putRow(ctx, s, c.Version == 0, noticeChannelRow{ID: c.ID, Name: c.Name, Kind: string(c.Kind), On: flag(c.On), Urgent: flag(c.Urgent),
		Digest: flag(c.Digest), Unit: c.Unit, Host: c.Host, Port: int64(c.Port), Security: string(c.Security), From: c.From, FromName: c.FromName,
		Secrets: secrets, Template: c.Template, Changed: milliseconds(c.Changed), Version: max(c.Version, 1)})
}

// ChannelDelete takes a channel away.
func (s *Store) ChannelDelete(ctx context.Context, id string) error {
	return deleteRows[noticeChannelRow](ctx, s, id)
}

type deliveryRow struct {
	bun.BaseModel `bun:"table:delivery"`
	ID            string `bun:"id,pk"`
	Channel       string `bun:"channel"`
	Kind          string `bun:"kind"`
	Person        string `bun:"person"`
	Notice        string `bun:"notice"`
	Key           string `bun:"delivery_key"`
	State         string `bun:"state"`
	Content       string `bun:"content"`
	MessageID     string `bun:"message_id"`
	Tries         int64  `bun:"tries"`
	Made          int64  `bun:"made"`
	Next          int64  `bun:"next_try"`
	Started       int64  `bun:"started"`
	Ended         int64  `bun:"ended"`
	Answer        string `bun:"answer"`
	Version       int64  `bun:"version"`
}

// deliveryContent are the words of a delivery and where they go, sealed: they may name people and what they answer for.
type deliveryContent struct{ To, Subject, Body string }

func (s *Store) deliveryRow(d notice.Delivery) (deliveryRow, error) {
	content, failed := s.sealJSON(deliveryContent{d.To, d.Subject, d.Body})
	answer, err := s.Keys().Seal(purposeNotice, d.Answer, s.random)
	return deliveryRow{ID: d.ID, Channel: d.Channel, Kind: d.Kind, Person: d.Person, Notice: d.Notice, Key: d.Key, State: string(d.State),
		Content: content, MessageID: d.MessageID, Tries: int64(d.Tries), Made: milliseconds(d.Made), Next: milliseconds(d.Next),
		Started: milliseconds(d.Started), Ended: milliseconds(d.Ended), Answer: answer, Version: max(d.Version, 1)}, errors.Join(failed, err)
}

func (s *Store) deliveryOf(row deliveryRow) (notice.Delivery, error) {
	d := notice.Delivery{ID: row.ID, Channel: row.Channel, Kind: row.Kind, Person: row.Person, Notice: row.Notice, Key: row.Key,
		State: notice.State(row.State), MessageID: row.MessageID, Tries: int(row.Tries), Made: instant(row.Made), Next: instant(row.Next),
		Started: instant(row.Started), Ended: instant(row.Ended), Version: row.Version}
	var content deliveryContent
	if err := s.openJSON(row.Content, &content); err != nil {
		return d, fmt.Errorf("store: delivery %s: %w", row.ID, err)
	}
	d.To, d.Subject, d.Body = content.To, content.Subject, content.Body
	var err error
	if d.Answer, err = s.Keys().Open(purposeNotice, row.Answer); err != nil {
		return d, fmt.Errorf("store: delivery %s: %w", row.ID, err)
	}
	return d, nil
}

func (s *Store) deliveriesOf(rows []deliveryRow, err error) ([]notice.Delivery, error) {
	if err != nil {
		return nil, fmt.Errorf("store: deliveries: %w", err)
	}
	all := make([]notice.Delivery, len(rows))
	for i, row := range rows {
		if all[i], err = s.deliveryOf(row); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// DeliveriesInsert stores new deliveries.
func (s *Store) DeliveriesInsert(ctx context.Context, all ...notice.Delivery) error {
	rows := make([]deliveryRow, len(all))
	for i, d := range all {
		var err error
		if rows[i], err = s.deliveryRow(d); err != nil {
			return fmt.Errorf("store: delivery: %w", err)
		}
	}
	return insertRows(ctx, s, rows...)
}

// DeliveryChange stores how a delivery stands. Its tries are kept one by one, so that no older version is.
func (s *Store) DeliveryChange(ctx context.Context, d notice.Delivery) error {
	row, err := s.deliveryRow(d)
	if err != nil {
		return fmt.Errorf("store: delivery: %w", err)
	}
	return replaceRow(ctx, s, row)
}

// Delivery returns one delivery.
func (s *Store) Delivery(ctx context.Context, id string) (notice.Delivery, error) {
	row, err := findRow[deliveryRow](ctx, s, id)
	if errors.Is(err, sql.ErrNoRows) {
		return notice.Delivery{}, notice.ErrNotFound
	}
	if err != nil {
		return notice.Delivery{}, fmt.Errorf("store: delivery: %w", err)
	}
	return s.deliveryOf(row)
}

// DeliveriesKnown returns which of the keys are in use.
func (s *Store) DeliveriesKnown(ctx context.Context, keys []string) ([]string, error) {
	var known []string
	for start := 0; start < len(keys); start += 500 {
		var some []string
		err := s.reads(ctx).NewSelect().Model((*deliveryRow)(nil)).Column("delivery_key").
			Where("delivery_key in (?)", bun.In(keys[start:min(start+500, len(keys))])).Scan(ctx, &some)
		if err != nil {
			return nil, fmt.Errorf("store: deliveries: %w", err)
		}
		known = append(known, some...)
	}
	return known, nil
}

// DeliveriesDue returns those that wait and whose time has come.
func (s *Store) DeliveriesDue(ctx context.Context, now time.Time, limit int) ([]notice.Delivery, error) {
	var rows []deliveryRow
	err := s.reads(ctx).NewSelect().Model(&rows).Where("state = ? and next_try <= ?", notice.Waiting, milliseconds(now)).
		Order("next_try", "id").Limit(int64(limit)).Scan(ctx)
	return s.deliveriesOf(rows, err)
}

// DeliveriesStuck returns those that have been in sending since before.
func (s *Store) DeliveriesStuck(ctx context.Context, before time.Time, limit int) ([]notice.Delivery, error) {
	var rows []deliveryRow
	err := s.reads(ctx).NewSelect().Model(&rows).Where("state = ? and started < ?", notice.Sending, milliseconds(before)).
		Order("id").Limit(int64(limit)).Scan(ctx)
	return s.deliveriesOf(rows, err)
}

// Deliveries returns the newest deliveries, filtered, and how many there are.
func (s *Store) Deliveries(ctx context.Context, f notice.DeliveryFilter) ([]notice.Delivery, int, error) {
	var rows []deliveryRow
	query := s.reads(ctx).NewSelect().Model(&rows)
	if f.State != "" {
		query = query.Where("state = ?", string(f.State))
	}
	count, err := query.Order("id desc").Offset(int64(f.Offset)).Limit(int64(f.Limit)).ScanAndCount(ctx)
	all, err := s.deliveriesOf(rows, err)
	return all, int(count), err
}

// DeliveryCounts counts the deliveries by state.
func (s *Store) DeliveryCounts(ctx context.Context) (map[notice.State]int, error) {
	var rows []struct {
		State string `bun:"state"`
		Count int    `bun:"count"`
	}
	err := s.reads(ctx).NewRaw(`select state, count(*) as count from delivery group by state`).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("store: deliveries: %w", err)
	}
	counts := map[notice.State]int{}
	for _, row := range rows {
		counts[notice.State(row.State)] = row.Count
	}
	return counts, nil
}

type deliveryTryRow struct {
	bun.BaseModel `bun:"table:delivery_try"`
	ID            string `bun:"id,pk"`
	Delivery      string `bun:"delivery"`
	Channel       string `bun:"channel"`
	Number        int64  `bun:"number"`
	Started       int64  `bun:"started"`
	Ended         int64  `bun:"ended"`
	State         string `bun:"state"`
	Answer        string `bun:"answer"`
}

// TryInsert records an attempt.
func (s *Store) TryInsert(ctx context.Context, t notice.Try) error {
	answer, err := s.Keys().Seal(purposeNotice, t.Answer, s.random)
	if err != nil {
		return fmt.Errorf("store: try: %w", err)
	}
	return insertRows(ctx, s, deliveryTryRow{ID: t.ID, Delivery: t.Delivery, Channel: t.Channel, Number: int64(t.Number),
		Started: milliseconds(t.Started), Ended: milliseconds(t.Ended), State: string(t.State), Answer: answer})
}

// Tries returns the attempts of a delivery, the oldest first.
func (s *Store) Tries(ctx context.Context, delivery string) ([]notice.Try, error) {
	var rows []deliveryTryRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Where("delivery = ?", delivery).Order("id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: tries: %w", err)
	}
	all := make([]notice.Try, len(rows))
	for i, row := range rows {
		answer, err := s.Keys().Open(purposeNotice, row.Answer)
		if err != nil {
			return nil, fmt.Errorf("store: try %s: %w", row.ID, err)
		}
		all[i] = notice.Try{ID: row.ID, Delivery: row.Delivery, Channel: row.Channel, Number: int(row.Number), Started: instant(row.Started),
			Ended: instant(row.Ended), State: notice.State(row.State), Answer: answer}
	}
	return all, nil
}

// TriesSince counts the attempts of a channel that began at since or later.
func (s *Store) TriesSince(ctx context.Context, channel string, since time.Time) (int, error) {
	count, err := s.reads(ctx).NewSelect().Model((*deliveryTryRow)(nil)).Where("channel = ? and started >= ?", channel, milliseconds(since)).Count(ctx)
	return int(count), err
}
