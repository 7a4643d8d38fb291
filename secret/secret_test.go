package secret_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiaoheng/fault"
	"jiaoheng/secret"
)

func master(t *testing.T, digits string) secret.Master {
	t.Helper()
	m, err := secret.ParseMaster(strings.Repeat(digits, 32))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func dataKey(t *testing.T, m secret.Master, purpose string, created int64) secret.DataKey {
	t.Helper()
	key, err := secret.NewDataKey(m, purpose, created, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func ring(t *testing.T, m secret.Master, keys ...secret.DataKey) *secret.Keyring {
	t.Helper()
	r, err := secret.Open(m, keys)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSealedValuesOpenOnlyUnderTheirKeyAndPurpose(t *testing.T) {
	m := master(t, "01")
	r := ring(t, m, dataKey(t, m, "person", 1), dataKey(t, m, "letter", 1))
	for _, plain := range []string{"", "张三", strings.Repeat("长", 10000)} {
		sealed, err := r.Seal("person", plain, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if plain != "" && strings.Contains(sealed, plain) {
			t.Errorf("%q shows in %q", plain, sealed)
		}
		if opened, err := r.Open("person", sealed); opened != plain || err != nil {
			t.Errorf("got %q, %v, want %q", opened, err, plain)
		}
	}
	one, _ := r.Seal("person", "张三", rand.Reader)
	two, _ := r.Seal("person", "张三", rand.Reader)
	if one == two {
		t.Error("equal values are sealed equal")
	}
	other := ring(t, m, dataKey(t, m, "person", 1))
	cases := []struct {
		name, purpose, sealed string
		ring                  *secret.Keyring
	}{
		{"another purpose", "letter", one, r},
		{"another ring", "person", one, other},
		{"cut", "person", one[:len(one)-4], r},
		{"altered", "person", one[:len(one)-6] + "AAAAAA", r},
		{"no key named", "person", "aes256gcm.AAAA", r},
		{"plain text", "person", "张三", r},
	}
	for _, c := range cases {
		if opened, err := c.ring.Open(c.purpose, c.sealed); !errors.Is(err, secret.ErrSealed) {
			t.Errorf("%s: got %q, %v", c.name, opened, err)
		}
	}
	if _, err := r.Open("person", strings.Replace(one, "aes256gcm", "rot13", 1)); err == nil {
		t.Error("an unknown algorithm was taken")
	}
}

func TestSealedFilesOpenAgain(t *testing.T) {
	m := master(t, "01")
	r := ring(t, m, dataKey(t, m, "attachment", 1))
	for _, plain := range [][]byte{{}, []byte("\n"), bytes.Repeat([]byte("line\n"), 1000)} {
		sealed, err := r.SealBytes("attachment", plain, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if opened, err := r.OpenBytes("attachment", sealed); !bytes.Equal(opened, plain) || err != nil {
			t.Errorf("got %d bytes, %v", len(opened), err)
		}
		sealed[len(sealed)-1] ^= 1
		if _, err := r.OpenBytes("attachment", sealed); !errors.Is(err, secret.ErrSealed) {
			t.Errorf("altered: %v", err)
		}
	}
	if _, err := r.OpenBytes("attachment", []byte("no head")); !errors.Is(err, secret.ErrSealed) {
		t.Errorf("got %v", err)
	}
}

func TestTheNewestKeySealsAndOlderOnesStillOpen(t *testing.T) {
	m := master(t, "01")
	old, fresh := dataKey(t, m, "person", 1), dataKey(t, m, "person", 2)
	before, after := ring(t, m, old), ring(t, m, fresh, old)
	sealed, _ := before.Seal("person", "张三", rand.Reader)
	if opened, err := after.Open("person", sealed); opened != "张三" || err != nil {
		t.Errorf("got %q, %v", opened, err)
	}
	again, _ := after.Seal("person", "张三", rand.Reader)
	if after.Newest("person", sealed) || !after.Newest("person", again) {
		t.Error("the newest key does not seal")
	}
}

func TestAnotherMasterOpensNothingUntilKeysAreWrappedAgain(t *testing.T) {
	first, second := master(t, "01"), master(t, "02")
	key := dataKey(t, first, "person", 1)
	if _, err := secret.Open(second, []secret.DataKey{key}); !errors.Is(err, secret.ErrWrongMaster) {
		t.Errorf("got %v", err)
	}
	moved := key
	moved.Purpose = "letter"
	if _, err := secret.Open(first, []secret.DataKey{moved}); !errors.Is(err, secret.ErrWrongMaster) {
		t.Errorf("a key moved to another purpose: %v", err)
	}
	wrapped, err := secret.Rewrap(first, second, key, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	sealed, _ := ring(t, first, key).Seal("person", "张三", rand.Reader)
	if opened, err := ring(t, second, wrapped).Open("person", sealed); opened != "张三" || err != nil {
		t.Errorf("got %q, %v", opened, err)
	}
}

func TestTheBlindIndexMeetsFoldedValuesOfOnePurpose(t *testing.T) {
	m := master(t, "01")
	r := ring(t, m, dataKey(t, m, "a", 1), dataKey(t, m, "b", 1))
	if r.Index("a", "Zhang San") != r.Index("a", "ＺＨＡＮＧ　ＳＡＮ") {
		t.Error("width, capitals and spaces matter")
	}
	if r.Index("a", "张三") == r.Index("a", "张四") || r.Index("a", "张三") == r.Index("b", "张三") {
		t.Error("different values or purposes meet")
	}
	if r.Index("a", " ") != "" {
		t.Error("an empty value has an index")
	}
}

func TestTheMasterKeyStaysOutsideTheDataFolder(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	if err := os.MkdirAll(data, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(data, filepath.Join(folder, "link")); err != nil {
		t.Fatal(err)
	}
	malformed := filepath.Join(folder, "malformed.key")
	if err := os.WriteFile(malformed, []byte("not a key"), 0o600); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, place string
		create      bool
		code        string
	}{
		{"inside", filepath.Join(data, "master.key"), true, "secret.master_inside"},
		{"inside a folder of it", filepath.Join(data, "keys", "master.key"), true, "secret.master_inside"},
		{"inside through a link", filepath.Join(folder, "link", "master.key"), true, "secret.master_inside"},
		{"missing", filepath.Join(folder, "absent.key"), false, "secret.master_missing"},
		{"malformed", malformed, true, "secret.master_malformed"},
		{"made", filepath.Join(folder, "keys", "master.key"), true, ""},
		{"read again", filepath.Join(folder, "keys", "master.key"), false, ""},
		{"beside, a longer name", filepath.Join(folder, "data.key"), true, ""},
	}
	made := map[string]secret.Master{}
	for _, c := range cases {
		m, err := secret.LoadMaster(c.place, data, c.create, rand.Reader)
		var got string
		if list := fault.Of(err); len(list) > 0 {
			got = list[0].Code
		}
		if got != c.code || err != nil && got == "" {
			t.Errorf("%s: got %v, want %s", c.name, err, c.code)
		}
		if before, again := made[c.place]; again && before != m {
			t.Errorf("%s: another key", c.name)
		}
		made[c.place] = m
	}
	about, err := os.Stat(filepath.Join(folder, "keys", "master.key"))
	if err != nil || about.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", about.Mode(), err)
	}
}

func TestMasks(t *testing.T) {
	cases := []struct{ name, got, want string }{
		{"name", secret.MaskName("张三丰"), "张**"},
		{"short name", secret.MaskName("张"), "*"},
		{"no name", secret.MaskName(""), ""},
		{"mobile", secret.MaskNumber("13812341234", 3, 4), "138****1234"},
		{"identity", secret.MaskNumber("11010519491231002X", 6, 4), "110105********002X"},
		{"short number", secret.MaskNumber("6212345", 3, 4), "*******"},
	}
	for _, c := range cases {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestWhereTheMasterKeyIsLookedFor(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(folder, "config"))
	if err := os.WriteFile(filepath.Join(folder, "demo.key"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	demo, other := filepath.Join(folder, "demo"), filepath.Join(folder, "other")
	cases := []struct{ name, explicit, environment, data, want string }{
		{"explicit", "a.key", "b.key", demo, "a.key"},
		{"environment", "", "b.key", demo, "b.key"},
		{"beside the data", "", "", demo + "/", filepath.Join(folder, "demo.key")},
		{"configuration", "", "", other, filepath.Join(folder, "config", "jiaoheng", "master.key")},
	}
	for _, c := range cases {
		if got, err := secret.KeyFile(c.explicit, c.environment, c.data); got != c.want || err != nil {
			t.Errorf("%s: got %s, %v", c.name, got, err)
		}
	}
}
