package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/export/docx"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/report"
	"jiaoheng/store"
	"jiaoheng/web"
)

// reportCommand composes a report of a plan as a document that Word and WPS open.
type reportCommand struct {
	storeFlags
	Kind  string `arg:"" help:"weekly, monthly, quarterly, yearly, midterm or final."`
	Plan  string `placeholder:"ID" help:"The plan; may be left out when only one was adopted."`
	Unit  string `placeholder:"CODE" help:"The unit; without it the plan's own."`
	Day   string `placeholder:"DAY" help:"The figures are those of this day; without it today's."`
	Out   string `placeholder:"FILE.docx" help:"Where the document is written; - for standard output."`
	Draft bool   `help:"Keep it as a draft, to be written in and signed."`
	JSON  bool   `name:"json" help:"Print the report as one JSON document."`
}

// Run composes, keeps it where asked, and writes it.
func (c *reportCommand) Run(e *environment) error {
	s, err := c.openExisting(e)
	if err != nil {
		return err
	}
	defer s.Close()
	desk, err := c.desk(e, s)
	if err != nil {
		return err
	}
	ask, err := c.asked(e, s)
	if err != nil {
		return err
	}
	one, err := desk.Compose(e.context, ask)
	if err != nil {
		return err
	}
	if c.Draft {
		filed, err := report.FileDraft(e.context, s, action.TheProgram(), access.Unit{Code: one.Unit}, *one)
		if err != nil {
			return err
		}
		*one = filed.Report
	}
	return c.write(e, *one)
}

func (c *reportCommand) desk(e *environment, s *store.Store) (*report.Desk, error) {
	options := web.Options{Store: s}
	if err := options.Open(e.context); err != nil {
		return nil, err
	}
	return web.Reports(options), nil
}

// asked reads the arguments; everything that is wrong with them is told at once, the rest by the desk.
func (c *reportCommand) asked(e *environment, s *store.Store) (report.Ask, error) {
	ask := report.Ask{Kind: report.Kind(c.Kind), Plan: c.Plan, Unit: c.Unit, Day: s.Today()}
	var faults fault.List
	if c.Day != "" {
		day, ok := period.ParseDate(c.Day)
		if !ok {
			faults.Add(fault.New("command.report_day", message.Args{"text": c.Day}))
		}
		ask.Day = day
	}
	if c.Out == "" && !c.JSON && !c.Draft {
		faults.Add(fault.New("command.report_nowhere", nil))
	}
	if c.Out == "-" && c.JSON {
		faults.Add(fault.New("command.report_twice", nil))
	}
	if ask.Plan == "" {
		plans, err := s.Plans(e.context)
		if err != nil {
			return ask, err
		}
		if len(plans) != 1 {
			faults.Add(fault.New("command.report_plan", message.Args{"count": len(plans)}))
		} else {
			ask.Plan = plans[0].ID
		}
	}
	return ask, faults.Err()
}

func (c *reportCommand) write(e *environment, one report.Report) error {
	if c.Out != "" {
		data, err := docx.WriteReport(one)
		if err != nil {
			return err
		}
		if c.Out == "-" {
			_, err = e.out.Write(data)
			return err
		}
		if err := os.WriteFile(c.Out, data, 0o600); err != nil {
			return fault.At(fault.Place{File: c.Out}, "command.cannot_write", message.Args{"error": reasonOf(err)})
		}
	}
	if c.JSON {
		var out bytes.Buffer
		if err := json.Indent(&out, one.Canonical(), "", "  "); err != nil {
			return err
		}
		out.WriteByte('\n')
		_, err := e.out.Write(out.Bytes())
		return err
	}
	e.say("command.report_done", message.Args{"title": one.Title, "file": filepath.Base(c.Out), "targets": len(one.Lights), "narratives": len(one.Narratives()), "proposals": len(one.Proposals)})
	return nil
}
