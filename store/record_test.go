package store_test

import (
	"context"
	"errors"
	"testing"

	"jiaoheng/action"
	"jiaoheng/period"
	"jiaoheng/record"
	"jiaoheng/store"
)

const filledNote = "欧阳同学的情况说明"

// fillRecords writes one row of each sort of what is told about living rows.
func fillRecords(t *testing.T, s *store.Store) {
	t.Helper()
	of, to := record.Ref{Register: "finding", Row: "a"}, record.Ref{Register: "task", Row: "b"}
	do(t, s, func(ctx context.Context, tx action.Tx) error {
		day := period.DateOf(start)
		return errors.Join(
			s.RecordEventsInsert(ctx, record.Event{ID: tx.NewID(), Of: of, Event: "notice", From: "found", To: "noticed", Day: day, Person: "p", Post: "q", At: start,
				Note: filledNote, Row: 2, Files: []string{"f"}, Opened: []record.Ref{to}}),
			s.RecordCommentInsert(ctx, record.Comment{ID: tx.NewID(), Of: of, Text: filledNote, Person: "p", Post: "q", At: start}),
			s.RecordLinkInsert(ctx, record.LinkRow{ID: tx.NewID(), From: of, To: to, Reason: filledNote, Person: "p", At: start}),
			s.RecordAlarmsInsert(ctx, record.Alarm{ID: "finding/a late:1", Of: of, Key: "late:1", Late: true, State: "noticed", Due: day, On: day, Persons: []string{"p"}, At: start}),
			s.RecordViewInsert(ctx, record.View{ID: tx.NewID(), Owner: "p", Register: "finding", Name: "逾期", Query: "f-state=noticed", Made: start}))
	})
}

// What was written is read back as it was; notes lie sealed in the files.
func TestWhatIsToldAboutRowsIsKept(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		fillRecords(t, s)
		ctx, of := context.Background(), record.Ref{Register: "finding", Row: "a"}
		events, err := s.RecordEvents(ctx, of)
		if err != nil || len(events) != 1 || events[0].Note != filledNote || events[0].Files[0] != "f" || events[0].Opened[0].Row != "b" || !events[0].At.Equal(start) {
			t.Errorf("events: %+v, %v", events, err)
		}
		comments, err := s.RecordComments(ctx, of)
		if err != nil || len(comments) != 1 || comments[0].Text != filledNote {
			t.Errorf("comments: %+v, %v", comments, err)
		}
		links, err := s.RecordLinks(ctx, record.Ref{Register: "task", Row: "b"})
		if err != nil || len(links) != 1 || links[0].From != of || links[0].Reason != filledNote {
			t.Errorf("links: %+v, %v", links, err)
		}
		alarms, err := s.RecordAlarms(ctx, of)
		if err != nil || len(alarms) != 1 || alarms[0].Persons[0] != "p" || !alarms[0].Late {
			t.Errorf("alarms: %+v, %v", alarms, err)
		}
		views, err := s.RecordViews(ctx, "p", "finding")
		if err != nil || len(views) != 1 || views[0].Query != "f-state=noticed" {
			t.Errorf("views: %+v, %v", views, err)
		}
		mustVerify(t, s)
	})
}
