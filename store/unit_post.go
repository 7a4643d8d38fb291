package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/unit"
)

// PostMove is what happened to one post when its unit ended: it ended the day before, and another of the same role began at the
// successor. New is empty where nobody follows the unit, or where the person held that role at the successor already.
type PostMove struct {
	Old    string `json:"old"`
	New    string `json:"new"`
	Person string `json:"person"`
	Role   string `json:"role"`
	From   string `json:"from"`  // code of the unit that ended
	Into   string `json:"into"`  // code of the successor, "" where nobody follows
	To     string `json:"to"`    // last day of the old post before
	Whole  bool   `json:"whole"` // the post had not begun: it stands at the successor as a whole, Old and New are the same
}

// movePosts lets the people at units that the outcome closes follow to the successor. After a split nobody can tell who goes where:
// the posts end, as they do when a unit is closed.
func (s *Store) movePosts(ctx context.Context, tx action.Tx, outcome unit.Outcome) ([]PostMove, error) {
	moves := []PostMove{}
	for _, u := range outcome.Changed {
		if u.Closed != outcome.Event.On {
			continue
		}
		posts, err := s.PostsAt(ctx, u.Code)
		if err != nil {
			return nil, err
		}
		for _, post := range posts {
			if post.To != "" && post.To < outcome.Event.On.String() {
				continue
			}
			move, err := s.movePost(ctx, tx, post, successorOf(outcome, u), outcome.Event.On)
			if err != nil {
				return nil, err
			}
			moves = append(moves, move)
		}
	}
	return moves, nil
}

// successorOf returns the code of the unit that takes over a closed one: for a section the section of its stage.
func successorOf(outcome unit.Outcome, closed unit.Unit) string {
	e := outcome.Event
	switch {
	case e.Kind != unit.Merge:
		return ""
	case closed.Kind == unit.Section && slices.Contains(e.From, closed.Parent):
		return e.Into[0] + "-" + string(closed.Stages[0])
	}
	return e.Into[0]
}

func (s *Store) movePost(ctx context.Context, tx action.Tx, post person.Post, into string, on period.Date) (PostMove, error) {
	move := PostMove{Old: post.ID, Person: post.Person, Role: string(post.Role), From: post.Unit, Into: into, To: post.To}
	if into != "" && post.From >= on.String() {
		move.Whole, move.New = true, post.ID
		post.Unit = into
		return move, s.UpdatePost(ctx, post)
	}
	held, err := s.holds(ctx, post, into, on)
	if err != nil {
		return move, err
	}
	if into != "" && !held {
		next := post
		next.ID, next.Unit, next.From, next.Version = tx.NewID(), into, on.String(), 0
		move.New = next.ID
		if err := s.InsertPosts(ctx, next); err != nil {
			return move, err
		}
	}
	post.To = max(on.AddDays(-1).String(), post.From) // a post at a closed unit that had not begun lasts one day in name only
	return move, s.UpdatePost(ctx, post)
}

// holds tells whether the person has the same role at the unit on the day already.
func (s *Store) holds(ctx context.Context, post person.Post, unitCode string, on period.Date) (bool, error) {
	others, err := s.PostsOf(ctx, post.Person)
	return slices.ContainsFunc(others, func(o person.Post) bool {
		return o.Unit == unitCode && o.Role == post.Role && o.Subject == post.Subject && o.On(on.String())
	}), err
}

// returnPosts undoes movePosts. A last day that the new post was given since is kept.
func (s *Store) returnPosts(ctx context.Context, row unitEventRow) error {
	var moves []PostMove
	if err := json.Unmarshal([]byte(row.Posts), &moves); err != nil {
		return fmt.Errorf("store: posts of event %s: %w", row.ID, err)
	}
	for _, move := range moves {
		post, err := s.Post(ctx, move.Old)
		if errors.Is(err, person.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		post.Unit = move.From
		if !move.Whole {
			post.To = move.To
		}
		if move.New != "" && !move.Whole {
			next, err := s.Post(ctx, move.New)
			if err == nil {
				post.To = next.To
			} else if !errors.Is(err, person.ErrNotFound) {
				return err
			}
			if err := deleteRows[postRow](ctx, s, move.New); err != nil {
				return err
			}
		}
		if err := s.UpdatePost(ctx, post); err != nil {
			return err
		}
	}
	return nil
}

// noPostsAt refuses to undo an opening at which people have posts by now.
func (s *Store) noPostsAt(ctx context.Context, undoing unit.Undoing) error {
	var faults fault.List
	for _, code := range undoing.Removed {
		posts, err := s.PostsAt(ctx, code)
		if err != nil {
			return err
		}
		if len(posts) > 0 {
			faults.Add(fault.New("unit.undo_posts", message.Args{"code": code, "count": len(posts)}))
		}
	}
	return faults.Err()
}
