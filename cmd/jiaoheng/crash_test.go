//go:build slow

package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptrace"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jiaoheng"
	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/letter"
	"jiaoheng/lifecycle"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/store"
	"jiaoheng/unit"
)

// How the crash test is run: writers at once, kills that must fall inside a request, the longest wait between the last byte
// of a request and the kill, and the kills after which all is compared.
const (
	crashWriters = 8
	crashKills   = 200
	crashWait    = 50 * time.Millisecond
	crashCompare = 50
)

// crashServe makes the test binary serve a folder until it is killed.
const crashServe = "JIAOHENG_TEST_CRASH_SERVE"

// crashPack declares parcels: made, sent with a numbered letter, done. Files are made in the data folder, as a bureau would.
var crashPack = map[string]string{
	"pack.yaml": `pack: parcels
version: "1"
name: 试验函件
english: Parcels
about: 断电试验所用。
about_english: For the crash test.
documents:
  试验约定: {name: 试验约定, english: Convention, by: 试验, issued: 2020-01-01}
`,
	"registers/parcel.yaml": `parcel:
  name: 函件
  english: Parcels
  of: school
  every: none
  key: [parcel_number]
  serial: {column: parcel_number, form: '函〔{{year}}〕{{number}}号'}
  heading: token
  source: {doc: 试验约定, clause: 一}
  columns:
    parcel_number: {name: 编号, english: Number, type: text, length: 40}
    token: {name: 标记, english: Token, type: text, length: 60, required: true}
`,
	"lifecycles/parcel.yaml": `parcel:
  create: [above bureau_office]
  states:
    made: {name: 已登记, english: Made, waits: [above bureau_office]}
    sent: {name: 已发函, english: Sent, waits: [above bureau_office]}
    done: {name: 已办结, english: Done, final: true}
  events:
    send: {name: 发函, english: Send, from: [made], to: sent, by: [above bureau_office], letter: parcel_letter, tell: [above bureau_office]}
    finish: {name: 办结, english: Finish, from: [sent], to: done, by: [above bureau_office], note: true}
`,
	"letters/parcel.yaml": `parcel_letter:
  name: 函
  english: Letter
  register: parcel
  series: parcel
  number: '试函〔{{year}}〕{{number}}号'
  heading: '关于{{token}}的函'
  to: "{{unit}}"
  body: ["现将{{token}}函告你单位。"]
  signed: "{{bureau}}"
  source: {doc: 试验约定, clause: 二}
`,
}

func init() {
	if args := os.Getenv(crashServe); args != "" {
		os.Unsetenv(crashServe)
		os.Exit(run(context.Background(), strings.Split(args, "\n"), strings.NewReader(""), os.Stdout, os.Stderr, nil))
	}
}

// crashSite is the program under test with what its writers were told.
type crashSite struct {
	t        *testing.T
	folder   string
	key      string
	address  string
	child    *exec.Cmd
	inFlight atomic.Int64
	sent     chan struct{} // a request has left, its answer has not come
	clients  [crashWriters]*http.Client
	signed   [crashWriters]bool // each is touched by its writer alone
	lock     sync.Mutex
	created  map[string]string // token: id, of rows that were acknowledged
	doubtful map[string]bool   // tokens whose making was cut off
	moved    map[string]string // id: the last state that was acknowledged
	cut      map[string]bool   // ids of which an event was cut off
	answers  int
}

