//go:build slow

package store_test

import (
	"bufio"
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"strings"
	"testing"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/attachment"
	"jiaoheng/person"
	"jiaoheng/store"
)

// crashFolder names the data folder to the child process, which writes until it is killed.
const crashFolder = "JIAOHENG_TEST_CRASH_FOLDER"

func TestMain(m *testing.M) {
	if folder := os.Getenv(crashFolder); folder != "" {
		fmt.Fprintln(os.Stderr, writeUntilKilled(folder))
		os.Exit(3)
	}
	os.Exit(m.Run())
}

// writeUntilKilled prints the ids of each action after it was acknowledged.
func writeUntilKilled(folder string) error {
	ctx := context.Background()
	s, err := store.Open(ctx, store.Options{DataDir: folder, KeyFile: testKey})
	if err != nil {
		return err
	}
	for {
		p, err := person.Create(ctx, s, action.TheProgram(), access.Unit{}, person.Person{Name: "甲"})
		if err != nil {
			return err
		}
		prepared := attachment.Prepared{Name: "a.txt", Kind: attachment.Text, Data: []byte(p.ID)}
		a, err := attachment.Add(ctx, s, action.TheProgram(), access.Thing{Class: access.Record}, attachment.Owner{Table: "person", Row: p.ID}, prepared, true)
		if err != nil {
			return err
		}
		fmt.Println(p.ID, a.ID)
	}
}

// What was acknowledged is there after a kill -9 at any moment, and the chain holds.
func TestAcknowledgedMeansStoredAcrossKills(t *testing.T) {
	folder := t.TempDir()
	var acknowledged []string
	for range 8 {
		acknowledged = append(acknowledged, killAfter(t, folder, 5+randomBelow(t, 60))...)
		s, err := store.Open(context.Background(), store.Options{DataDir: folder, KeyFile: testKey})
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range acknowledged {
			personID, attachmentID, _ := strings.Cut(line, " ")
			if _, err := s.Person(context.Background(), personID); err != nil {
				t.Errorf("person %s was acknowledged: %v", personID, err)
			}
			if data, err := s.AttachmentData(context.Background(), attachmentID); err != nil || string(data) != personID {
				t.Errorf("attachment %s was acknowledged: %q, %v", attachmentID, data, err)
			}
		}
		mustVerify(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d acknowledged writes over 8 kills", len(acknowledged))
}

func randomBelow(t *testing.T, n int64) int {
	t.Helper()
	number, err := rand.Int(rand.Reader, big.NewInt(n))
	if err != nil {
		t.Fatal(err)
	}
	return int(number.Int64())
}

// killAfter lets a child write and kills it when it has acknowledged n lines; lines that were on their way count too.
func killAfter(t *testing.T, folder string, n int) []string {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), crashFolder+"="+folder)
	child.Stderr = os.Stderr
	output, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var lines []string
	scanner := bufio.NewScanner(output)
	for scanner.Scan() {
		if lines = append(lines, scanner.Text()); len(lines) == n {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := child.Wait(); err == nil || len(lines) < n {
		t.Fatalf("the child ended by itself after %d lines: %v", len(lines), err)
	}
	return lines
}
