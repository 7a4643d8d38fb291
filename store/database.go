package store

import (
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	_ "modernc.org/sqlite" // the driver

	"jiaoheng/fault"
)

// Sizes of the pools: readers of SQLite wait on the disk, not on each other; PostgreSQL allows 100 connections by default.
const (
	sqliteReaders       = 8
	postgresConnections = 20
)

// sqliteAddress names file with the settings of every connection. FULL makes a commit wait for the disk: acknowledged means stored.
func sqliteAddress(file string, more url.Values) (string, error) {
	absolute, err := filepath.Abs(file)
	if err != nil {
		return "", fmt.Errorf("store: %w", err)
	}
	settings := url.Values{"_pragma": {"busy_timeout(15000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)"}}
	for name, values := range more {
		settings[name] = append(settings[name], values...)
	}
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(absolute), OmitHost: true, RawQuery: settings.Encode()}
	return address.String(), nil
}

func openSQLite(file string) (writer, readers *bun.DB, err error) {
	address, err := sqliteAddress(file, url.Values{"_txlock": {"immediate"}})
	if err != nil {
		return nil, nil, err
	}
	write, err := sql.Open("sqlite", address)
	if err != nil {
		return nil, nil, fmt.Errorf("store: %w", err)
	}
	write.SetMaxOpenConns(1)
	if err := write.Ping(); err != nil {
		return nil, nil, fmt.Errorf("store: %s: %w", file, err)
	}
	if address, err = sqliteAddress(file, url.Values{"_pragma": {"query_only(1)"}}); err != nil {
		return nil, nil, err
	}
	read, err := sql.Open("sqlite", address)
	if err != nil {
		return nil, nil, fmt.Errorf("store: %w", err)
	}
	read.SetMaxOpenConns(sqliteReaders)
	read.SetMaxIdleConns(sqliteReaders)
	return bun.NewDB(write, sqlitedialect.New()), bun.NewDB(read, sqlitedialect.New()), nil
}

func openPostgres(address string) (*bun.DB, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, fault.New("store.address", nil)
	}
	// bun writes the values into the text itself, so a prepared statement would serve once only.
	config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(postgresConnections)
	db.SetMaxIdleConns(postgresConnections)
	if err := db.Ping(); err != nil {
		return nil, fmt.Errorf("store: PostgreSQL: %w", err)
	}
	return bun.NewDB(db, pgdialect.New()), nil
}

func (s *Store) onPostgres() bool { return s.writer.Dialect().Name() == dialect.PG }

// DatabaseName names the database for the operator.
func (s *Store) DatabaseName() string {
	if s.onPostgres() {
		return "PostgreSQL"
	}
	return "SQLite"
}