// What was acknowledged stands exactly once, no row stands between states, letters have every number once, and the chain holds,
// wherever kill -9 falls while eight people write.
func TestKillsInsideRequestsLoseAndDoubleNothing(t *testing.T) {
	s := &crashSite{t: t, folder: t.TempDir(), key: strings.Repeat("5a", 32), sent: make(chan struct{}, 1),
		created: map[string]string{}, doubtful: map[string]bool{}, moved: map[string]string{}, cut: map[string]bool{}}
	s.prepare()
	kills, inside := 0, 0
	for inside < crashKills {
		if kills > crashKills*3 {
			t.Fatalf("only %d of %d kills fell inside a request", inside, kills)
		}
		kills++
		if s.runAndKill() > 0 {
			inside++
		}
		if kills%crashCompare == 0 {
			s.compare()
		}
	}
	s.compare()
	t.Logf("%d kills, %d with a request in flight; %d rows acknowledged, %d doubtful, %d answers", kills, inside, len(s.created), len(s.doubtful), s.answers)
	if len(s.created) < crashKills || len(s.doubtful)+len(s.cut) == 0 {
		t.Errorf("too little was written to show anything: %d rows, %d cut off", len(s.created), len(s.doubtful)+len(s.cut))
	}
}

func (s *crashSite) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *crashSite) login(n int) string { return fmt.Sprintf("writer.%d", n) }

