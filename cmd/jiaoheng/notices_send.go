package main

import (
	"fmt"
	"log/slog"

	"jiaoheng/message"
	"jiaoheng/notice"
	"jiaoheng/todo"
	"jiaoheng/web"
)

// noticesCommand makes the digest of the day, when its hour has come, and sends what waits: what the server does by itself
// while it runs.
type noticesCommand struct {
	storeFlags
	JSON bool `name:"json" help:"Print one JSON document."`
}

// noticesSent is the answer as JSON.
type noticesSent struct {
	Digest todo.DigestReport `json:"digest"`
	Sent   notice.Report     `json:"deliveries"`
}

// Run prints what was told and sent.
func (c *noticesCommand) Run(e *environment) error {
	s, err := c.openExisting(e)
	if err != nil {
		return err
	}
	defer s.Close()
	desk, err := web.OpenTodo(e.context, s)
	if err != nil {
		return err
	}
	var answer noticesSent
	if answer.Digest, err = desk.Digest(e.context, s.Now()); err != nil {
		return err
	}
	if answer.Sent, err = web.Dispatcher(s, slog.New(slog.NewTextHandler(e.err, nil))).Pass(e.context); err != nil {
		return err
	}
	if c.JSON {
		return e.sayJSON(answer)
	}
	fmt.Fprintln(e.out, message.Text(e.language, "command.notices_sent", message.Args{"persons": answer.Digest.Persons, "robots": answer.Digest.Robots,
		"sent": answer.Sent.Sent, "refused": answer.Sent.Refused, "failed": answer.Sent.Failed, "unknown": answer.Sent.Unknown, "dropped": answer.Sent.Dropped}))
	return nil
}
