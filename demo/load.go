package demo

import (
	"context"
	"fmt"

	"jiaoheng"
	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/store"
	"jiaoheng/unit"
)

// postsFrom is the day on which the posts of the demo began.
const postsFrom = "2024-09-01"

// Load fills an empty store with the demo county: its units, its people with posts and accounts, its facts, its adopted
// plan, and the rows that live.
// A store that holds units already is left as it is.
func Load(ctx context.Context, s *store.Store, hasher *person.Hasher) error {
	stored, err := s.Units(ctx)
	if err != nil || len(stored) > 0 {
		return err
	}
	if _, err := s.UnitsImport(ctx, action.TheProgram(), Units(), false); err != nil {
		return fmt.Errorf("demo: units: %w", err)
	}
	tree, err := s.Tree(ctx)
	if err != nil {
		return err
	}
	actors := map[string]action.Actor{}
	for _, m := range Members() {
		if actors[m.Account], err = m.load(ctx, s, tree, hasher); err != nil {
			return fmt.Errorf("demo: %s: %w", m.Account, err)
		}
	}
	if err := loadFacts(ctx, s); err != nil {
		return fmt.Errorf("demo: facts: %w", err)
	}
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if err := faults.Err(); err != nil {
		return err
	}
	if err := loadExams(ctx, s, set, actors); err != nil {
		return fmt.Errorf("demo: exams: %w", err)
	}
	if err := loadPlan(ctx, s, actors); err != nil {
		return fmt.Errorf("demo: plan: %w", err)
	}
	if err := loadRecords(ctx, s, actors); err != nil {
		return fmt.Errorf("demo: records: %w", err)
	}
	return nil
}

func (m Member) load(ctx context.Context, s *store.Store, tree *unit.Tree, hasher *person.Hasher) (action.Actor, error) {
	program, where := action.TheProgram(), person.At(tree, m.UnitCode)
	p, err := person.Create(ctx, s, program, where, person.Person{Name: m.Name, Phone: m.Phone})
	if err != nil {
		return action.Actor{}, err
	}
	post := person.Post{Person: p.ID, Unit: m.UnitCode, Role: m.Role, Subject: m.Subject, From: postsFrom}
	created, err := person.CreatePost(ctx, s, program, where, post)
	if err != nil {
		return action.Actor{}, err
	}
	if _, err = person.CreateAccountWithPassword(ctx, s, hasher, program, where, p.ID, m.Account, Password); err != nil {
		return action.Actor{}, err
	}
	return m.actorOf(p.ID, created.ID, access.Unit{Code: m.UnitCode}), nil
}
