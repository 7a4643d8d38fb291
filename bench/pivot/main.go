// Command pivot measures a pivot over HTTP: 10 indicators over 12 months, rolled up from 6,000 schools to 15 counties.
//
// It invents a city whose schools report 11 numbers each month, stores them as an import does in a database in a temporary
// folder, with a local pack of 10 indicators over them, starts the handler of every page on a port of this machine and asks
// it as somebody who is signed in, over ordinary HTTP with compression: the indicators in another order each time, as a
// document for programs and as a page. Every figure of every answer is compared with a plain computation, and a wrong one
// ends the command. Both are asked by 1 client and by 8 at once; then one number of one school is changed before each
// question, so that nothing computed before can be used. Run it from the root:
//
//	go run ./bench/pivot
//
// It writes what it prints to bench/pivot/last.txt too, and ends with 1 when the bar is not met by one client.
package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime"
	"strings"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/bench/machine"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/store"
	"jiaoheng/web"
)

const (
	bar      = 20 * time.Millisecond
	login    = "bench"
	password = "A long enough passphrase"
)

var errBar = errors.New("the bar is not met")

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench/pivot:", err)
		os.Exit(1)
	}
}

func run() error {
	file, err := os.Create("bench/pivot/last.txt")
	if err != nil {
		return err
	}
	defer file.Close()
	out := io.MultiWriter(os.Stdout, file)
	fmt.Fprintf(out, "%s, %s %s/%s, %d processors, %s of memory\n", time.Now().UTC().Format(time.DateOnly), runtime.Version(), runtime.GOOS, runtime.GOARCH,
		runtime.NumCPU(), machine.Memory())
	dir, err := os.MkdirTemp("", "pivot")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	b, err := open(ctx, dir)
	if err != nil {
		return err
	}
	defer b.store.Close()
	fmt.Fprintf(out, "%d schools, %d counties, %d months, %d indicators; %d rows stored in %s; every figure of every answer is checked\n",
		schools, counties, months, indicators, schools*months, b.stored.Round(time.Second))
	return b.measure(ctx, out)
}

// bench is the server with its data, and the numbers that it should give.
type bench struct {
	store    *store.Store
	register *pack.Register
	facts    *facts
	totals   *totals
	address  string
	stored   time.Duration
}

func open(ctx context.Context, dir string) (*bench, error) {
	if err := writePack(dir); err != nil {
		return nil, err
	}
	opened, err := store.Open(ctx, store.Options{DataDir: dir, KeyFile: strings.Repeat("5a", 32)})
	if err != nil {
		return nil, err
	}
	b := &bench{store: opened, facts: invent()}
	began := time.Now()
	if b.register, err = load(ctx, opened, b.facts); err != nil {
		return nil, err
	}
	b.stored = time.Since(began)
	hasher, err := person.NewHasher(person.Cost{Memory: 8, Passes: 1, Threads: 1}, 1, rand.Reader)
	if err != nil {
		return nil, err
	}
	if err := member(ctx, opened, hasher); err != nil {
		return nil, err
	}
	handler, err := web.New(web.Options{Store: opened, Hasher: hasher, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	b.address = "http://" + listener.Addr().String()
	go http.Serve(listener, handler)
	return b, nil
}

// member stores a leader of the bureau with an account.
func member(ctx context.Context, s *store.Store, hasher *person.Hasher) error {
	tree, err := s.Tree(ctx)
	if err != nil {
		return err
	}
	where := person.At(tree, cityCode)
	someone, err := person.Create(ctx, s, action.TheProgram(), where, person.Person{Name: "测速员"})
	if err != nil {
		return err
	}
	post := person.Post{Person: someone.ID, Unit: cityCode, Role: access.BureauLeader, From: "2020-01-01"}
	if _, err = person.CreatePost(ctx, s, action.TheProgram(), where, post); err != nil {
		return err
	}
	_, err = person.CreateAccountWithPassword(ctx, s, hasher, action.TheProgram(), where, someone.ID, login, password)
	return err
}
