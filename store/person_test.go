package store_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/person"
	"jiaoheng/store"
)

// code returns the codes of the faults in err, joined.
func code(err error) string {
	var codes []string
	for _, f := range fault.Of(err) {
		codes = append(codes, f.Code)
	}
	if err != nil && codes == nil {
		return err.Error()
	}
	return strings.Join(codes, " ")
}

func TestPersonsComeBackAsTheyWereStored(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx := context.Background()
		p, account := fillPersons(t, s)
		if p.Name != filledName || p.Phone != filledPhone || p.Identity != filledIdentity {
			t.Errorf("got %+v", p)
		}
		if byName, err := s.PersonsByName(ctx, filledName); err != nil || len(byName) != 1 || byName[0].ID != p.ID {
			t.Errorf("by name: %v, %v", byName, err)
		}
		if a, err := s.AccountByLogin(ctx, strings.ToUpper(filledLogin)); err != nil || a.ID != account.ID || a.Disabled {
			t.Errorf("by sign-in name: %v, %v", a, err)
		}
		if _, err := s.Person(ctx, "nobody"); !errors.Is(err, person.ErrNotFound) {
			t.Errorf("got %v, want ErrNotFound", err)
		}
		p.Name = "欧阳测试乙"
		if err := person.Update(ctx, s, action.TheProgram(), access.Unit{}, p); err != nil {
			t.Fatal(err)
		}
		if err := person.Update(ctx, s, action.TheProgram(), access.Unit{}, p); code(err) != "action.stale" {
			t.Errorf("a change on an older version: got %v", err)
		}
		mustVerify(t, s)
	})
}

func TestSignInNamesAreTakenOnce(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		p, _ := fillPersons(t, s)
		_, err := person.CreateAccount(context.Background(), s, action.TheProgram(), access.Unit{}, p.ID, strings.ToUpper(filledLogin))
		if code(err) != "person.login_taken" {
			t.Errorf("got %v", err)
		}
		mustVerify(t, s)
	})
}

func TestFirstAdministratorUsesTheLinkOnce(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, h := context.Background(), hasher(t)
		old, err := person.MakeFirstLink(ctx, s, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		token, err := person.MakeFirstLink(ctx, s, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		first := person.First{Name: "管理员", Login: "admin", Password: goodPassword, Again: goodPassword}
		if _, err := person.UseFirstLink(ctx, s, h, start, old, first); code(err) != "person.link_wrong" {
			t.Errorf("a link that was replaced: %v", err)
		}
		if _, err := person.UseFirstLink(ctx, s, h, start.Add(person.FirstLinkLasts), token, first); code(err) != "person.link_wrong" {
			t.Errorf("a link that expired: %v", err)
		}
		bad := person.First{Password: "abc", Again: "abd"}
		if _, err := person.UseFirstLink(ctx, s, h, start, token, bad); len(fault.Of(err)) < 5 {
			t.Errorf("all faults at once: %v", err)
		}
		account, err := person.UseFirstLink(ctx, s, h, start, token, first)
		if err != nil {
			t.Fatal(err)
		}
		presence, err := person.PresenceOf(ctx, s, account.ID, account.Generation, "2026-09-01")
		if err != nil || presence.Post.Role != access.SystemAdministrator || presence.Person.Name != "管理员" {
			t.Errorf("presence %+v, %v", presence, err)
		}
		if _, err := person.UseFirstLink(ctx, s, h, start, token, first); code(err) != "person.link_wrong" {
			t.Errorf("a link used twice: %v", err)
		}
		if again, err := person.MakeFirstLink(ctx, s, rand.Reader); again != "" || err != nil {
			t.Errorf("a first link although there is an account: %q, %v", again, err)
		}
		mustVerify(t, s)
	})
}

func TestWrongPasswordsMakeTheNextTryWait(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, h := context.Background(), hasher(t)
		_, account := fillPersons(t, s) // one wrong password
		now := start
		for range 4 {
			if _, err := person.SignIn(ctx, s, h, now, filledLogin, "wrong", "10.0.0.1"); code(err) != "person.sign_in_wrong" {
				t.Fatalf("got %v", err)
			}
		}
		if _, err := person.SignIn(ctx, s, h, now, filledLogin, goodPassword, "10.0.0.1"); code(err) != "person.wait" {
			t.Errorf("the right password during the wait: %v", err)
		}
		now = now.Add(31 * time.Second)
		got, err := person.SignIn(ctx, s, h, now, filledLogin, goodPassword, "10.0.0.1")
		if err != nil || got.ID != account.ID {
			t.Errorf("after the wait: %v, %v", got, err)
		}
		if _, err := person.SignIn(ctx, s, h, now, "nobody", goodPassword, "10.0.0.1"); code(err) != "person.sign_in_wrong" {
			t.Errorf("an unknown name: %v", err)
		}
		mustVerify(t, s)
	})
}

