package person_test

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/person"
)

func codes(list fault.List) string {
	var all []string
	for _, f := range list {
		all = append(all, strings.TrimPrefix(f.Code, "person."))
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func TestPasswordRules(t *testing.T) {
	cases := []struct{ name, password, login, want string }{
		{"good", "Zhong-Guo-77", "admin", ""},
		{"long without kinds", "four words make a password", "admin", ""},
		{"Chinese counts as a kind", "教育强国Abc1", "admin", ""},
		{"empty", "", "admin", "password_short password_simple"},
		{"short", "Ab1-", "admin", "password_short"},
		{"two kinds", "zhongguo77", "admin", "password_simple"},
		{"holds the sign-in name", "Admin-2026-x", "admin", "password_login"},
		{"one letter", "aaaaaaaaaaaaaaaaaaaa", "", "password_pattern"},
		{"in a row", "12345678901234567890", "", "password_pattern"},
		{"long", strings.Repeat("Ab1-", 40), "", "password_long"},
	}
	for _, c := range cases {
		got := codes(person.CheckPassword(c.password, c.login))
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestCheckOfPersons(t *testing.T) {
	cases := []struct {
		name   string
		person person.Person
		want   string
	}{
		{"name only", person.Person{Name: "买买提·艾力"}, ""},
		{"all", person.Person{Name: "张三", Phone: "13812345678", Identity: "11010519491231002X"}, ""},
		{"spaces are taken off", person.Person{Name: " 张三 ", Phone: " 0571-88888888 ", Identity: "11010519491231002x"}, ""},
		{"everything wrong at once", person.Person{Phone: "abc", Identity: "110105194912310021"}, "identity_wrong name_missing phone_wrong"},
		{"long name", person.Person{Name: strings.Repeat("张", person.MaxName+1)}, "name_wrong"},
		{"invisible letters", person.Person{Name: "张\u202e三"}, "name_wrong"},
		{"no such birthday", person.Person{Name: "张三", Identity: "110105194913310024"}, "identity_wrong"},
		{"15 digits", person.Person{Name: "张三", Identity: "110105491231002"}, "identity_wrong"},
	}
	for _, c := range cases {
		if got := codes(c.person.Clean().Check()); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestCheckOfPosts(t *testing.T) {
	cases := []struct {
		name string
		post person.Post
		want string
	}{
		{"lasting", person.Post{Unit: "1", Role: access.Teacher, From: "2026-09-01"}, ""},
		{"ended", person.Post{Unit: "1", Role: access.Teacher, From: "2026-09-01", To: "2026-09-01"}, ""},
		{"administrator of everything", person.Post{Role: access.SystemAdministrator, From: "2026-09-01"}, ""},
		{"nothing filled in", person.Post{}, "day_wrong role_wrong unit_missing"},
		{"the program is no post", person.Post{Unit: "1", Role: access.Program, From: "2026-09-01"}, "role_wrong"},
		{"ends before it begins", person.Post{Unit: "1", Role: access.Teacher, From: "2026-09-01", To: "2026-08-31"}, "to_before_from"},
		{"no such day", person.Post{Unit: "1", Role: access.Teacher, From: "2026-02-30"}, "day_wrong"},
	}
	for _, c := range cases {
		if got := codes(c.post.Check()); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestPostsAreHeldFromTheFirstToTheLastDay(t *testing.T) {
	post := person.Post{From: "2026-09-01", To: "2027-07-31"}
	for day, want := range map[string]bool{"2026-08-31": false, "2026-09-01": true, "2027-07-31": true, "2027-08-01": false} {
		if post.On(day) != want {
			t.Errorf("%s: got %v", day, !want)
		}
	}
}

func TestWaitsGrowAndEnd(t *testing.T) {
	now := time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC)
	cases := []struct {
		name  string
		count int64
		after time.Duration
		want  time.Duration
	}{
		{"free tries", 4, 0, 0},
		{"first wait", 5, 0, 30 * time.Second},
		{"part of it is over", 5, 20 * time.Second, 10 * time.Second},
		{"over", 5, 30 * time.Second, 0},
		{"doubled", 7, 0, 2 * time.Minute},
		{"at most", 9, 0, 8 * time.Minute},
		{"never more", 1 << 40, 0, 15 * time.Minute},
		{"forgotten", 1 << 40, 30 * time.Minute, 0},
	}
	for _, c := range cases {
		f := person.Failure{Count: c.count, Last: now.UnixMilli()}
		if got := person.WaitOf(now.Add(c.after), f, 5); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func TestPasswordsMatchTheirHashOnly(t *testing.T) {
	ctx := context.Background()
	h, err := person.NewHasher(person.Cost{Memory: 64, Passes: 1, Threads: 1}, 1, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	hash, err := h.Hash(ctx, "密码 one")
	if err != nil {
		t.Fatal(err)
	}
	again, err := h.Hash(ctx, "密码 one")
	if err != nil || again == hash || !strings.HasPrefix(hash, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Errorf("got %q and %q, %v", hash, again, err)
	}
	cases := []struct {
		name, hash, password string
		want, fails          bool
	}{
		{"right", hash, "密码 one", true, false},
		{"wrong", hash, "密码 two", false, false},
		{"no password set", "", "the password of nobody", false, false},
		{"damaged", hash[:20], "密码 one", false, true},
		{"a cost no machine has", "$argon2id$v=19$m=4294967295,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$" + strings.Split(hash, "$")[5], "密码 one", false, true},
	}
	for _, c := range cases {
		got, err := h.Matches(ctx, c.hash, c.password)
		if got != c.want || err != nil != c.fails {
			t.Errorf("%s: got %v, %v", c.name, got, err)
		}
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := h.Hash(ended, "x"); err == nil {
		t.Error("a hash is made although nobody waits for it")
	}
}

func BenchmarkOfficialCost(b *testing.B) {
	h, err := person.NewHasher(person.OfficialCost, 1, rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := h.Hash(context.Background(), "Zhong-Guo-77"); err != nil {
			b.Fatal(err)
		}
	}
}
