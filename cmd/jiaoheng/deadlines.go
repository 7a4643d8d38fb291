package main

import (
	"fmt"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/record"
	"jiaoheng/store"
	"jiaoheng/web"
)

// deadlinesCommand raises the reminders and escalations that are due, each once. A server that runs does the same every
// hour; both may run at the same time.
type deadlinesCommand struct {
	storeFlags
	JSON bool `name:"json" help:"Print one JSON document."`
}

// deadlinesAnswer is the answer as JSON.
type deadlinesAnswer struct {
	Day       string            `json:"day"`
	Running   int               `json:"running"`
	Reminders int               `json:"reminders"`
	Late      int               `json:"late"`
	Letters   int               `json:"letters"`
	Opened    int               `json:"opened"`
	Told      int               `json:"told"`
	Failed    []deadlinesFailed `json:"failed"`
}

// deadlinesFailed is a step that could not be done.
type deadlinesFailed struct {
	Register string   `json:"register"`
	Row      string   `json:"row"`
	Step     string   `json:"step"`
	Faults   []string `json:"faults"`
}

// Run raises what is due. The exit code tells whether a step could not be done.
func (c *deadlinesCommand) Run(e *environment) error {
	s, err := c.openExisting(e)
	if err != nil {
		return err
	}
	defer s.Close()
	desk, err := c.desk(e, s)
	if err != nil {
		return err
	}
	report, err := desk.Clock(e.context, period.Date{})
	if err != nil {
		return err
	}
	if c.JSON {
		if err := e.sayJSON(deadlinesJSON(e.language, report)); err != nil {
			return err
		}
	} else {
		e.say("command.deadlines", message.Args{"day": report.Day, "running": report.Rows, "reminders": report.Reminders, "late": report.Late,
			"letters": report.Letters, "opened": report.Opened, "told": report.Told})
	}
	var faults fault.List
	for _, f := range report.Failed {
		faults.Add(fault.At(fault.Place{File: f.Of.String()}, "command.deadline_failed", message.Args{"step": f.Key, "count": len(f.Faults)}))
		faults.Add(f.Faults...)
	}
	return faults.Err()
}

// desk opens the living registers of the packs over the store.
func (c *deadlinesCommand) desk(e *environment, s *store.Store) (*record.Desk, error) {
	set, err := loadPacks(c.Data)
	if err != nil {
		return nil, err
	}
	if err := s.RegistersOpen(e.context, set.Everything().Registers()...); err != nil {
		return nil, err
	}
	return web.Records(set, s), nil
}

func deadlinesJSON(language message.Language, report record.ClockReport) deadlinesAnswer {
	answer := deadlinesAnswer{Day: report.Day.String(), Running: report.Rows, Reminders: report.Reminders, Late: report.Late, Letters: report.Letters,
		Opened: report.Opened, Told: report.Told, Failed: []deadlinesFailed{}}
	for _, f := range report.Failed {
		one := deadlinesFailed{Register: f.Of.Register, Row: f.Of.Row, Step: f.Key}
		for _, wrong := range f.Faults {
			one.Faults = append(one.Faults, fmt.Sprint(wrong.Text(language)))
		}
		answer.Failed = append(answer.Failed, one)
	}
	return answer
}