func TestNewPasswordAndClosingEndSessions(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, h := context.Background(), hasher(t)
		_, account := fillPersons(t, s)
		form := person.NewPassword{Current: "wrong", Password: "Another-Word-9", Again: "Another-Word-9"}
		if _, err := person.ChangePassword(ctx, s, h, start, account.ID, "10.0.0.1", form); code(err) != "person.current_wrong" {
			t.Errorf("got %v", err)
		}
		form.Current = goodPassword
		changed, err := person.ChangePassword(ctx, s, h, start, account.ID, "10.0.0.1", form)
		if err != nil || changed.Generation != account.Generation+1 {
			t.Fatalf("got %+v, %v", changed, err)
		}
		if _, err := person.PresenceOf(ctx, s, account.ID, account.Generation, "2026-09-01"); code(err) != "person.signed_out" {
			t.Errorf("the older session goes on: %v", err)
		}
		if err := person.CloseAccount(ctx, s, action.TheProgram(), access.Unit{}, account.ID, "调离"); err != nil {
			t.Fatal(err)
		}
		if _, err := person.SignIn(ctx, s, h, start, filledLogin, form.Password, "10.0.0.1"); code(err) != "person.sign_in_wrong" {
			t.Errorf("a closed account signs in: %v", err)
		}
		mustVerify(t, s)
	})
}

// A copy of the data folder without the key shows no personal value, in no file, the write-ahead log included.
func TestACopyOfTheFolderShowsNoPersonalValue(t *testing.T) {
	s, folder, _ := onSQLite().open(t)
	p, account := fillPersons(t, s)
	p.Name = filledName + "改"
	if err := person.Update(context.Background(), s, action.TheProgram(), access.Unit{}, p); err != nil {
		t.Fatal(err)
	}
	if err := s.Sessions().CommitCtx(context.Background(), "token", []byte(filledName), start.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	reason := action.Write{Name: "person.action.update", Reason: "应" + filledName + "要求", Do: func(context.Context, action.Tx) error { return nil }}
	if err := action.Do(context.Background(), s, action.TheProgram(), reason); err != nil {
		t.Fatal(err)
	}
	if entries, err := s.AuditEntries(context.Background(), 0, 1); err != nil || entries[0].Reason != reason.Reason {
		t.Errorf("got %v, %v", entries, err)
	}
	searchFolder(t, folder, account)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	searchFolder(t, folder, account)
}

func searchFolder(t *testing.T, folder string, account person.Account) {
	t.Helper()
	read := 0
	err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		read += len(data)
		for _, personal := range []string{filledName, filledPupil, "诸葛", filledNumber, filledTeacher, filledPhone, filledIdentity, filledLogin, filledAddress, "693axxx6", "very-secret-word", "欧阳", "argon2id", testKey} {
			if bytes.Contains(data, []byte(personal)) {
				t.Errorf("%s holds %q", filepath.Base(name), personal)
			}
		}
		return nil
	})
	if err != nil || read < 4096 {
		t.Fatalf("read %d bytes of %s: %v", read, folder, err)
	}
	if account.ID == "" {
		t.Fatal("nothing was stored")
	}
}

func TestAnotherMasterKeyOpensNothing(t *testing.T) {
	s, folder, _ := onSQLite().open(t)
	fillPersons(t, s)
	s.Close()
	for name, key := range map[string]struct{ file, want string }{
		"another key": {strings.Repeat("00", 32), "secret.master_wrong"},
		"no key":      {filepath.Join(t.TempDir(), "absent.key"), "secret.master_missing"},
		"key inside":  {filepath.Join(folder, "master.key"), "secret.master_inside"},
	} {
		if _, err := store.Open(context.Background(), store.Options{DataDir: folder, KeyFile: key.file}); code(err) != key.want {
			t.Errorf("%s: got %v, want %s", name, err, key.want)
		}
	}
	again := mustOpen(t, store.Options{DataDir: folder, KeyFile: testKey})
	mustVerify(t, again)
}

func TestALookAtNumbersNeedsRightAndReasonAndIsLogged(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx := context.Background()
		p, _ := fillPersons(t, s)
		if masked := p.Masked(); masked.Phone != "139****2345" || masked.Identity != "110105********002X" {
			t.Errorf("got %+v", masked)
		}
		own, other := access.Unit{Code: "110000"}, access.Unit{Code: "120000"}
		head := func(u access.Unit) action.Actor {
			return action.Actor{Post: access.Post{Role: access.SchoolHead, Unit: u}}
		}
		administrator := action.Actor{Post: access.Post{Role: access.SystemAdministrator}}
		cases := []struct {
			name   string
			actor  action.Actor
			where  access.Unit
			reason string
			code   string
		}{
			{"the own school", head(own), own, "核对", ""},
			{"without a reason", head(own), own, " ", "person.look_reason"},
			{"another school", head(other), own, "核对", "action.refused"},
			{"a person of another school", head(other), other, "核对", "person.not_found"},
			{"the administrator", administrator, own, "核对", "action.refused"},
		}
		for _, c := range cases {
			before := sequence(t, s)
			got, err := person.Look(ctx, s, c.actor, c.where, p.ID, c.reason)
			if code(err) != c.code || (got.Phone == filledPhone) != (c.code == "") {
				t.Errorf("%s: got %+v, %v", c.name, got, err)
			}
			if logged := sequence(t, s) != before; logged != (c.code == "") {
				t.Errorf("%s: logged %v", c.name, logged)
			}
		}
	})
}

func sequence(t *testing.T, s *store.Store) int64 {
	t.Helper()
	return head(t, s).Sequence
}
