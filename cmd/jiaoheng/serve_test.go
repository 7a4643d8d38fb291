package main

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"jiaoheng/action"
	"jiaoheng/notice"
	"jiaoheng/store"
)

// start runs a command that serves and returns the lines it prints and a function that stops it and gives the exit code.
func start(t *testing.T, args ...string) (lines *bufio.Scanner, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	reader, writer := io.Pipe()
	exit := make(chan int, 1)
	go func() {
		exit <- run(ctx, args, strings.NewReader(""), writer, io.Discard, nil)
		writer.Close()
	}()
	stop = func() int {
		cancel()
		go io.Copy(io.Discard, reader)
		return <-exit
	}
	return bufio.NewScanner(reader), stop
}

func TestServePrintsAddressAndFirstLinkAndStops(t *testing.T) {
	key := filepath.Join(t.TempDir(), "master.key")
	lines, stop := start(t, "serve", "--data", t.TempDir(), "--key", key, "--listen", "127.0.0.1:0")
	var text string
	for range 3 {
		lines.Scan()
		text += lines.Text() + "\n"
	}
	link := regexp.MustCompile(`http://127\.0\.0\.1:\d+/link/\S+`).FindString(text)
	if link == "" {
		t.Fatalf("no link in %q", text)
	}
	answer, err := http.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("the link answers %d", answer.StatusCode)
	}
	if exit := stop(); exit != exitDone {
		t.Errorf("exit %d", exit)
	}
}

func TestServeRefusesABusyPortAndDemoMovesOn(t *testing.T) {
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	taken := busy.Addr().String()
	args := []string{"serve", "--data", t.TempDir(), "--key", filepath.Join(t.TempDir(), "k"), "--listen", taken}
	if exit := run(context.Background(), args, strings.NewReader(""), io.Discard, io.Discard, nil); exit != exitFault {
		t.Errorf("serve on a busy port: exit %d", exit)
	}
	next, err := listenNear(taken)
	if err != nil {
		t.Fatal(err)
	}
	defer next.Close()
	if next.Addr().String() == taken {
		t.Error("the demo took a busy port")
	}
}

func TestFreshRemovesNothingButDemoData(t *testing.T) {
	folder := t.TempDir()
	if err := throwAway(filepath.Join(folder, "absent"), filepath.Join(folder, "absent.key")); err != nil {
		t.Errorf("nothing to remove: %v", err)
	}
	other := filepath.Join(folder, "other")
	if err := writeOutput(filepath.Join(folder, "file"), []byte("x"), nil); err != nil {
		t.Fatal(err)
	}
	if err := throwAway(folder, other); err == nil {
		t.Error("a folder without a demo key was removed")
	}
}

// What waited when the program was started is sent by the server by itself.
func TestServeSendsWhatWaits(t *testing.T) {
	ctx, data, key := context.Background(), t.TempDir(), filepath.Join(t.TempDir(), "master.key")
	posted := make(chan string, 1)
	group := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		_, _ = io.WriteString(w, `{"errcode":0,"errmsg":"ok"}`)
		posted <- string(body)
	}))
	defer group.Close()
	s, err := store.Open(ctx, store.Options{DataDir: data, KeyFile: key})
	if err != nil {
		t.Fatal(err)
	}
	channel := notice.Channel{Name: "督导工作群", Kind: notice.KindWecom, On: true, Address: group.URL, Unit: "990121"}
	for _, err := range []error{notice.SaveSetting(ctx, s, action.TheProgram(), notice.Setting{LocalNetwork: true}), notice.SaveChannel(ctx, s, action.TheProgram(), channel)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	channels, err := s.Channels(ctx)
	if err != nil || len(channels) != 1 {
		t.Fatalf("%d channels, %v", len(channels), err)
	}
	if _, err := notice.Test(ctx, s, action.TheProgram(), channels[0], ""); err != nil {
		t.Fatal(err)
	}
	s.Close()
	_, stop := start(t, "serve", "--data", data, "--key", key, "--listen", "127.0.0.1:0")
	if body := <-posted; !strings.Contains(body, "【教衡】测试消息") {
		t.Errorf("posted %s", body)
	}
	if exit := stop(); exit != exitDone {
		t.Errorf("exit %d", exit)
	}
}
