//go:build browser

package browser_test

// These tests look at the pages with Chromium: what the reader sees, on a desk and on a phone, in both languages.
// They fail where Chromium is missing. Every wait is for a condition of the page.

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"jiaoheng/demo"
	"jiaoheng/person"
	"jiaoheng/store"
	"jiaoheng/web"
)

// patience bounds one step; it is reached only by a page that never comes.
const patience = 20 * time.Second

// size is a screen.
type size struct {
	name          string
	width, height int64
}

var (
	desk  = size{"desk", 1366, 768}
	phone = size{"phone", 390, 844}
)

// site is a server over a new data folder.
type site struct {
	store  *store.Store
	hasher *person.Hasher
	url    string
}

// newSite starts a server; with the invented county and its plan when county is true.
func newSite(t *testing.T, county bool) site {
	t.Helper()
	ctx := context.Background()
	opened, err := store.Open(ctx, store.Options{DataDir: t.TempDir(), KeyFile: strings.Repeat("5a", 32)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	hasher, err := person.NewHasher(person.Cost{Memory: 8, Passes: 1, Threads: 1}, 1, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	handler, err := web.New(web.Options{Store: opened, Hasher: hasher, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	s := site{opened, hasher, server.URL}
	if county {
		if err := demo.Load(ctx, opened, hasher); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// tab is one page of a browser, and everything that went wrong in it.
type tab struct {
	*testing.T
	ctx   context.Context
	site  site
	lock  sync.Mutex
	bad   []string
	bytes float64
	data  string // what was entered or handed over, as in dataOf
}

// open starts Chromium with a screen of the size given and a language; a fresh profile each time.
func open(t *testing.T, s site, screen size, language string) *tab {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatalf("Chromium is needed for these tests: %v", err)
	}
	ctx, cancel := chromedp.NewContext(context.Background(), chromedp.WithAllocatorOptions(chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.Flag("hide-scrollbars", true), chromedp.Flag("disable-background-networking", true)))
	t.Cleanup(cancel)
	one := &tab{T: t, ctx: ctx, site: s, data: dataOf(t, s)}
	// The first call starts the browser, which lives as long as its context: it gets no time limit.
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(screen.width, screen.height)); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	if err := chromedp.Listen(ctx, one.hear); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: "language", Value: language, URL: s.url}); err != nil {
		t.Fatal(err)
	}
	return one
}

// hear notes what no page may do: write errors to the console, break the policy, ask another host.
func (b *tab) hear(event any) {
	b.lock.Lock()
	defer b.lock.Unlock()
	switch e := event.(type) {
	case *cdplog.EventEntryAdded:
		if e.Entry.Level == "error" || e.Entry.Level == "warning" || e.Entry.Source == "security" {
			b.bad = append(b.bad, fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL))
		}
	case *runtime.EventExceptionThrown:
		b.bad = append(b.bad, "exception: "+e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "warning" {
			b.bad = append(b.bad, "console: "+string(e.Type))
		}
	case *network.EventRequestWillBeSent:
		if address, err := url.Parse(e.Request.URL); err == nil && address.Scheme != "data" && "http://"+address.Host != b.site.url {
			b.bad = append(b.bad, "request to another host: "+e.Request.URL)
		}
	case *network.EventLoadingFinished:
		b.bytes += e.EncodedDataLength
	}
}

// quiet fails when anything bad was heard since the last call, save a refusal of the status that the test provoked.
func (b *tab) quiet(expected ...string) {
	b.Helper()
	b.lock.Lock()
	defer b.lock.Unlock()
	for _, bad := range b.bad {
		provoked := false
		for _, text := range expected {
			provoked = provoked || strings.Contains(bad, text)
		}
		if !provoked {
			b.Error(bad)
		}
	}
	b.bad = nil
}

// do runs steps and fails with what was being done.
func (b *tab) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.Fatalf("%s: %v", what, err)
	}
}

// visit opens an address and waits until its scripts run.
func (b *tab) visit(path string) {
	b.Helper()
	b.do("visit "+path, chromedp.Navigate(b.site.url+path), ready)
	b.shoot(path)
}

var ready = chromedp.WaitReady(chromedp.CSS("html[data-ready]"))

// signIn signs in through the page.
func (b *tab) signIn(login string) {
	b.Helper()
	b.visit("/signin")
	b.do("sign in as "+login, chromedp.SendKeys(chromedp.CSS("#field-login"), login), chromedp.SendKeys(chromedp.CSS("#field-password"), demo.Password+"\r"),
		chromedp.WaitVisible(chromedp.CSS(".top")), ready)
}

// ask evaluates a script and decodes its result.
func ask[T any](b *tab, script string) T {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	data, err := chromedp.Run(ctx, chromedp.Evaluate[[]byte](script))
	if err != nil {
		b.Fatalf("script: %v\n%s", err, script)
	}
	var value T
	if err := json.Unmarshal(data, &value); err != nil {
		b.Fatalf("result %s: %v", data, err)
	}
	return value
}

// shoot stores a picture of the whole page in the folder that JIAOHENG_SHOTS names, for people who look at the pages.
func (b *tab) shoot(path string) {
	folder := os.Getenv("JIAOHENG_SHOTS")
	if folder == "" {
		return
	}
	data, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.Fatal(err)
	}
	name := strings.NewReplacer("/", "_", "?", "_", "=", "_", " ", "_").Replace(b.Name() + path)
	if err := os.WriteFile(filepath.Join(folder, name+".png"), data, 0o644); err != nil {
		b.Fatal(err)
	}
}

// withoutScripts turns the scripts of pages off.
func (b *tab) withoutScripts() {
	b.Helper()
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		b.Fatal(err)
	}
}

// onPaper shows pages as they print.
func (b *tab) onPaper() {
	b.Helper()
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		b.Fatal(err)
	}
}

// clearCookies forgets who is signed in and keeps the language.
func clearCookies(s site, language string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		if _, err := cdp.Call(ctx, t, network.ClearBrowserCookies, cdp.Empty{}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, t, network.SetCookie, network.SetCookieParams{Name: "language", Value: language, URL: s.url})
		return err
	})
}
