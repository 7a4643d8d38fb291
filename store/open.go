package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/secret"
)

// databaseFile is the embedded database in the data folder.
const databaseFile = "jiaoheng.sqlite"

// Options says where the data stands. Zero parts take the values named.
type Options struct {
	DataDir     string           // folder of the data; made when it is not there
	DatabaseURL string           // postgres://…; "" is the SQLite file in DataDir
	KeyFile     string           // master key: a path, or its 64 digits; "" looks at JIAOHENG_KEY, then in the user's configuration folder
	Clock       func() time.Time // time.Now
	Random      io.Reader        // crypto/rand
}

// Store is the open database with its keys.
type Store struct {
	writer  *bun.DB
	readers *bun.DB
	dataDir string
	clock   func() time.Time
	random  io.Reader
	master  secret.Master
	keys    *keyrings
}

// Open opens the data folder: it makes what is missing, brings the schema up to date and opens the keys. The caller closes it.
func Open(ctx context.Context, options Options) (*Store, error) {
	if options.Clock == nil {
		options.Clock = time.Now
	}
	if options.Random == nil {
		options.Random = rand.Reader
	}
	if err := os.MkdirAll(options.DataDir, 0o700); err != nil {
		return nil, fmt.Errorf("store: data folder: %w", err)
	}
	s := &Store{dataDir: options.DataDir, clock: options.Clock, random: options.Random, keys: &keyrings{}}
	var err error
	if options.DatabaseURL == "" {
		s.writer, s.readers, err = openSQLite(filepath.Join(options.DataDir, databaseFile))
	} else {
		s.writer, err = openPostgres(options.DatabaseURL)
		s.readers = s.writer
	}
	if err != nil {
		return nil, err
	}
	err = s.alone(ctx, func() error { return s.start(ctx, options.KeyFile) })
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) start(ctx context.Context, keyFile string) error {
	if err := s.migrate(ctx); err != nil {
		return fmt.Errorf("store: migrate: %w", err)
	}
	return s.bootstrap(ctx, keyFile)
}

// Close ends every connection. Running transactions are rolled back.
func (s *Store) Close() error {
	err := s.writer.Close()
	if s.readers != s.writer {
		err = errors.Join(err, s.readers.Close())
	}
	return err
}

// Now returns the time of the store's clock.
func (s *Store) Now() time.Time { return s.clock() }

// DataDir returns the folder of the data.
func (s *Store) DataDir() string { return s.dataDir }

// Exists tells whether dataDir holds the embedded database.
func Exists(dataDir string) bool {
	_, err := os.Stat(filepath.Join(dataDir, databaseFile))
	return err == nil
}
