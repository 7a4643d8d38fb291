package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/notice"
)

var _ notice.Store = (*Store)(nil)

// purposeNotice is the key of what notices say, of the addresses of people and of the secrets of channels.
const purposeNotice = "notice"

type noticeRow struct {
	bun.BaseModel `bun:"table:notice"`
	ID            string `bun:"id,pk"`
	Person        string `bun:"person"`
	Kind          string `bun:"kind"`
	Args          string `bun:"args"`
	Register      string `bun:"register"`
	Row           string `bun:"row_ref"`
	Urgent        flag   `bun:"urgent"`
	Key           string `bun:"told_key"`
	Made          int64  `bun:"made"`
	Read          int64  `bun:"read_at"`
	Version       int64  `bun:"version"`
}

// sealJSON writes value as sealed JSON.
func (s *Store) sealJSON(value any) (string, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return "", err
	}
	return s.Keys().Seal(purposeNotice, string(text), s.random)
}

// openJSON reads what sealJSON wrote.
func (s *Store) openJSON(sealed string, value any) error {
	text, err := s.Keys().Open(purposeNotice, sealed)
	if err != nil || text == "" {
		return err
	}
	return json.Unmarshal([]byte(text), value)
}

// milliseconds is an instant as it is stored; the zero time is 0.
func milliseconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// instant reads what milliseconds wrote.
func instant(stored int64) time.Time {
	if stored == 0 {
		return time.Time{}
	}
	return time.UnixMilli(stored).UTC()
}

func (s *Store) noticeOf(row noticeRow) (notice.Notice, error) {
	n := notice.Notice{ID: row.ID, Person: row.Person, Kind: row.Kind, Args: map[string]message.Pair{}, Register: row.Register, Row: row.Row,
		Urgent: bool(row.Urgent), Key: row.Key, Made: instant(row.Made), Read: instant(row.Read), Version: row.Version}
	if err := s.openJSON(row.Args, &n.Args); err != nil {
		return n, fmt.Errorf("store: notice %s: %w", row.ID, err)
	}
	return n, nil
}

// NoticesInsert stores new notices.
func (s *Store) NoticesInsert(ctx context.Context, notices ...notice.Notice) error {
	rows := make([]noticeRow, len(notices))
	for i, n := range notices {
		args, err := s.sealJSON(n.Args)
		if err != nil {
			return fmt.Errorf("store: notice: %w", err)
		}
		rows[i] = noticeRow{ID: n.ID, Person: n.Person, Kind: n.Kind, Args: args, Register: n.Register, Row: n.Row, Urgent: flag(n.Urgent),
			Key: n.Key, Made: milliseconds(n.Made), Read: milliseconds(n.Read), Version: max(n.Version, 1)}
	}
	return insertRows(ctx, s, rows...)
}

// NoticeTold returns which of the persons were told under key.
func (s *Store) NoticeTold(ctx context.Context, key string, persons []string) ([]string, error) {
	var told []string
	for start := 0; start < len(persons); start += 500 {
		var some []string
		err := s.reads(ctx).NewSelect().Model((*noticeRow)(nil)).ColumnExpr("distinct person").Where("told_key = ?", key).
			Where("person in (?)", bun.In(persons[start:min(start+500, len(persons))])).Scan(ctx, &some)
		if err != nil {
			return nil, fmt.Errorf("store: notices told: %w", err)
		}
		told = append(told, some...)
	}
	return told, nil
}

// NoticesRead marks notices of a person as read.
func (s *Store) NoticesRead(ctx context.Context, person string, at time.Time, ids ...string) (int, error) {
	var rows []noticeRow
	if len(ids) == 0 {
		return 0, nil
	}
	err := s.reads(ctx).NewSelect().Model(&rows).Where("id in (?)", bun.In(ids)).Where("person = ? and read_at = 0", person).Order("id").Scan(ctx)
	if err != nil {
		return 0, fmt.Errorf("store: notices: %w", err)
	}
	for _, row := range rows {
		row.Read = milliseconds(at)
		if err := replaceRow(ctx, s, row); err != nil {
			return 0, err
		}
	}
	return len(rows), nil
}