// prepare writes the pack, the units and the people.
func (s *crashSite) prepare() {
	for name, text := range crashPack {
		file := filepath.Join(s.folder, pack.Root, "parcels", filepath.FromSlash(name))
		s.must(os.MkdirAll(filepath.Dir(file), 0o755))
		s.must(os.WriteFile(file, []byte(text), 0o644))
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	s.must(err)
	s.address = listener.Addr().String()
	s.must(listener.Close())
	opened := s.open()
	defer opened.Close()
	ctx, program := context.Background(), action.TheProgram()
	school := unit.Unit{Code: "2199000101", Name: "东街小学", Kind: unit.School, Parent: "990121", Stages: []unit.Stage{unit.Primary}, Ownership: unit.Public, Setting: unit.Town}
	_, err = opened.UnitsImport(ctx, program, append([]unit.Unit{{Code: "990121", Name: "澄源县", Kind: unit.County}, school}, unit.Sections(school)...), false)
	s.must(err)
	tree, err := opened.Tree(ctx)
	s.must(err)
	hasher, err := person.NewHasher(person.Cost{Memory: 8, Passes: 1, Threads: 1}, 1, rand.Reader)
	s.must(err)
	where := person.At(tree, "990121")
	for n := range crashWriters {
		jar, err := cookiejar.New(nil)
		s.must(err)
		s.clients[n] = &http.Client{Jar: jar, Transport: &http.Transport{}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		someone, err := person.Create(ctx, opened, program, where, person.Person{Name: "欧阳"})
		s.must(err)
		_, err = person.CreatePost(ctx, opened, program, where, person.Post{Person: someone.ID, Unit: "990121", Role: access.BureauOffice, From: "2015-09-01"})
		s.must(err)
		_, err = person.CreateAccountWithPassword(ctx, opened, hasher, program, where, someone.ID, s.login(n), crashPassword)
		s.must(err)
	}
}

const crashPassword = "Zhong-Guo-77"

func (s *crashSite) open() *store.Store {
	s.t.Helper()
	opened, err := store.Open(context.Background(), store.Options{DataDir: s.folder, KeyFile: s.key})
	s.must(err)
	return opened
}

// runAndKill starts the program, lets the writers write, kills it within crashWait after a request has left, and returns how
// many requests had no answer then.
func (s *crashSite) runAndKill() int64 {
	s.t.Helper()
	s.child = exec.Command(os.Args[0])
	s.child.Env = append(os.Environ(), crashServe+"="+strings.Join([]string{"serve", "--data", s.folder, "--key", s.key, "--listen", s.address}, "\n"))
	var complaints strings.Builder
	s.child.Stderr = &complaints
	output, err := s.child.StdoutPipe()
	s.must(err)
	s.must(s.child.Start())
	lines := bufio.NewReader(output)
	if line, err := lines.ReadString('\n'); err != nil || !strings.Contains(line, s.address) {
		s.t.Fatalf("the server does not start: %q, %v\n%s", line, err, complaints.String())
	}
	go io.Copy(io.Discard, lines)
	stop := make(chan struct{})
	var writers sync.WaitGroup
	for n := range crashWriters {
		writers.Go(func() { s.write(n, stop) })
	}
	select {
	case <-s.sent: // left over from the run before
	default:
	}
	for range crashWriters * (1 + mathrand.IntN(4)) { // not always the first requests
		<-s.sent
	}
	<-time.After(mathrand.N(crashWait))
	flying := s.inFlight.Load()
	s.must(s.child.Process.Kill())
	close(stop)
	_ = s.child.Wait()
	writers.Wait()
	return flying
}

// write signs in where that was not done yet, and makes, sends and finishes parcels until the server is gone.
func (s *crashSite) write(n int, stop chan struct{}) {
	client := s.clients[n]
	defer client.CloseIdleConnections()
	if !s.signed[n] { // once: sessions outlive kills too, and tries that are cut off count as failed ones
		if answer := s.post(client, false, "/signin", url.Values{"login": {s.login(n)}, "password": {crashPassword}}); answer == nil {
			return
		}
		s.signed[n] = true
	}
	for round := 0; ; round++ {
		select {
		case <-stop:
			return
		default:
		}
		token := fmt.Sprintf("件%d-%d-%d", n, time.Now().UnixNano(), round)
		answer := s.post(client, true, "/record/parcel/new", url.Values{"of": {"2199000101"}, "c-token": {token}})
		if answer == nil {
			s.note(func() { s.doubtful[token] = true })
			return
		}
		id := answer.Query().Get("done")
		s.note(func() { s.created[token], s.moved[id] = id, "made" })
		for version, step := range []struct{ event, state string }{{"send", "sent"}, {"finish", "done"}} {
			form := url.Values{"version": {fmt.Sprint(version + 1)}, step.event + "-note": {"办理完毕"}}
			if s.post(client, true, "/record/parcel/row/"+url.PathEscape(id)+"/event/"+step.event, form) == nil {
				s.note(func() { s.cut[id] = true })
				return
			}
			s.note(func() { s.moved[id] = step.state })
		}
	}
}

func (s *crashSite) note(do func()) {
	s.lock.Lock()
	defer s.lock.Unlock()
	do()
}

// post sends a form and returns where the server leads when it is done; nil when no answer came. Counted requests are what the
// kills shall fall into.
func (s *crashSite) post(client *http.Client, counted bool, path string, form url.Values) *url.URL {
	request, err := http.NewRequest(http.MethodPost, "http://"+s.address+path, strings.NewReader(form.Encode()))
	if err != nil {
		s.t.Error(err)
		return nil
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	left := false
	request = request.WithContext(httptrace.WithClientTrace(request.Context(), &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) {
		if left = counted; counted {
			s.inFlight.Add(1)
			select {
			case s.sent <- struct{}{}:
			default:
			}
		}
	}}))
	answer, err := client.Do(request)
	if left {
		s.inFlight.Add(-1)
	}
	if err != nil {
		return nil
	}
	text, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	if answer.StatusCode != http.StatusSeeOther {
		s.t.Errorf("%s: %d %v: %.300s", path, answer.StatusCode, err, mainOf(string(text)))
		return nil
	}
	s.note(func() { s.answers++ })
	where, err := answer.Location()
	if err != nil {
		s.t.Error(err)
	}
	return where
}

// mainOf is what a reader sees of a page.
func mainOf(page string) string { return text(mainRegion.FindString(page)) }

// compare looks at what stands, with nobody writing.
func (s *crashSite) compare() {
	s.t.Helper()
	ctx, opened := context.Background(), s.open()
	defer opened.Close()
	set, faults := pack.Load(jiaoheng.Packs, os.DirFS(s.folder))
	s.must(faults.Err())
	parcel, _ := set.Everything().Register("parcel")
	s.must(opened.RegistersOpen(ctx, parcel))
	report, err := opened.Verify(ctx)
	s.must(err)
	if len(report.Findings) > 0 {
		s.t.Fatalf("the chain does not hold: %v", report.Findings)
	}
	byToken, numbers := map[string]register.Row{}, []string{}
	for row, err := range opened.RegisterEach(ctx, parcel, register.Query{}) {
		s.must(err)
		token, number := cellOf(parcel, row, "token"), cellOf(parcel, row, "parcel_number")
		if _, twice := byToken[token]; twice {
			s.t.Errorf("%s stands twice", token)
		}
		byToken[token] = row
		numbers = append(numbers, number)
		s.compareRow(opened, parcel, row, token)
	}
	for token, id := range s.created {
		if byToken[token].ID != id {
			s.t.Errorf("%s was acknowledged and is not there", token)
		}
	}
	s.withoutGaps("rows", numbers)
	s.withoutGaps("letters", s.letters(opened))
}

func cellOf(r *pack.Register, row register.Row, name string) string {
	return row.Cells[slices.IndexFunc(r.Columns, func(c *pack.Column) bool { return c.Name == name })].Text
}

// compareRow holds one row against its events and what was acknowledged.
func (s *crashSite) compareRow(opened *store.Store, parcel *pack.Register, row register.Row, token string) {
	s.t.Helper()
	if _, known := s.created[token]; !known && !s.doubtful[token] {
		s.t.Errorf("%s stands and nobody asked for it", token)
	}
	events, err := opened.RecordEvents(context.Background(), record.Ref{Register: "parcel", Row: row.ID})
	s.must(err)
	slices.SortFunc(events, func(a, b record.Event) int { return int(a.Row - b.Row) })
	path, state := []string{"made", "sent", "done"}, cellOf(parcel, row, pack.ColumnState)
	at := slices.Index(path, state)
	if at < 0 || len(events) != at+1 || int64(len(events)) != row.Version {
		s.t.Fatalf("%s stands at %q, version %d, with %d events", token, state, row.Version, len(events))
	}
	for i, event := range events {
		if event.To != path[i] || (event.Event == lifecycle.Created) != (i == 0) || (event.Letter != "") != (event.Event == "send") {
			s.t.Errorf("%s: event %d is %+v", token, i, event)
		}
	}
	if told := slices.Index(path, s.moved[row.ID]); at < told || at > told+1 || at == told+1 && !s.cut[row.ID] && !s.doubtful[token] {
		s.t.Errorf("%s stands at %q, acknowledged was %q", token, state, s.moved[row.ID])
	}
}

// withoutGaps asks that numbers run from 1 without a gap and without one twice.
func (s *crashSite) withoutGaps(what string, numbers []string) {
	s.t.Helper()
	seen := map[int]bool{}
	for _, text := range numbers {
		var number int
		if _, err := fmt.Sscanf(text[strings.Index(text, "〕")+len("〕"):], "%d", &number); err != nil || seen[number] {
			s.t.Errorf("%s: number %q: %v, seen %v", what, text, err, seen[number])
		}
		seen[number] = true
	}
	for number := 1; number <= len(numbers); number++ {
		if !seen[number] {
			s.t.Errorf("%s: number %d of %d is lost", what, number, len(numbers))
		}
	}
}

// letters returns the numbers of all letters and asks that each belongs to a row that was sent, one letter a row.
func (s *crashSite) letters(opened *store.Store) []string {
	s.t.Helper()
	var numbers []string
	rows := map[string]bool{}
	for {
		page, err := opened.Letters(context.Background(), letter.Query{Name: "parcel_letter", After: len(numbers)})
		s.must(err)
		if len(page) == 0 {
			return numbers
		}
		for _, one := range page {
			if rows[one.Row] {
				s.t.Errorf("row %s has two letters", one.Row)
			}
			rows[one.Row] = true
			numbers = append(numbers, one.Content.Number)
		}
	}
}
