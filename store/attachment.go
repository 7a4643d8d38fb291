package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/attachment"
	"jiaoheng/audit"
)

var _ attachment.Store = (*Store)(nil)

const (
	attachmentTable   = "attachment"
	attachmentFolder  = "attachments"
	purposeAttachment = "attachment"
)

// orphansRest is how long bytes without a row stay: an action that is still running may be about to name them.
const orphansRest = 24 * time.Hour

type attachmentRow struct {
	bun.BaseModel `bun:"table:attachment"`
	ID            string `bun:"id,pk"`
	OwnerTable    string `bun:"owner_table"`
	OwnerRow      string `bun:"owner_row"`
	Unit          string `bun:"unit"`
	Name          string `bun:"name"`
	Kind          string `bun:"kind"`
	Size          int64  `bun:"size"`
	Digest        string `bun:"digest"`
	Personal      flag   `bun:"personal"`
	Person        string `bun:"person"`
	Created       int64  `bun:"created"`
	Version       int64  `bun:"version"`
}

func (s *Store) attachment(row attachmentRow) (attachment.Attachment, error) {
	name, err := s.Keys().Open(purposeAttachment, row.Name)
	if err != nil {
		return attachment.Attachment{}, fmt.Errorf("store: attachment %s: %w", row.ID, err)
	}
	return attachment.Attachment{ID: row.ID, Owner: attachment.Owner{Table: row.OwnerTable, Row: row.OwnerRow}, Unit: row.Unit, Name: name,
		Kind: attachment.Kind(row.Kind), Size: row.Size, Digest: row.Digest, Personal: bool(row.Personal), Person: row.Person,
		Created: row.Created, Version: row.Version}, nil
}

// attachmentFile is where bytes with a digest lie.
func (s *Store) attachmentFile(digest string) string {
	if len(digest) < 2 {
		digest = "none"
	}
	return filepath.Join(s.dataDir, attachmentFolder, digest[:2], filepath.Base(digest))
}

// PutAttachment keeps the bytes first and the row after them, so that a row never names bytes that are not there.
func (s *Store) PutAttachment(ctx context.Context, a attachment.Attachment, data []byte) (attachment.Attachment, error) {
	if err := s.fileOfSigned(ctx, a.Owner); err != nil {
		return a, err
	}
	kept := data
	if a.Personal {
		sealed, err := s.Keys().SealBytes(purposeAttachment, data, s.random)
		if err != nil {
			return a, err
		}
		kept = sealed
	}
	sum := sha256.Sum256(kept)
	a.Digest, a.Version = hex.EncodeToString(sum[:]), 1
	if err := keepFile(s.attachmentFile(a.Digest), kept, s.clock()); err != nil {
		return a, fmt.Errorf("store: attachment: %w", err)
	}
	name, err := s.Keys().Seal(purposeAttachment, a.Name, s.random)
	if err != nil {
		return a, err
	}
	return a, insertRows(ctx, s, attachmentRow{ID: a.ID, OwnerTable: a.Owner.Table, OwnerRow: a.Owner.Row, Unit: a.Unit, Name: name,
		Kind: string(a.Kind), Size: a.Size, Digest: a.Digest, Personal: flag(a.Personal), Person: a.Person, Created: a.Created, Version: 1})
}

