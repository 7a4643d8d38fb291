// Command reading measures the plan reader: 50,000 characters of plans, and 1 MB of hostile noise.
//
// It reads the invented plans under plan/reading/testdata/corpus, writes toned pinyin behind every fourth character so that
// the repair has work, joins them to 50,000 characters and times intake, repair and reading together. Before any
// figure is printed it checks the answer: the noisy text must give the items of the clean text. Run it from the root:
//
//	go run ./bench/reading
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"

	"jiaoheng/document"
	"jiaoheng/intake"
	"jiaoheng/plan/reading"
)

// The bars and the sizes that they speak of.
const (
	characters    = 50_000
	hostileBytes  = 1 << 20
	runs          = 21
	barMillis     = 100
	barMegabytes  = 64
	barHostileSec = 2
)

func main() {
	plain, noisy := corpus()
	want, got := read(plain), read(noisy)
	if a, b := count(want), count(got); a != b {
		fmt.Fprintf(os.Stderr, "the noisy text gives %+v, the clean one %+v\n", b, a)
		os.Exit(1)
	}
	fmt.Printf("%s %s/%s, %d processors\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	fmt.Printf("items: %+v, the same from the clean and from the noisy text\n", count(got))
	over := report("clean", plain, barMillis)
	over = report("noisy", noisy, barMillis) || over
	peak := memory(noisy)
	fmt.Printf("memory: %d MB above the start (bar %d MB)\n", peak, barMegabytes)
	over = over || peak > barMegabytes
	for name, text := range hostile() {
		over = report("hostile "+name, text, barHostileSec*1000) || over
	}
	if over {
		fmt.Println("a bar is not met")
		os.Exit(1)
	}
}

// counts are the numbers of items of a draft.
type counts struct{ headings, targets, facts, tasks, projects, mechanisms int }

func count(d reading.Draft) counts {
	return counts{len(d.Outline), len(d.Targets), len(d.Facts), len(d.Tasks), len(d.Projects), len(d.Mechanisms)}
}

func read(text string) reading.Draft {
	source, err := intake.Read(context.Background(), "plan.txt", []byte(text))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return reading.Read(document.Clean(source))
}

// corpus returns 50,000 characters of invented plans, as they are and with pinyin behind every fourth character.
func corpus() (plain, noisy string) {
	names, err := filepath.Glob("plan/reading/testdata/corpus/*.txt")
	if err != nil || len(names) == 0 {
		fmt.Fprintln(os.Stderr, "run this from the root of the project: plan/reading/testdata/corpus is not there")
		os.Exit(1)
	}
	slices.Sort(names)
	var all strings.Builder
	for utf8.RuneCountInString(all.String()) < characters {
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			all.Write(data)
			all.WriteByte('\n')
		}
	}
	plain = string([]rune(all.String())[:characters])
	tones := pinyin.NewArgs()
	tones.Style = pinyin.Tone
	var out strings.Builder
	for i, c := range []rune(plain) {
		out.WriteRune(c)
		if said := pinyin.SinglePinyin(c, tones); i%4 == 0 && len(said) > 0 {
			out.WriteString("(" + said[0] + ")")
		}
	}
	return plain, out.String()
}

// report times one text and tells whether its median is over the bar.
func report(name, text string, barMillis int) bool {
	n := runs
	if len(text) >= hostileBytes/2 {
		n = 5
	}
	times := make([]time.Duration, n)
	for i := range times {
		start := time.Now()
		read(text)
		times[i] = time.Since(start)
	}
	slices.Sort(times)
	fmt.Printf("%s: %d characters, median %d ms, fastest %d ms, slowest %d ms of %d runs (bar %d ms)\n", name, utf8.RuneCountInString(text),
		times[n/2].Milliseconds(), times[0].Milliseconds(), times[n-1].Milliseconds(), n, barMillis)
	return times[n/2] > time.Duration(barMillis)*time.Millisecond
}

// memory returns how many megabytes the process asks from the system while it reads text, above what it holds before.
func memory(text string) uint64 {
	debug.FreeOSMemory()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	done, peak := make(chan struct{}), uint64(0)
	go func() { read(text); close(done) }()
	for running := true; running; {
		select {
		case <-done:
			running = false
		case <-time.After(time.Millisecond):
		}
		runtime.ReadMemStats(&now)
		peak = max(peak, now.HeapInuse+now.StackInuse)
	}
	return (peak - min(peak, before.HeapInuse+before.StackInuse)) >> 20
}

// hostile returns texts made to be slow: 1 MB each.
func hostile() map[string]string {
	repeat := func(s string) string { return strings.Repeat(s, hostileBytes/len(s)) }
	return map[string]string{
		"brackets": repeat("（(教"), "pinyin": repeat("(jiāo)教ji"), "headings": repeat("（一）\n1."), "numbers": repeat("1 2,3.4％至"),
		"one line": repeat("教育局负责开展工作，"), "tables": repeat("指标|单位|2025年\n"), "quotes": repeat("“《专栏教"),
		"rhythms": repeat("每年1次"), "pairs": repeat("由1%"), "years": repeat("2025年"), "counts": repeat("新建3所"), "members": repeat("小学、1.5和"),
	}
}
