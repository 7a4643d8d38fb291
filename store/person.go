package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"jiaoheng/person"
)

// Purposes of the keys for persons. The account and the person share them: both hold names.
const (
	purposePerson      = "person"
	purposePersonIndex = "person-index"
)

var _ person.Store = (*Store)(nil)

type personRow struct {
	bun.BaseModel `bun:"table:person"`
	ID            string `bun:"id,pk"`
	Name          string `bun:"name"`
	NameIndex     string `bun:"name_index"`
	Phone         string `bun:"phone"`
	PhoneIndex    string `bun:"phone_index"`
	Identity      string `bun:"identity"`
	IdentityIndex string `bun:"identity_index"`
	Version       int64  `bun:"version"`
}

// index returns the blind index of a personal value; field keeps equal values of different columns apart.
func (s *Store) index(field, value string) string {
	if value == "" {
		return ""
	}
	return s.Keys().Index(purposePersonIndex, field+":"+value)
}

func (s *Store) personRow(p person.Person) (personRow, error) {
	row := personRow{ID: p.ID, NameIndex: s.index("name", p.Name), PhoneIndex: s.index("phone", p.Phone),
		IdentityIndex: s.index("identity", p.Identity), Version: max(p.Version, 1)}
	var failed [3]error
	row.Name, failed[0] = s.Keys().Seal(purposePerson, p.Name, s.random)
	row.Phone, failed[1] = s.Keys().Seal(purposePerson, p.Phone, s.random)
	row.Identity, failed[2] = s.Keys().Seal(purposePerson, p.Identity, s.random)
	return row, errors.Join(failed[:]...)
}

func (s *Store) person(row personRow) (person.Person, error) {
	p := person.Person{ID: row.ID, Version: row.Version}
	var failed [3]error
	p.Name, failed[0] = s.Keys().Open(purposePerson, row.Name)
	p.Phone, failed[1] = s.Keys().Open(purposePerson, row.Phone)
	p.Identity, failed[2] = s.Keys().Open(purposePerson, row.Identity)
	if err := errors.Join(failed[:]...); err != nil {
		return p, fmt.Errorf("store: person %s: %w", row.ID, err)
	}
	return p, nil
}

func (s *Store) persons(rows []personRow, err error) ([]person.Person, error) {
	if err != nil {
		return nil, fmt.Errorf("store: persons: %w", err)
	}
	list := make([]person.Person, len(rows))
	for i, row := range rows {
		if list[i], err = s.person(row); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// absent turns the absence of a row into the error of package person.
func absent(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return person.ErrNotFound
	}
	return err
}

// InsertPersons stores new persons.
func (s *Store) InsertPersons(ctx context.Context, persons ...person.Person) error {
	rows := make([]personRow, len(persons))
	for i, p := range persons {
		var err error
		if rows[i], err = s.personRow(p); err != nil {
			return err
		}
	}
	return insertRows(ctx, s, rows...)
}

// UpdatePerson stores a changed person and keeps the older version.
func (s *Store) UpdatePerson(ctx context.Context, p person.Person) error {
	row, err := s.personRow(p)
	if err != nil {
		return err
	}
	return updateRow(ctx, s, row)
}

// Person returns a person by id.
func (s *Store) Person(ctx context.Context, id string) (person.Person, error) {
	row, err := findRow[personRow](ctx, s, id)
	if err != nil {
		return person.Person{}, absent(err)
	}
	return s.person(row)
}

// PersonsByName returns the persons with exactly this name.
func (s *Store) PersonsByName(ctx context.Context, name string) ([]person.Person, error) {
	var rows []personRow
	err := s.reads(ctx).NewSelect().Model(&rows).Where("name_index = ?", s.index("name", name)).Order("id").
		Limit(person.MaxPageOfLists).Scan(ctx)
	return s.persons(rows, err)
}

// Persons returns a page of persons by id.
func (s *Store) Persons(ctx context.Context, after string, limit int) ([]person.Person, error) {
	var rows []personRow
	err := s.reads(ctx).NewSelect().Model(&rows).Where("id > ?", after).Order("id").Limit(int64(min(limit, person.MaxPageOfLists))).Scan(ctx)
	return s.persons(rows, err)
}
