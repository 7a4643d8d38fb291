package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	random "math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"jiaoheng/bench/machine"
	"jiaoheng/person"
	"jiaoheng/web"
	"jiaoheng/web/shell"
)

// sort is one sort of page.
type sort struct {
	name string
	// ask returns the address of a question and what the answer must hold.
	ask func(b *bench, chance *random.Rand) (address string, holds []string)
}

var sorts = []sort{{"list", (*bench).list}, {"filter", (*bench).filter}, {"board", (*bench).board}}

// pages asks every sort of page and prints how long answers took.
func (b *bench) pages(ctx context.Context, out io.Writer, bar time.Duration) error {
	if err := b.serve(); err != nil {
		return err
	}
	var failed error
	for _, one := range sorts {
		used := machine.Processor()
		times, err := b.series(one, requests)
		used = machine.Processor() - used
		if err != nil {
			return fmt.Errorf("%s: %w", one.name, err)
		}
		slices.Sort(times)
		at := func(share float64) time.Duration { return times[int(share*float64(len(times)-1))] }
		fmt.Fprintf(out, "  %s: median %s, 95th percentile %s, longest %s (bar %s); processor time of one, with the client's part, %s\n", one.name, at(0.5).Round(100*time.Microsecond), at(0.95).Round(100*time.Microsecond),
			at(1).Round(100*time.Microsecond), bar, (used / (requests + clients*warm)).Round(100*time.Microsecond))
		if at(0.95) > bar {
			failed = errBar
		}
	}
	return failed
}

// serve starts the handler of every page on a free port and signs every client in.
func (b *bench) serve() error {
	hasher, err := person.NewHasher(person.Cost{Memory: 8, Passes: 1, Threads: 1}, 1, rand.Reader)
	if err != nil {
		return err
	}
	handler, err := web.New(web.Options{Store: b.store, Hasher: hasher, Log: slog.New(slog.DiscardHandler), Records: b.desk})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	b.address = "http://" + listener.Addr().String()
	go http.Serve(listener, handler)
	b.signedIn = nil
	for range clients { // one after the other: passwords are checked by one at a time
		client, err := machine.SignIn(b.address, login, password)
		if err != nil {
			return err
		}
		b.signedIn = append(b.signedIn, client)
	}
	return nil
}

// series asks one sort of page by all clients at once, after some requests that do not count.
func (b *bench) series(one sort, count int) ([]time.Duration, error) {
	times := make([][]time.Duration, clients)
	errs := make([]error, clients)
	var wait sync.WaitGroup
	for n := range clients {
		wait.Go(func() {
			chance, client := random.New(random.NewPCG(uint64(n), 15)), b.signedIn[n]
			var err error
			for i := 0; err == nil && i < count/clients+warm; i++ {
				address, holds := one.ask(b, chance)
				var took time.Duration
				if took, err = b.get(client, address, holds); i >= warm {
					times[n] = append(times[n], took)
				}
			}
			errs[n] = err
		})
	}
	wait.Wait()
	return slices.Concat(times...), errors.Join(errs...)
}

// warm is how many requests of each client do not count.
const warm = 3

func (b *bench) get(client *http.Client, address string, holds []string) (time.Duration, error) {
	request, err := http.NewRequest(http.MethodGet, b.address+address, nil)
	if err != nil {
		return 0, err
	}
	request.Header.Set("Accept", "text/html") // as browsers do: then the page tells what waits for the person
	began := time.Now()
	answer, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	took := time.Since(began)
	if err != nil || answer.StatusCode != http.StatusOK {
		return took, errors.Join(err, fmt.Errorf("%s was answered %d", address, answer.StatusCode))
	}
	text := string(body)
	for _, one := range holds {
		if !strings.Contains(text, one) {
			return took, fmt.Errorf("the answer to %s does not hold %q", address, one)
		}
	}
	return took, nil
}

// today is the day of the server.
const today = 15

// expected is what answers must say, counted in one plain loop.
type expected struct {
	open   int
	state  [5]int
	school [schools][5]int
	exact  [5][3][5]int // by state, grade and kind
	late   [3][5]int    // by grade and kind
}

func (b *bench) expect() {
	for _, f := range b.rows {
		if states[f.state] != "closed" {
			b.expected.open++
		}
		b.expected.state[f.state]++
		b.expected.school[f.school][f.state]++
		b.expected.exact[f.state][f.grade][f.kind]++
		if f.due > 0 && f.due < today {
			b.expected.late[f.grade][f.kind]++
		}
	}
}

// all is how the page says how many rows there are.
func all(count int) string { return "共 " + shell.Count(count) + " 件" }

// list asks for a page of the open rows of the county, or for every row of one school.
func (b *bench) list(chance *random.Rand) (string, []string) {
	if chance.IntN(2) == 0 {
		return "/record/bench_finding?only=open&unit=" + countyCode + "&page=" + strconv.Itoa(1+chance.IntN(90)), []string{all(b.expected.open)}
	}
	school, count := chance.IntN(schools), 0
	for _, n := range b.expected.school[school] {
		count += n
	}
	return "/record/bench_finding?only=all&unit=" + schoolCode(school), []string{all(count)}
}

// filter asks for the late rows of a grade and a kind, or for those of a state, a grade and a kind, in the county.
func (b *bench) filter(chance *random.Rand) (string, []string) {
	state, grade, kind := chance.IntN(len(states)), chance.IntN(len(grades)), chance.IntN(len(kinds))
	query := url.Values{"unit": {countyCode}, "where": {"bench_grade:is:" + grades[grade], "bench_kind:is:" + kinds[kind]}}
	page := func(count int) { query.Set("page", strconv.Itoa(1+chance.IntN(max(1, min(20, count/100))))) }
	if chance.IntN(3) == 0 {
		query.Set("only", "late")
		page(b.expected.late[grade][kind])
		return "/record/bench_finding?" + query.Encode(), []string{all(b.expected.late[grade][kind])}
	}
	query.Set("only", "all")
	page(b.expected.exact[state][grade][kind])
	query.Add("where", "state:is:"+states[state])
	return "/record/bench_finding?" + query.Encode(), []string{all(b.expected.exact[state][grade][kind])}
}

// board asks for the board of the county or of one school.
func (b *bench) board(chance *random.Rand) (string, []string) {
	where, counts := countyCode, b.expected.state
	if chance.IntN(2) == 0 {
		school := chance.IntN(schools)
		where, counts = schoolCode(school), b.expected.school[school]
	}
	var holds []string
	for _, count := range counts {
		holds = append(holds, shell.Count(count))
	}
	return "/record/bench_finding/board?unit=" + where, holds
}
