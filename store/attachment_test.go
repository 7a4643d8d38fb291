package store_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/attachment"
	"jiaoheng/store"
)

var owner = attachment.Owner{Table: "finding", Row: "row1"}

func addAttachment(t *testing.T, s *store.Store, data []byte, personal bool) attachment.Attachment {
	t.Helper()
	prepared, err := attachment.NewPreparer(1).Prepare(context.Background(), filledName+".txt", data)
	if err != nil {
		t.Fatal(err)
	}
	a, err := attachment.Add(context.Background(), s, action.TheProgram(), access.Thing{Class: access.Record}, owner, prepared, personal)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func files(t *testing.T, folder string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(filepath.Join(folder, "attachments"), func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return names
}

func TestAttachmentsComeBackAndAlteredBytesAreFound(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, folder, _ := db.open(t)
		ctx, content := context.Background(), []byte("会议记录 "+filledName)
		open, sealed := addAttachment(t, s, []byte("公开通知"), false), addAttachment(t, s, content, true)
		if list, err := s.AttachmentsOf(ctx, owner); err != nil || len(list) != 2 || list[1].Name != filledName+".txt" {
			t.Errorf("got %v, %v", list, err)
		}
		if data, err := s.AttachmentData(ctx, sealed.ID); err != nil || !bytes.Equal(data, content) {
			t.Errorf("got %q, %v", data, err)
		}
		for _, name := range files(t, folder) {
			if data, err := os.ReadFile(name); err != nil || bytes.Contains(data, []byte(filledName)) {
				t.Errorf("%s shows a personal value (%v)", name, err)
			}
		}
		mustVerify(t, s)
		name := filepath.Join(folder, "attachments", open.Digest[:2], open.Digest)
		if err := os.WriteFile(name, []byte("公开通告"), 0o600); err != nil {
			t.Fatal(err)
		}
		if found := findings(t, s); !mentions(found, "attachment", open.ID) {
			t.Errorf("altered bytes: found %v", found)
		}
		if _, err := s.AttachmentData(ctx, open.ID); err == nil {
			t.Error("altered bytes were handed out")
		}
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		if found := findings(t, s); !mentions(found, "attachment", open.ID) {
			t.Errorf("missing bytes: found %v", found)
		}
	})
}

// An action that fails leaves no row; its bytes go with the sweep after a day, those of a living row stay.
func TestBytesWithoutARowAreSweptAfterADay(t *testing.T) {
	folder, now := t.TempDir(), time.Now()
	s := mustOpen(t, store.Options{DataDir: folder, KeyFile: testKey, Clock: func() time.Time { return now }})
	ctx := context.Background()
	kept := addAttachment(t, s, []byte("公开通知"), false)
	failed := errors.New("the action fails after its attachment")
	err := action.Do(ctx, s, action.TheProgram(), action.Write{Name: "attachment.action.add", Do: func(ctx context.Context, tx action.Tx) error {
		p := attachment.Prepared{Name: "a.txt", Kind: attachment.Text, Data: []byte("甲")}
		if _, err := p.Put(ctx, s, tx, action.TheProgram(), owner, "", false); err != nil {
			return err
		}
		return failed
	}})
	if !errors.Is(err, failed) {
		t.Fatal(err)
	}
	if list, err := s.AttachmentsOf(ctx, owner); err != nil || len(list) != 1 {
		t.Errorf("got %v, %v", list, err)
	}
	if n, err := s.SweepAttachments(ctx); n != 0 || err != nil {
		t.Errorf("swept %d at once, %v", n, err)
	}
	now = now.Add(25 * time.Hour)
	if n, err := s.SweepAttachments(ctx); n != 1 || err != nil {
		t.Errorf("swept %d after a day, %v", n, err)
	}
	if _, err := s.AttachmentData(ctx, kept.ID); err != nil {
		t.Error(err)
	}
	mustVerify(t, s)
}
