package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/bench/machine"
	"jiaoheng/register"
)

// question is one pivot: the indicators in some order.
type question struct {
	order []int
	page  bool
}

func (q question) address(base string) string {
	query := url.Values{"unit": {cityCode}, "level": {"county"}}
	for _, k := range q.order {
		query.Add("name", indicatorOf(k))
	}
	for month := range months {
		query.Add("at", monthAt(month).String())
	}
	path := "/indicator/pivot.json?"
	if q.page {
		path = "/indicator/pivot?"
	}
	return base + path + query.Encode()
}

// ask returns how long the whole answer took, and an error for a wrong one.
func (b *bench) ask(client *http.Client, q question) (time.Duration, error) {
	began := time.Now()
	answer, err := client.Get(q.address(b.address))
	if err != nil {
		return 0, err
	}
	body, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	took := time.Since(began)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("status %d: %.2000s", answer.StatusCode, body)
	}
	if err != nil {
		return 0, err
	}
	if q.page {
		return took, b.checkPage(string(body), q)
	}
	return took, b.checkDocument(body, q)
}

func (b *bench) checkDocument(body []byte, q question) error {
	type row struct {
		Unit   string
		Values []*float64
	}
	var document struct {
		Rows  []row
		Total row
	}
	if err := json.Unmarshal(body, &document); err != nil {
		return err
	}
	rows := append(document.Rows, document.Total)
	if len(rows) != counties+1 {
		return fmt.Errorf("%d rows", len(rows))
	}
	for county, one := range rows {
		if len(one.Values) != indicators*months || county < counties && one.Unit != countyCode(county) {
			return fmt.Errorf("row %s with %d values", one.Unit, len(one.Values))
		}
		for place, value := range one.Values {
			want := b.want(q, county, place)
			if value == nil || math.Abs(*value-want) > 1e-9*want {
				return fmt.Errorf("%s, place %d: %v, want %v", one.Unit, place, value, want)
			}
		}
	}
	return nil
}

// want is the figure of a county, or of the city after them, at a place of its row: 100 × the total of an item over that of
// item 0.
func (b *bench) want(q question, county, place int) float64 {
	month := place % months
	return 100 * b.totals[q.order[place/months]+1][month][county] / b.totals[0][month][county]
}

// checkPage looks for every figure, as it is written, in its order.
func (b *bench) checkPage(body string, q question) error {
	for county := range counties + 1 {
		for place := range indicators * months {
			text := fmt.Sprintf(">%.2f<", b.want(q, county, place))
			at := strings.Index(body, text)
			if at < 0 {
				return fmt.Errorf("the page lacks %s", text)
			}
			body = body[at+len(text):]
		}
	}
	return nil
}

// series asks so many times by so many clients and returns the times in order.
func (b *bench) series(clients, count int, page bool) ([]time.Duration, error) {
	var lock sync.Mutex
	var waiting sync.WaitGroup
	var all []time.Duration
	var failed error
	b.totals = b.facts.totals()
	for k := range clients {
		client, err := machine.SignIn(b.address, login, password)
		if err != nil {
			return nil, err
		}
		chance := rand.New(rand.NewPCG(uint64(k), uint64(count)))
		waiting.Go(func() {
			for range count / clients {
				took, err := b.ask(client, question{order: chance.Perm(indicators), page: page})
				lock.Lock()
				if all = append(all, took); err != nil {
					failed = err
				}
				lock.Unlock()
				if err != nil {
					return
				}
			}
		})
	}
	waiting.Wait()
	slices.Sort(all)
	return all, failed
}

func at(sorted []time.Duration, percent int) time.Duration {
	return sorted[min(len(sorted)-1, len(sorted)*percent/100)].Round(10 * time.Microsecond)
}

// measure prints every series.
func (b *bench) measure(ctx context.Context, out io.Writer) error {
	client, err := machine.SignIn(b.address, login, password)
	if err != nil {
		return err
	}
	b.totals = b.facts.totals()
	first, err := b.ask(client, question{order: rand.Perm(indicators)})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "first answer, facts read from the database: %s\n", first.Round(time.Millisecond))
	met := true
	for _, one := range []struct {
		name           string
		clients, count int
		page           bool
	}{{"document, 1 client", 1, 600, false}, {"document, 8 clients", 8, 1200, false}, {"page, 1 client", 1, 500, true}, {"page, 8 clients", 8, 800, true}} {
		times, err := b.series(one.clients, one.count, one.page)
		if err != nil {
			return fmt.Errorf("%s: %w", one.name, err)
		}
		word := ""
		if one.clients == 1 {
			met = met && at(times, 95) <= bar
			word = fmt.Sprintf("  bar: %s at the 95th percentile", bar)
		}
		fmt.Fprintf(out, "%-22s %5d answers  p50 %-8s p95 %-8s p99 %-8s%s\n", one.name, len(times), at(times, 50), at(times, 95), at(times, 99), word)
	}
	times, err := b.changed(ctx, client)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%-22s %5d answers  p50 %-8s p95 %-8s p99 %-8s\n", "after each change", len(times), at(times, 50), at(times, 95), at(times, 99))
	if !met {
		return errBar
	}
	return nil
}

// changed changes one number before each question.
func (b *bench) changed(ctx context.Context, client *http.Client) ([]time.Duration, error) {
	var all []time.Duration
	for k := range 40 {
		if err := b.change(ctx, k*149%schools, k%months, float64(3000+k)); err != nil {
			return nil, err
		}
		b.totals = b.facts.totals()
		took, err := b.ask(client, question{order: rand.Perm(indicators)})
		if err != nil {
			return nil, err
		}
		all = append(all, took)
	}
	slices.Sort(all)
	return all, nil
}

// change stores another number for the second item of a school.
func (b *bench) change(ctx context.Context, school, month int, number float64) error {
	b.facts[1][month][school] = number
	cells := make([]register.Cell, items)
	for item := range items {
		cells[item] = register.Cell{Known: true, Number: b.facts[item][month][school]}
	}
	row := register.Row{Unit: schoolCode(school), Period: monthAt(month), Cells: cells, Origin: register.Origin{Kind: "demo", At: b.store.Now()}}
	return action.Do(ctx, b.store, action.TheProgram(), action.Write{Name: "demo.action.facts", Thing: access.Thing{Class: access.Fact},
		Do: func(ctx context.Context, _ action.Tx) error {
			_, err := b.store.RegisterUpsert(ctx, b.register, register.Batch{Rows: []register.Row{row}})
			return err
		}})
}
