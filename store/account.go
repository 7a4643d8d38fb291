package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"jiaoheng/fault"
	"jiaoheng/person"
)

type accountRow struct {
	bun.BaseModel `bun:"table:account"`
	ID            string `bun:"id,pk"`
	Person        string `bun:"person"`
	Login         string `bun:"login"`
	LoginIndex    string `bun:"login_index"`
	Password      string `bun:"password"`
	Present       string `bun:"present"`
	Disabled      flag   `bun:"disabled"`
	Generation    int64  `bun:"generation"`
	Version       int64  `bun:"version"`
}

// accountRow seals the hash of the password too: without the key nobody can try passwords on a copy.
func (s *Store) accountRow(a person.Account) (accountRow, error) {
	row := accountRow{ID: a.ID, Person: a.Person, LoginIndex: s.index("login", a.Login), Present: a.Present, Disabled: flag(a.Disabled),
		Generation: a.Generation, Version: max(a.Version, 1)}
	var failed [2]error
	row.Login, failed[0] = s.Keys().Seal(purposePerson, a.Login, s.random)
	row.Password, failed[1] = s.Keys().Seal(purposePerson, a.Password, s.random)
	return row, errors.Join(failed[:]...)
}

func (s *Store) account(row accountRow) (person.Account, error) {
	a := person.Account{ID: row.ID, Person: row.Person, Present: row.Present, Disabled: bool(row.Disabled), Generation: row.Generation,
		Version: row.Version}
	var failed [2]error
	a.Login, failed[0] = s.Keys().Open(purposePerson, row.Login)
	a.Password, failed[1] = s.Keys().Open(purposePerson, row.Password)
	if err := errors.Join(failed[:]...); err != nil {
		return a, fmt.Errorf("store: account %s: %w", row.ID, err)
	}
	return a, nil
}

// InsertAccounts stores new accounts. The fault person.login_taken tells that a name is in use.
func (s *Store) InsertAccounts(ctx context.Context, accounts ...person.Account) error {
	rows := make([]accountRow, len(accounts))
	for i, a := range accounts {
		var err error
		if rows[i], err = s.accountRow(a); err != nil {
			return err
		}
	}
	err := insertRows(ctx, s, rows...)
	if err != nil && brokenConstraint(err) != "" {
		return fault.At(fault.Place{Column: person.FieldLogin}, "person.login_taken", nil)
	}
	return err
}

// UpdateAccount stores a changed account and keeps the older version.
func (s *Store) UpdateAccount(ctx context.Context, a person.Account) error {
	row, err := s.accountRow(a)
	if err != nil {
		return err
	}
	return updateRow(ctx, s, row)
}

// Account returns an account by id.
func (s *Store) Account(ctx context.Context, id string) (person.Account, error) {
	row, err := findRow[accountRow](ctx, s, id)
	if err != nil {
		return person.Account{}, absent(err)
	}
	return s.account(row)
}

// AccountByLogin returns the account with the sign-in name, compared folded (width, capitals).
func (s *Store) AccountByLogin(ctx context.Context, login string) (person.Account, error) {
	var row accountRow
	err := s.reads(ctx).NewSelect().Model(&row).Where("login_index = ?", s.index("login", login)).Scan(ctx)
	if err != nil {
		return person.Account{}, absent(err)
	}
	return s.account(row)
}

// AccountsOf returns the accounts of a person.
func (s *Store) AccountsOf(ctx context.Context, personID string) ([]person.Account, error) {
	var rows []accountRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Where("person = ?", personID).Order("id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: accounts: %w", err)
	}
	list := make([]person.Account, len(rows))
	for i, row := range rows {
		var err error
		if list[i], err = s.account(row); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// HasAccounts tells whether there is any account.
func (s *Store) HasAccounts(ctx context.Context) (bool, error) {
	return s.reads(ctx).NewSelect().Model((*accountRow)(nil)).Limit(1).Exists(ctx)
}
