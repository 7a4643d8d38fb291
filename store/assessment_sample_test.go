package store_test

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"jiaoheng/action"
	"jiaoheng/assessment/sample"
	"jiaoheng/store"
)

func fillSample(t *testing.T, s *store.Store) {
	t.Helper()
	frame := sample.Frame{Exam: "exam-1", Of: "exam-0", Comparable: sample.Linked, Note: "锚题等值", Supplier: "某服务单位", Version: 1,
		Strata: []sample.Stratum{{Name: "城区", Schools: 4, Pupils: 900, Drawn: []sample.School{{Code: "3199000001", Enrolled: 210}, {Code: "3199000002"}}}}}
	do(t, s, func(ctx context.Context, _ action.Tx) error { return s.SampleFrameInsert(ctx, frame) })
	got, err := s.SampleFrame(context.Background(), "exam-1")
	if err != nil || !reflect.DeepEqual(got, frame) {
		t.Errorf("%+v, %v", got, err)
	}
	frame.Note = "同卷"
	do(t, s, func(ctx context.Context, _ action.Tx) error { return s.SampleFrameUpdate(ctx, frame) })
	all, err := s.SampleFrames(context.Background())
	if err != nil || len(all) != 1 || all[0].Note != "同卷" || all[0].Version != 2 {
		t.Errorf("%+v, %v", all, err)
	}
	if _, err := s.SampleFrame(context.Background(), "nothing"); !errors.Is(err, sample.ErrNoFrame) {
		t.Errorf("%v", err)
	}
}
