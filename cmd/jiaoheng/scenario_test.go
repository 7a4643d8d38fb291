package main

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/demo"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/store"
	"jiaoheng/web"
)

// The scenarios of e2e/systems show one row of the list of systems each: commands as an office types them, pages as its
// people see them. e2e/doc.go tells what the verbs do.
func TestSystems(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "../../e2e/systems", Setup: setUpScenario, Cmds: scenarioVerbs()})
}

// scenarioVerbs are the verbs of scenarios, see e2e/doc.go.
func scenarioVerbs() map[string]func(*testscript.TestScript, bool, []string) {
	return map[string]func(*testscript.TestScript, bool, []string){
		"clock":    withScenario((*scenario).setClock),
		"demo":     withScenario((*scenario).loadDemo),
		"adopt":    withScenario((*scenario).adopt),
		"track":    withScenario((*scenario).track),
		"jiaoheng": withScenario((*scenario).runProgram),
		"import":   withScenario((*scenario).runImport),
		"signin":   withScenario((*scenario).signIn),
		"see":      withScenario((*scenario).see),
		"post":     withScenario((*scenario).post),
		"refuse":   withScenario((*scenario).refuse),
		"follow":   withScenario((*scenario).follow),
		"press":    withScenario((*scenario).press),
		"choice":   withScenario((*scenario).choice),
		"figure":   withScenario((*scenario).figure),
	}
}

// clockVariable carries the time of a scenario to the program that it runs; only the test binary looks at it.
const clockVariable = "JIAOHENG_SCENARIO_CLOCK"

// scenario is one run of one file: a folder of data, a clock, a server and a browser without scripts.
type scenario struct {
	clock  time.Time
	hasher *person.Hasher
	store  *store.Store
	server *httptest.Server
	client *http.Client
	at     string // address of the last page
	page   string // its main region
	status int
}

type scenarioKey struct{}

func setUpScenario(env *testscript.Env) error {
	if err := testEnvironment(env); err != nil {
		return err
	}
	hasher, err := person.NewHasher(person.Cost{Memory: 8, Passes: 1, Threads: 1}, 1, rand.Reader)
	if err != nil {
		return err
	}
	one := &scenario{hasher: hasher, clock: time.Date(2025, 10, 15, 9, 0, 0, 0, time.Local)}
	env.Values[scenarioKey{}] = one
	env.Defer(one.close)
	env.Setenv("DATA", env.WorkDir+"/data")
	env.Setenv("JIAOHENG_KEY", strings.Repeat("5a", 32))
	env.Setenv(clockVariable, one.clock.Format(time.RFC3339))
	return nil
}

func withScenario(do func(*scenario, *testscript.TestScript, bool, []string)) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		do(ts.Value(scenarioKey{}).(*scenario), ts, neg, args)
	}
}

// scenarioClock is the clock of the environment that a scenario set; nil for the time of the machine.
func scenarioClock() func() time.Time {
	at, err := time.Parse(time.RFC3339, os.Getenv(clockVariable))
	if err != nil {
		return nil
	}
	return func() time.Time { return at }
}

// close ends the server: the program that runs next works on the same folder.
func (s *scenario) close() {
	if s.server != nil {
		s.server.Close()
		s.store.Close()
		s.server, s.store = nil, nil
	}
}

// open starts the server where it does not run yet.
func (s *scenario) open(ts *testscript.TestScript) {
	if s.server != nil {
		return
	}
	opened, err := store.Open(context.Background(), store.Options{DataDir: ts.Getenv("DATA"), KeyFile: ts.Getenv("JIAOHENG_KEY"),
		Clock: func() time.Time { return s.clock }})
	ts.Check(err)
	handler, err := web.New(web.Options{Store: opened, Hasher: s.hasher, Log: slog.New(slog.DiscardHandler)})
	ts.Check(err)
	s.store, s.server = opened, httptest.NewServer(handler)
	if s.client == nil {
		s.forget(ts)
	}
}

func (s *scenario) forget(ts *testscript.TestScript) {
	jar, err := cookiejar.New(nil)
	ts.Check(err)
	s.client = &http.Client{Jar: jar}
}

// setClock: clock 2024-03-15.
func (s *scenario) setClock(ts *testscript.TestScript, neg bool, args []string) {
	day, ok := period.ParseDate(strings.Join(args, " "))
	if neg || !ok {
		ts.Fatalf("usage: clock 2024-03-15")
	}
	s.clock = time.Date(day.Year, time.Month(day.Month), day.Day, 9, 0, 0, 0, time.Local)
	ts.Setenv(clockVariable, s.clock.Format(time.RFC3339))
}

// loadDemo: demo. It puts the invented county into the data folder.
func (s *scenario) loadDemo(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: demo")
	}
	s.open(ts)
	ts.Check(demo.Load(context.Background(), s.store, s.hasher))
	s.close() // figures that the server holds are read again
}

// runProgram: [!] jiaoheng ARGS…
func (s *scenario) runProgram(ts *testscript.TestScript, neg bool, args []string) {
	s.close()
	switch err := ts.Exec("jiaoheng", args...); {
	case err == nil && neg:
		ts.Fatalf("jiaoheng %s: done, want a refusal", strings.Join(args, " "))
	case err != nil && !neg:
		ts.Fatalf("jiaoheng %s: %v", strings.Join(args, " "), err)
	}
}

// runImport: [!] import units FILE | import register NAME FILE --period P.
func (s *scenario) runImport(ts *testscript.TestScript, neg bool, args []string) {
	s.runProgram(ts, neg, append(append([]string{"import"}, args...), "--data", ts.Getenv("DATA")))
}

// signIn: signin LOGIN, an account of the demo; or signin ROLE UNIT, which makes somebody with that post.
func (s *scenario) signIn(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: signin LOGIN | signin ROLE UNIT")
	}
	s.open(ts)
	s.forget(ts)
	login := args[0]
	if len(args) == 2 {
		login = s.member(ts, access.Role(args[0]), args[1])
	}
	s.send(ts, "/signin", []string{"login=" + login, "password=" + demo.Password})
	if strings.HasPrefix(s.at, "/signin") {
		ts.Fatalf("signin %s: %s", login, text(s.page))
	}
}

// member makes a person with a post and an account, once for each role and unit.
func (s *scenario) member(ts *testscript.TestScript, role access.Role, code string) string {
	ctx, program := context.Background(), action.TheProgram()
	login := strings.ReplaceAll(string(role), "_", ".") + "." + code
	if _, err := s.store.AccountByLogin(ctx, login); err == nil {
		return login
	}
	tree, err := s.store.Tree(ctx)
	ts.Check(err)
	if _, known := tree.Find(code); !known {
		ts.Fatalf("signin: there is no unit %s", code)
	}
	where := person.At(tree, code)
	someone, err := person.Create(ctx, s.store, program, where, person.Person{Name: "欧阳", Phone: "13900000000"})
	ts.Check(err)
	_, err = person.CreatePost(ctx, s.store, program, where, person.Post{Person: someone.ID, Unit: code, Role: role, From: "2015-09-01"})
	ts.Check(err)
	_, err = person.CreateAccountWithPassword(ctx, s.store, s.hasher, program, where, someone.ID, login, demo.Password)
	ts.Check(err)
	return login
}
