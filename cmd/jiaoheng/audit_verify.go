package main

import (
	"encoding/json"
	"fmt"

	"jiaoheng/message"
)

type auditCommand struct {
	Verify auditVerifyCommand `cmd:"" help:"Walk the chain and every stored row."`
}

// auditVerifyCommand checks that nothing stored was altered outside the program.
type auditVerifyCommand struct {
	storeFlags
	JSON bool `name:"json" help:"Print one JSON document."`
}

// verified is the answer of audit verify as JSON.
type verified struct {
	Valid    bool            `json:"valid"`
	Entries  int64           `json:"entries"`
	Rows     int64           `json:"rows"`
	Tables   int             `json:"tables"`
	Head     string          `json:"head"`
	Findings []verifyFinding `json:"findings"`
}

type verifyFinding struct {
	Table   string `json:"table"`
	Row     string `json:"row"`
	Kind    string `json:"kind"`
	Message string `json:"message"`
}

// Run prints the head of the chain, or every row that does not hold.
func (c *auditVerifyCommand) Run(e *environment) error {
	s, err := c.openExisting(e)
	if err != nil {
		return err
	}
	defer s.Close()
	report, err := s.Verify(e.context)
	if err != nil {
		return err
	}
	answer := verified{Valid: len(report.Findings) == 0, Entries: report.Entries, Rows: report.Rows, Tables: report.Tables, Head: report.Head.Hash, Findings: []verifyFinding{}}
	for _, f := range report.Findings {
		answer.Findings = append(answer.Findings, verifyFinding{Table: f.Table, Row: f.Row, Kind: f.Kind, Message: f.Text(e.language)})
	}
	if c.JSON {
		encoded, err := json.MarshalIndent(answer, "", " ")
		if err != nil {
			return err
		}
		fmt.Fprintln(e.out, string(encoded))
	}
	switch {
	case !answer.Valid:
		for _, f := range answer.Findings {
			fmt.Fprintln(e.err, f.Message)
		}
		return errNotVerified
	case !c.JSON:
		fmt.Fprintln(e.out, message.Text(e.language, "command.audit_valid", message.Args{"entries": answer.Entries, "rows": answer.Rows, "tables": answer.Tables, "head": answer.Head}))
	}
	return nil
}
