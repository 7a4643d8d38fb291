package attachment

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Limits of what is taken in.
const (
	MaxBytes   = 20 << 20
	MaxPixels  = 50_000_000
	MaxSide    = 1600 // pixels of the longer side after shrinking
	MaxParts   = 5000
	MaxName    = 100 // characters
	MaxOfOwner = 200 // attachments of one row
)

// Owner is the row that an attachment belongs to.
type Owner struct {
	Table, Row string
}

// Attachment is what is kept about a file.
type Attachment struct {
	ID       string
	Owner    Owner
	Unit     string
	Name     string
	Kind     Kind
	Size     int64  // bytes as the person gets them
	Digest   string // SHA-256 of the bytes as they are kept
	Personal bool
	Person   string // who added it
	Created  int64  // milliseconds since 1970
	Version  int64
}

// ErrNotFound tells that there is no such attachment.
var ErrNotFound = errors.New("attachment: not found")

// Store keeps attachments.
type Store interface {
	action.Store
	// PutAttachment keeps data and stores the row with its digest, inside an action.
	PutAttachment(ctx context.Context, a Attachment, data []byte) (Attachment, error)
	// DeleteAttachment takes the row away, inside an action.
	DeleteAttachment(ctx context.Context, id string) error
	Attachment(ctx context.Context, id string) (Attachment, error)
	AttachmentsOf(ctx context.Context, owner Owner) ([]Attachment, error)
	// AttachmentData returns the bytes; an error when they are not those that were kept.
	AttachmentData(ctx context.Context, id string) ([]byte, error)
}

// Read reads at most MaxBytes; the fault attachment.too_large names the limit.
func Read(from io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(from, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("attachment: %w", err)
	}
	if len(data) > MaxBytes {
		return nil, fault.New("attachment.too_large", message.Args{"limit": MaxBytes >> 20})
	}
	return data, nil
}

// Prepared is a file as it will be kept.
type Prepared struct {
	Name string
	Kind Kind
	Data []byte
}

// Preparer prepares files, a few at a time: each photo holds up to 200 MB while it is shrunk.
type Preparer struct{ slots chan struct{} }

// NewPreparer returns a preparer that works on at most atOnce files at the same time.
func NewPreparer(atOnce int) *Preparer { return &Preparer{slots: make(chan struct{}, atOnce)} }

// Prepare finds the type of data and makes of it what will be kept. It waits for its turn until ctx ends.
func (p *Preparer) Prepare(ctx context.Context, name string, data []byte) (Prepared, error) {
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return Prepared{}, ctx.Err()
	}
	if len(data) > MaxBytes {
		return Prepared{}, fault.New("attachment.too_large", message.Args{"limit": MaxBytes >> 20})
	}
	kind, err := KindOf(data)
	if err != nil {
		return Prepared{}, err
	}
	if kind.IsPhoto() {
		if kind, data, err = shrink(kind, data); err != nil {
			return Prepared{}, err
		}
	}
	return Prepared{Name: CleanName(name, kind), Kind: kind, Data: data}, nil
}

// CleanName returns name without folders and invisible characters, at most MaxName characters long, ending as its kind does.
func CleanName(name string, kind Kind) string {
	name = strings.ToValidUTF8(name, "")
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || strings.ContainsRune(`/:*?"<>|`, r) {
			return -1
		}
		return r
	}, name)
	stem := strings.TrimSuffix(name, path.Ext(name))
	if stem = strings.Trim(stem, " ."); stem == "" {
		stem = "file"
	}
	if limit := MaxName - len(kind) - 1; utf8.RuneCountInString(stem) > limit {
		stem = string([]rune(stem)[:limit])
	}
	return stem + "." + string(kind)
}

// Put stores a prepared file inside an action that is running, so that row and attachment stand or fall together.
func (p Prepared) Put(ctx context.Context, store Store, tx action.Tx, actor action.Actor, owner Owner, unitCode string, personal bool) (Attachment, error) {
	others, err := store.AttachmentsOf(ctx, owner)
	if err != nil {
		return Attachment{}, err
	}
	if len(others) >= MaxOfOwner {
		return Attachment{}, fault.New("attachment.too_many", message.Args{"limit": MaxOfOwner})
	}
	return store.PutAttachment(ctx, Attachment{ID: tx.NewID(), Owner: owner, Unit: unitCode, Name: p.Name, Kind: p.Kind, Size: int64(len(p.Data)),
		Personal: personal, Person: actor.Post.Person, Created: tx.Now().UnixMilli()}, p.Data)
}

// Add stores a prepared file in an action of its own.
func Add(ctx context.Context, store Store, actor action.Actor, thing access.Thing, owner Owner, p Prepared, personal bool) (Attachment, error) {
	var added Attachment
	err := action.Do(ctx, store, actor, action.Write{Name: "attachment.action.add", Thing: thing, Do: func(ctx context.Context, tx action.Tx) (err error) {
		added, err = p.Put(ctx, store, tx, actor, owner, thing.Unit.Code, personal)
		return err
	}})
	return added, err
}

// Remove takes an attachment away.
func Remove(ctx context.Context, store Store, actor action.Actor, thing access.Thing, id, reason string) error {
	return action.Do(ctx, store, actor, action.Write{Name: "attachment.action.remove", Thing: thing, Reason: reason,
		Do: func(ctx context.Context, _ action.Tx) error {
			if _, err := store.Attachment(ctx, id); errors.Is(err, ErrNotFound) {
				return fault.New("attachment.not_found", nil)
			} else if err != nil {
				return err
			}
			return store.DeleteAttachment(ctx, id)
		}})
}
