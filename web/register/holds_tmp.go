package register

import "context"

type holds struct{}

func newHolds(context.Context) *holds { return &holds{} }