// keepFile writes data under name whole or not at all, and on the disk before it returns. Bytes that are there already stay; their
// time is renewed, so that they do not pass for orphans.
func keepFile(name string, data []byte, now time.Time) error {
	if there, err := os.ReadFile(name); err == nil && sha256.Sum256(there) == sha256.Sum256(data) {
		return os.Chtimes(name, now, now)
	}
	folder := filepath.Dir(name)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(folder, ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	_, err = file.Write(data)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(file.Name(), name); err != nil {
		return err
	}
	return errors.Join(os.Chtimes(name, now, now), syncFolder(folder), syncFolder(filepath.Dir(folder)))
}

// syncFolder makes a rename survive a power cut.
func syncFolder(name string) error {
	folder, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// DeleteAttachment takes the row away; the bytes go with the next sweep.
func (s *Store) DeleteAttachment(ctx context.Context, id string) error {
	row, err := findRow[attachmentRow](ctx, s, id)
	if err == nil {
		err = s.fileOfSigned(ctx, attachment.Owner{Table: row.OwnerTable, Row: row.OwnerRow})
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	return deleteRows[attachmentRow](ctx, s, id)
}

// Attachment returns what is kept about a file.
func (s *Store) Attachment(ctx context.Context, id string) (attachment.Attachment, error) {
	row, err := findRow[attachmentRow](ctx, s, id)
	if errors.Is(err, sql.ErrNoRows) {
		return attachment.Attachment{}, attachment.ErrNotFound
	}
	if err != nil {
		return attachment.Attachment{}, err
	}
	return s.attachment(row)
}

// AttachmentsOf returns the attachments of a row, the oldest first.
func (s *Store) AttachmentsOf(ctx context.Context, owner attachment.Owner) ([]attachment.Attachment, error) {
	var rows []attachmentRow
	err := s.reads(ctx).NewSelect().Model(&rows).Where("owner_table = ? and owner_row = ?", owner.Table, owner.Row).Order("id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("store: attachments: %w", err)
	}
	list := make([]attachment.Attachment, len(rows))
	for i, row := range rows {
		if list[i], err = s.attachment(row); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// AttachmentCounts returns how many attachments each row of a table has; rows without any are not there.
func (s *Store) AttachmentCounts(ctx context.Context, table string) (map[string]int, error) {
	var rows []struct {
		OwnerRow string
		Count    int
	}
	err := s.reads(ctx).NewRaw(`select owner_row, count(*) as count from attachment where owner_table = ? group by owner_row`, table).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("store: attachments: %w", err)
	}
	counts := make(map[string]int, len(rows))
	for _, row := range rows {
		counts[row.OwnerRow] = row.Count
	}
	return counts, nil
}

// AttachmentData returns the bytes of an attachment after comparing them with their digest.
func (s *Store) AttachmentData(ctx context.Context, id string) ([]byte, error) {
	a, err := s.Attachment(ctx, id)
	if err != nil {
		return nil, err
	}
	kept, err := os.ReadFile(s.attachmentFile(a.Digest))
	if err != nil {
		return nil, fmt.Errorf("store: attachment %s: %w", id, err)
	}
	if sum := sha256.Sum256(kept); hex.EncodeToString(sum[:]) != a.Digest {
		return nil, fmt.Errorf("store: the bytes of attachment %s were altered", id)
	}
	if !a.Personal {
		return kept, nil
	}
	return s.Keys().OpenBytes(purposeAttachment, kept)
}

// SweepAttachments takes bytes away that no row has named for a day: of actions that failed and rows that are gone.
func (s *Store) SweepAttachments(ctx context.Context) (swept int, err error) {
	err = filepath.WalkDir(filepath.Join(s.dataDir, attachmentFolder), func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || entry.IsDir() {
			return err
		}
		about, err := entry.Info()
		if err != nil || s.clock().Sub(about.ModTime()) < orphansRest {
			return err
		}
		named, err := s.readers.NewSelect().Model((*attachmentRow)(nil)).Where("digest = ?", entry.Name()).Exists(ctx)
		if err != nil || named {
			return err
		}
		swept++
		return os.Remove(name)
	})
	return swept, err
}

// attachmentFindings compares the bytes of every attachment with the digest in its row.
func (v verifyReader) attachmentFindings(ctx context.Context) ([]audit.Finding, error) {
	var rows []attachmentRow
	if err := v.db.NewSelect().Model(&rows).Column("id", "digest").Order("id").Scan(ctx); err != nil {
		return nil, err
	}
	var findings []audit.Finding
	for _, row := range rows {
		kept, err := os.ReadFile(v.store.attachmentFile(row.Digest))
		switch sum := sha256.Sum256(kept); {
		case errors.Is(err, fs.ErrNotExist):
			findings = append(findings, audit.Finding{Table: attachmentTable, Row: row.ID, Kind: audit.Missing})
		case err != nil:
			return nil, err
		case hex.EncodeToString(sum[:]) != row.Digest:
			findings = append(findings, audit.Finding{Table: attachmentTable, Row: row.ID, Kind: audit.Altered})
		}
	}
	return findings, nil
}
