package ceremony

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"jiaoheng/action"
	"jiaoheng/draw"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// OpenWitness lets those present hand in hashes.
func (d *Desk) OpenWitness(ctx context.Context, actor action.Actor, id string, version int64) (Draw, error) {
	return d.turn(ctx, actor, change{step: StepOpen, id: id, version: version, from: []State{Announced},
		check: func(one Draw) fault.List {
			if one.Witnessed() == 0 {
				return fault.List{fault.New("draw.event.no_witnesses", nil)}
			}
			return nil
		},
		do: func(_ context.Context, _ action.Tx, one *Draw) error {
			one.State = Witnessing
			return nil
		}})
}

// CloseWitness ends the handing in: one hash over all of them is shown, then words are told.
func (d *Desk) CloseWitness(ctx context.Context, actor action.Actor, id string, version int64) (Draw, error) {
	return d.turn(ctx, actor, change{step: StepClose, id: id, version: version, from: []State{Witnessing},
		do: func(ctx context.Context, _ action.Tx, one *Draw) error {
			all, err := d.store.Witnesses(ctx, id)
			if err != nil {
				return err
			}
			least, _ := draw.Whole(one.Sources[one.Witnessed()-1].Text)
			if len(all) < least {
				return fault.List{fault.New("draw.event.witnesses_few", message.Args{"count": len(all), "least": least})}
			}
			one.State, one.Closing = Revealing, Closing(one.Witnessed(), all)
			return nil
		}})
}

// Closing is the hash over the hashes of all witnesses: SHA-256 of their lines of the seed, each followed by a line feed.
func Closing(source int, all []Witness) string {
	sum := sha256.New()
	for _, w := range all {
		sum.Write([]byte("commit " + strconv.Itoa(source) + " " + strconv.Itoa(w.Place) + " " + w.Hash + "\n"))
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// EndReveal ends the telling of words: who has not told the word counts by the hash alone.
func (d *Desk) EndReveal(ctx context.Context, actor action.Actor, id string, version int64) (Draw, error) {
	return d.turn(ctx, actor, change{step: StepReveal, id: id, version: version, from: []State{Revealing},
		do: func(ctx context.Context, _ action.Tx, one *Draw) error {
			all, err := d.store.Witnesses(ctx, id)
			if err != nil {
				return err
			}
			committed := make([]draw.Committed, len(all))
			for n, w := range all {
				committed[n] = draw.Committed{Hash: w.Hash, Word: w.Word}
			}
			one.State, one.Witnesses = Ready, draw.WitnessLines(one.Witnessed(), committed)
			return nil
		}})
}

// Present returns the draw that witnesses find under a code, with those who are present. Only draws that are announced and neither
// withdrawn nor long over can be found.
func (d *Desk) Present(ctx context.Context, code string) (Draw, []Witness, error) {
	one, err := d.store.DrawByCode(ctx, strings.ToUpper(strings.TrimSpace(code)))
	if err != nil {
		return Draw{}, nil, err
	}
	if !one.Public() {
		return Draw{}, nil, ErrNotFound
	}
	all, err := d.store.Witnesses(ctx, one.ID)
	return one, all, err
}

// witness is a step of somebody present who is not signed in: it stands in the chain as a step of the program.
func (d *Desk) witness(ctx context.Context, name, code string, from State, do func(ctx context.Context, tx action.Tx, one Draw) error) error {
	found, _, err := d.Present(ctx, code)
	if err != nil {
		return err
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return err
	}
	return action.Do(ctx, d.store, action.TheProgram(), action.Write{Name: name, Thing: thing(tree, found.Unit), Do: func(ctx context.Context, tx action.Tx) error {
		one, err := d.store.DrawHeld(ctx, found.ID) // closing waits until this hash is stored, and the other way round
		if err != nil {
			return err
		}
		if one.State != from {
			return fault.List{fault.New("draw.event.not_now."+string(from), message.Args{"state": message.Word("draw.state." + string(one.State))})}
		}
		return do(ctx, tx, one)
	}})
}

// Commit hands in the hash of a word. plain tells that the server made the hash, as the phone runs no scripts.
//
// Errors: faults when the draw takes none, has as many as it can, or holds the same hash already.
func (d *Desk) Commit(ctx context.Context, code, hash string, plain bool) (place int, err error) {
	if raw, err := hex.DecodeString(hash); err != nil || len(raw) != sha256.Size || hash != strings.ToLower(hash) {
		return 0, fault.List{field(FieldWord, "draw.event.hash_wanted", nil)}
	}
	err = d.witness(ctx, "draw.action.commit", code, Witnessing, func(ctx context.Context, tx action.Tx, one Draw) error {
		all, err := d.store.Witnesses(ctx, one.ID)
		if err != nil {
			return err
		}
		if len(all) >= MaxWitnesses {
			return fault.List{fault.New("draw.event.witnesses_many", message.Args{"limit": MaxWitnesses})}
		}
		place = len(all) + 1
		return d.store.WitnessInsert(ctx, Witness{Draw: one.ID, Place: place, Hash: hash, Plain: plain, At: tx.Now(), Version: 1})
	})
	return place, err
}

// CheckWord tells what is wrong with a word before it is hashed.
func CheckWord(word string) fault.List {
	bad := func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == utf8.RuneError
	}
	if n := utf8.RuneCountInString(word); n == 0 || n > MaxWord || word != strings.TrimSpace(word) || strings.ContainsFunc(word, bad) {
		return fault.List{field(FieldWord, "draw.event.word_wanted", message.Args{"limit": MaxWord})}
	}
	return nil
}

// Tell tells the word behind a hash that was handed in.
//
// Errors: faults when words are not told now, or none of the hashes is that of the word.
func (d *Desk) Tell(ctx context.Context, code, word string) (place int, err error) {
	if faults := CheckWord(word); faults != nil {
		return 0, faults
	}
	hash := draw.Commit(word)
	err = d.witness(ctx, "draw.action.tell", code, Revealing, func(ctx context.Context, tx action.Tx, one Draw) error {
		all, err := d.store.Witnesses(ctx, one.ID)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(w Witness) bool { return w.Hash == hash })
		if at < 0 {
			return fault.List{field(FieldWord, "draw.event.word_unknown", nil)}
		}
		place = all[at].Place
		if all[at].Word != "" {
			return nil // told twice is told
		}
		all[at].Word, all[at].ToldAt = word, tx.Now()
		return d.store.WitnessUpdate(ctx, all[at])
	})
	return place, err
}

// Witnesses returns those present at a draw, for who may see it.
func (d *Desk) Witnesses(ctx context.Context, actor action.Actor, id string) ([]Witness, error) {
	if _, err := d.Find(ctx, actor, id); err != nil {
		return nil, err
	}
	return d.store.Witnesses(ctx, id)
}
