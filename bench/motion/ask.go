package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"jiaoheng/bench/machine"
	"jiaoheng/export/docx"
	"jiaoheng/message"
	"jiaoheng/person"
	"jiaoheng/plan/target"
	"jiaoheng/report"
	"jiaoheng/web"
	"jiaoheng/web/shell"
)

// warm is how many requests of each client do not count.
const warm = 3

// options are those of the pages over the board that is measured.
func (b *bench) options() (web.Options, error) {
	hasher, err := person.NewHasher(person.Cost{Memory: 8, Passes: 1, Threads: 1}, 1, rand.Reader)
	o := web.Options{Store: b.store, Hasher: hasher, Log: slog.New(slog.DiscardHandler), Desk: b.desk, Board: b.board}
	return o, err
}

// pages asks for the overview of the leader and prints how long answers took.
func (b *bench) pages(_ context.Context, out io.Writer) error {
	if err := b.serve(); err != nil {
		return err
	}
	view, err := b.board.View(context.Background())
	if err != nil {
		return err
	}
	var counts target.Counts
	for t := range b.targets {
		counts[b.light(view.Rules, t, 0)]++
	}
	var holds []string
	for _, light := range target.Lights() {
		holds = append(holds, light.Text(message.Chinese)+shell.Count(counts[light]))
	}
	used := machine.Processor()
	times, size, err := b.series(holds)
	used = machine.Processor() - used
	if err != nil {
		return err
	}
	slices.Sort(times)
	at := func(share float64) time.Duration {
		return times[int(share*float64(len(times)-1))].Round(100 * time.Microsecond)
	}
	fmt.Fprintf(out, "  overview of a leader: %d requests, %d clients, loopback, warm; median %s, 95th percentile %s, longest %s (bar %s); processor time of one, with the client's part, %s; a page of %d kB, every answer checked; load of the machine %s\n",
		len(times), clients, at(0.5), at(0.95), at(1), barPage, (used / (requests + clients*warm)).Round(100*time.Microsecond), size>>10, machine.Load())
	if at(0.95) > barPage {
		return errBar
	}
	return nil
}

// serve starts the handler of every page on a free port and signs every client in.
func (b *bench) serve() error {
	o, err := b.options()
	if err != nil {
		return err
	}
	handler, err := web.New(o)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	b.address = "http://" + listener.Addr().String()
	go http.Serve(listener, handler)
	for range clients { // one after the other: passwords are checked by one at a time
		client, err := machine.SignIn(b.address, login, password)
		if err != nil {
			return err
		}
		b.signedIn = append(b.signedIn, client)
	}
	return nil
}

// series asks for the overview by all clients at once, after some requests that do not count.
func (b *bench) series(holds []string) (times []time.Duration, size int, err error) {
	taken, errs, sizes := make([][]time.Duration, clients), make([]error, clients), make([]int, clients)
	var wait sync.WaitGroup
	for n := range clients {
		wait.Go(func() {
			for i := range requests/clients + warm {
				took, page, err := b.get(b.signedIn[n], "/")
				if err == nil {
					err = check(page, holds)
				}
				if err != nil {
					errs[n] = err
					return
				}
				if sizes[n] = len(page); i >= warm {
					taken[n] = append(taken[n], took)
				}
			}
		})
	}
	wait.Wait()
	return slices.Concat(taken...), sizes[0], errors.Join(errs...)
}

func (b *bench) get(client *http.Client, path string) (time.Duration, string, error) {
	request, err := http.NewRequest(http.MethodGet, b.address+path, nil)
	if err != nil {
		return 0, "", err
	}
	request.Header.Set("Accept", "text/html")
	began := time.Now()
	answer, err := client.Do(request)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	took := time.Since(began)
	if err != nil || answer.StatusCode != http.StatusOK {
		return took, "", errors.Join(err, fmt.Errorf("%s was answered %d", path, answer.StatusCode))
	}
	return took, string(body), nil
}

var (
	tag    = regexp.MustCompile(`(?s)<script.*?</script>|<[^>]*>`)
	blanks = regexp.MustCompile(`\s+`)
)

// check asks that a page shows every text, tags and blanks aside.
func check(page string, holds []string) error {
	shown := blanks.ReplaceAllString(html.UnescapeString(tag.ReplaceAllString(page, " ")), "")
	for _, want := range holds {
		if !strings.Contains(shown, want) {
			return fmt.Errorf("the page does not show %q: %s", want, shown)
		}
	}
	return nil
}

// report composes the yearly report of every county and prints how long the slowest took, document included.
func (b *bench) report(ctx context.Context, out io.Writer) error {
	o, err := b.options()
	if err == nil {
		err = o.Open(ctx)
	}
	if err != nil {
		return err
	}
	desk := web.Reports(o)
	view, err := b.board.View(ctx)
	if err != nil {
		return err
	}
	var longest time.Duration
	size, used := 0, machine.Processor()
	for c := range counties {
		began := time.Now()
		one, err := desk.Compose(ctx, report.Ask{Kind: report.Yearly, Plan: planID, Unit: countyCode(c), Day: today})
		if err != nil {
			return err
		}
		data, err := docx.WriteReport(*one)
		if err != nil {
			return err
		}
		longest, size = max(longest, time.Since(began)), max(size, len(data))
		if len(one.Lights) != len(b.targets) {
			return fmt.Errorf("the report of county %d tells of %d targets", c+1, len(one.Lights))
		}
		for t, lit := range one.Lights {
			if want := b.light(view.Rules, t, 1+c); lit.Light != want {
				return fmt.Errorf("the report of county %d says that target %d is %s, the plain loop finds %s", c+1, t+1, lit.Light.Key(), want.Key())
			}
		}
	}
	fmt.Fprintf(out, "  yearly report of a county as .docx: longest of %d %s (bar %s), processor time of one %s, %d kB; every light checked; load of the machine %s\n",
		counties, longest.Round(time.Millisecond), barReport, ((machine.Processor() - used) / counties).Round(time.Millisecond), size>>10, machine.Load())
	if longest > barReport {
		return errBar
	}
	return nil
}
