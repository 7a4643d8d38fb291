package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/person"
	"jiaoheng/store"
	"jiaoheng/web"
)

// Limits of a connection. Uploads over slow lines need their time; a client that sends nothing is let go.
const (
	headerTimeout   = 10 * time.Second
	requestTimeout  = 15 * time.Minute
	idleTimeout     = 2 * time.Minute
	shutdownTimeout = 30 * time.Second
)

// serveCommand serves the pages until it is told to stop.
type serveCommand struct {
	storeFlags
	Listen string `default:"127.0.0.1:8080" placeholder:"ADDR" help:"Address to listen on."`
	HTTPS  bool   `name:"https" help:"The pages are reached over https through a proxy: cookies travel only there."`
}

// Run opens the data, prints the address and, before there is any account, the link for the first administrator.
func (c *serveCommand) Run(e *environment) error {
	s, err := c.open(e)
	if err != nil {
		return err
	}
	defer s.Close()
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fault.New("command.cannot_listen", message.Args{"address": c.Listen, "error": reasonOf(err)})
	}
	address := addressOf(listener)
	token, err := person.MakeFirstLink(e.context, s, rand.Reader)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	return serve(e, s, web.Options{Store: s, Secure: c.HTTPS}, listener, func() {
		fmt.Fprintln(e.out, message.Text(e.language, "command.serving", message.Args{"address": address}))
		if token != "" {
			fmt.Fprintln(e.out, message.Text(e.language, "command.first_link", message.Args{"link": address + "/link/" + token}))
		}
	})
}

// serve answers requests on listener until the context ends, then finishes the requests that run. ready is called
// when requests are taken.
func serve(e *environment, s *store.Store, options web.Options, listener net.Listener, ready func()) error {
	background, stop := context.WithCancel(context.WithoutCancel(e.context))
	defer stop()
	options.Background, options.Log, options.Keep = background, slog.New(slog.NewTextHandler(e.err, nil)), true
	if err := options.Open(background); err != nil {
		return errors.Join(err, listener.Close())
	}
	handler, err := web.New(options)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: headerTimeout, ReadTimeout: requestTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: 64 << 10}
	go s.KeepHouse(background, options.Log)
	go keepTime(background, options.Records, options.Log)
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	ready()
	select {
	case err := <-done:
		return err
	case <-e.context.Done():
	}
	ctx, cancel := context.WithTimeout(background, shutdownTimeout)
	defer cancel()
	return server.Shutdown(ctx)
}

// addressOf returns what to type into a browser on this machine.
func addressOf(listener net.Listener) string {
	host, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		return "http://" + listener.Addr().String()
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}
