package main

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
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
