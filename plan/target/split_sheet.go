package target

import (
	"encoding/json"
	"fmt"

	"jiaoheng/period"
)

// storedSheet is how shares are kept: what all goals have in common stands once, so that the sheets of a city with its schools,
// hundreds of thousands of shares, are read in a few seconds.
type storedSheet struct {
	Common storedGoal    `json:"common"`
	Shares []storedShare `json:"shares"`
}

// storedGoal is a goal with names short enough to be repeated; what is nil is as in the common one.
type storedGoal struct {
	Direction *Direction `json:"d,omitempty"`
	Unit      *string    `json:"m,omitempty"`
	Year      *int       `json:"y,omitempty"`
	Deadline  *string    `json:"t,omitempty"`
}

type storedShare struct {
	Code     string   `json:"u"`
	Value    *float64 `json:"v,omitempty"`
	Most     *float64 `json:"x,omitempty"`
	Baseline *float64 `json:"b,omitempty"`
	Slices   []Slice  `json:"s,omitempty"`
	Reason   string   `json:"r,omitempty"`
	storedGoal
}

// WriteShares returns the shares in the form in which they are stored.
func WriteShares(shares []Share) ([]byte, error) {
	sheet := storedSheet{Shares: make([]storedShare, len(shares))}
	if len(shares) == 0 {
		return json.Marshal(sheet)
	}
	common := shares[0].Goal
	sheet.Common = differing(common, Goal{Direction: common.Direction + "?", Unit: common.Unit + "?", BaselineYear: -1, Deadline: period.Date{Year: -1}})
	for i, share := range shares {
		sheet.Shares[i] = storedShare{Code: share.Unit, Value: pointer(share.Goal.Value), Most: pointer(share.Goal.Most), Baseline: pointer(share.Goal.Baseline),
			Slices: share.Goal.Slices, Reason: share.Reason, storedGoal: differing(share.Goal, common)}
	}
	return json.Marshal(sheet)
}

func pointer(known Known) *float64 {
	if !known.Is {
		return nil
	}
	return &known.Number
}

func known(number *float64) Known {
	if number == nil {
		return Known{}
	}
	return Sure(*number)
}

// differing returns what of a goal is not as in the common one.
func differing(goal, common Goal) storedGoal {
	var stored storedGoal
	if goal.Direction != common.Direction {
		stored.Direction = &goal.Direction
	}
	if goal.Unit != common.Unit {
		stored.Unit = &goal.Unit
	}
	if goal.BaselineYear != common.BaselineYear {
		stored.Year = &goal.BaselineYear
	}
	if goal.Deadline != common.Deadline {
		day := goal.Deadline.String()
		stored.Deadline = &day
	}
	return stored
}

// ReadShares reads what WriteShares wrote.
func ReadShares(data []byte) ([]Share, error) {
	var sheet storedSheet
	if err := json.Unmarshal(data, &sheet); err != nil {
		return nil, fmt.Errorf("target: shares: %w", err)
	}
	var common Goal
	if err := sheet.Common.over(&common); err != nil {
		return nil, err
	}
	shares := make([]Share, len(sheet.Shares))
	for i, stored := range sheet.Shares {
		goal := common
		if err := stored.over(&goal); err != nil {
			return nil, err
		}
		goal.Value, goal.Most, goal.Baseline, goal.Slices = known(stored.Value), known(stored.Most), known(stored.Baseline), stored.Slices
		shares[i] = Share{Unit: stored.Code, Goal: goal, Reason: stored.Reason}
	}
	return shares, nil
}

// over lays what is stored over a goal.
func (s storedGoal) over(goal *Goal) error {
	if s.Direction != nil {
		goal.Direction = *s.Direction
	}
	if s.Unit != nil {
		goal.Unit = *s.Unit
	}
	if s.Year != nil {
		goal.BaselineYear = *s.Year
	}
	if s.Deadline == nil {
		return nil
	}
	day, ok := period.ParseDate(*s.Deadline)
	if !ok && *s.Deadline != "" {
		return fmt.Errorf("target: shares: %q is no day", *s.Deadline)
	}
	goal.Deadline = day
	return nil
}
