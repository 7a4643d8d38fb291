package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"syscall"

	"jiaoheng/demo"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/person"
	"jiaoheng/store"
	"jiaoheng/web"
)

// portsTried is how many ports above a busy one the demo tries.
const portsTried = 20

// hashesAtOnce bounds the memory of passwords that are checked at the same time.
const hashesAtOnce = 4

// demoCommand makes or opens the invented county and serves it.
type demoCommand struct {
	Listen string `default:"127.0.0.1:8080" placeholder:"ADDR" help:"Address to listen on; a busy port moves to the next free one."`
	Data   string `placeholder:"DIR" help:"Folder of the data; without it a folder in the user's cache."`
	Fresh  bool   `help:"Throw the demo data away and make it again."`
}

// Run makes the county where it is not there yet, then serves it and prints one account per role.
func (c *demoCommand) Run(e *environment) error {
	folder, key, err := c.place()
	if err != nil {
		return err
	}
	if c.Fresh {
		if err := throwAway(folder, key); err != nil {
			return err
		}
	}
	s, err := store.Open(e.context, store.Options{DataDir: folder, KeyFile: key})
	if err != nil {
		return err
	}
	defer s.Close()
	hasher, err := person.NewHasher(person.OfficialCost, hashesAtOnce, rand.Reader)
	if err != nil {
		return err
	}
	fmt.Fprintln(e.err, message.Text(e.language, "command.demo_opening", message.Args{"folder": folder}))
	if err := demo.Load(e.context, s, hasher); err != nil {
		return err
	}
	listener, err := listenNear(c.Listen)
	if err != nil {
		return err
	}
	return serve(e, s, web.Options{Store: s, Hasher: hasher}, listener, func() { c.greet(e, listener) })
}

// place returns the data folder and, beside it, the file of its key: the demo's key protects nothing real.
func (c *demoCommand) place() (folder, key string, err error) {
	folder = c.Data
	if folder == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return "", "", fault.New("command.no_cache", nil)
		}
		folder = filepath.Join(cache, "jiaoheng", "demo")
	}
	if folder, err = filepath.Abs(folder); err != nil {
		return "", "", err
	}
	return folder, folder + ".key", nil
}

// throwAway removes demo data and nothing else: a folder that holds other files is left alone.
func throwAway(folder, key string) error {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := os.Stat(key); err != nil && len(entries) > 0 {
		return fault.At(fault.Place{File: folder}, "command.not_demo", nil)
	}
	return errors.Join(os.RemoveAll(folder), os.RemoveAll(key))
}

// listenNear listens on address or, when its port is busy, on the next free one.
func listenNear(address string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(address)
	first, failed := strconv.Atoi(port)
	if err != nil || failed != nil {
		return nil, fault.New("command.cannot_listen", message.Args{"address": address, "error": "host:port"})
	}
	for n := first; ; n++ {
		listener, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(n)))
		if err == nil {
			return listener, nil
		}
		if !errors.Is(err, syscall.EADDRINUSE) || n >= first+portsTried || first == 0 {
			return nil, fault.New("command.cannot_listen", message.Args{"address": address, "error": reasonOf(err)})
		}
	}
}

func (c *demoCommand) greet(e *environment, listener net.Listener) {
	fmt.Fprintln(e.out, message.Text(e.language, "command.serving", message.Args{"address": addressOf(listener)}))
	fmt.Fprintln(e.out, message.Text(e.language, "command.demo_accounts", message.Args{"password": demo.Password}))
	for _, m := range demo.Members() {
		fmt.Fprintf(e.out, "  %s %s %s\n", pad(m.Account, 14), pad(m.Role.Text(e.language), 24), m.Name)
	}
}