// Notices returns the notices of a person, the newest first.
func (s *Store) Notices(ctx context.Context, person string, unread bool, before string, limit int) ([]notice.Notice, error) {
	var rows []noticeRow
	query := s.reads(ctx).NewSelect().Model(&rows).Where("person = ?", person).Order("id desc").Limit(int64(limit))
	if unread {
		query = query.Where("read_at = 0")
	}
	if before != "" {
		query = query.Where("id < ?", before)
	}
	if err := query.Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: notices: %w", err)
	}
	all := make([]notice.Notice, len(rows))
	for i, row := range rows {
		var err error
		if all[i], err = s.noticeOf(row); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// NoticesUnread counts the unread notices of a person.
func (s *Store) NoticesUnread(ctx context.Context, person string) (int, error) {
	count, err := s.reads(ctx).NewSelect().Model((*noticeRow)(nil)).Where("person = ? and read_at = 0", person).Count(ctx)
	return int(count), err
}

// UnitsOfPersons returns the units at which the persons hold posts today.
func (s *Store) UnitsOfPersons(ctx context.Context, persons []string) ([]string, error) {
	var units []string
	day := s.Today().String()
	for start := 0; start < len(persons); start += 500 {
		var some []string
		err := s.reads(ctx).NewSelect().Model((*postRow)(nil)).ColumnExpr("distinct unit").
			Where("person in (?)", bun.In(persons[start:min(start+500, len(persons))])).
			Where("day_from <= ? and (day_to = '' or day_to >= ?)", day, day).Scan(ctx, &some)
		if err != nil {
			return nil, fmt.Errorf("store: units of persons: %w", err)
		}
		units = append(units, some...)
	}
	return units, nil
}

type noticeChoiceRow struct {
	bun.BaseModel `bun:"table:notice_choice"`
	ID            string `bun:"id,pk"` // of the person
	Mail          flag   `bun:"mail"`
	Address       string `bun:"address"`
	Digest        flag   `bun:"digest"`
	Urgent        flag   `bun:"urgent"`
	Version       int64  `bun:"version"`
}

// Choices returns what persons chose.
func (s *Store) Choices(ctx context.Context, persons []string) (map[string]notice.Choice, error) {
	chosen := map[string]notice.Choice{}
	for start := 0; start < len(persons); start += 500 {
		var rows []noticeChoiceRow
		err := s.reads(ctx).NewSelect().Model(&rows).Where("id in (?)", bun.In(persons[start:min(start+500, len(persons))])).Scan(ctx)
		if err != nil {
			return nil, fmt.Errorf("store: choices: %w", err)
		}
		for _, row := range rows {
			address, err := s.Keys().Open(purposeNotice, row.Address)
			if err != nil {
				return nil, fmt.Errorf("store: choice of %s: %w", row.ID, err)
			}
			chosen[row.ID] = notice.Choice{Person: row.ID, Mail: bool(row.Mail), Address: address, Digest: bool(row.Digest), Urgent: bool(row.Urgent),
				Version: row.Version}
		}
	}
	return chosen, nil
}

// ChoicePut stores what a person chose.
func (s *Store) ChoicePut(ctx context.Context, c notice.Choice) error {
	address, err := s.Keys().Seal(purposeNotice, c.Address, s.random)
	if err != nil {
		return fmt.Errorf("store: choice: %w", err)
	}
	row := noticeChoiceRow{ID: c.Person, Mail: flag(c.Mail), Address: address, Digest: flag(c.Digest), Urgent: flag(c.Urgent), Version: max(c.Version, 1)}
	return putRow(ctx, s, c.Version == 0, row)
}

// putRow inserts a row that was never stored and changes another; who comes second with a first row is stale.
func putRow[T any](ctx context.Context, s *Store, first bool, row T) error {
	if !first {
		return updateRow(ctx, s, row)
	}
	err := insertRows(ctx, s, row)
	if err != nil && brokenConstraint(err) != "" {
		return errors.Join(fault.List{fault.New("action.stale", nil)}.Err(), err)
	}
	return err
}

// noticeSettingID is the one row of the settings.
const noticeSettingID = "setting"

type noticeSettingRow struct {
	bun.BaseModel `bun:"table:notice_setting"`
	ID            string `bun:"id,pk"`
	Hour          int64  `bun:"hour"`
	Workdays      flag   `bun:"workdays"`
	Site          string `bun:"site"`
	LocalNetwork  flag   `bun:"local_network"`
	Version       int64  `bun:"version"`
}

// Setting returns what is set for all notices.
func (s *Store) Setting(ctx context.Context) (notice.Setting, error) {
	var rows []noticeSettingRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Where("id = ?", noticeSettingID).Scan(ctx); err != nil {
		return notice.Setting{}, fmt.Errorf("store: setting of notices: %w", err)
	}
	if len(rows) == 0 {
		return notice.DefaultSetting(), nil
	}
	r := rows[0]
	return notice.Setting{Hour: int(r.Hour), Workdays: bool(r.Workdays), Site: r.Site, LocalNetwork: bool(r.LocalNetwork), Version: r.Version}, nil
}

// SettingPut stores the setting.
func (s *Store) SettingPut(ctx context.Context, set notice.Setting) error {
	row := noticeSettingRow{ID: noticeSettingID, Hour: int64(set.Hour), Workdays: flag(set.Workdays), Site: set.Site,
		LocalNetwork: flag(set.LocalNetwork), Version: max(set.Version, 1)}
	return putRow(ctx, s, set.Version == 0, row)
}
