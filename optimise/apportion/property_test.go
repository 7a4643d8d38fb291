package apportion_test

import (
	"errors"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jiaoheng/optimise/apportion"
)

func drawParties(t *rapid.T, bounds bool) []apportion.Party {
	all := parties(rapid.SliceOfN(rapid.IntRange(1, 200), 1, 12).Draw(t, "weights")...)
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	order = rapid.Permutation(order).Draw(t, "ties")
	for i := range all {
		all[i].Tie = order[i]
		if bounds {
			all[i].Least = rapid.IntRange(0, 4).Draw(t, "least")
			all[i].Most = all[i].Least + rapid.IntRange(0, 20).Draw(t, "most")
		}
	}
	return all
}

func sum(numbers []int) (total int) {
	for _, n := range numbers {
		total += n
	}
	return total
}

// divide divides; possible is false where the bounds do not let it.
func divide(t *rapid.T, method func(int, []apportion.Party) ([]apportion.Share, error), places int, all []apportion.Party) (shares []apportion.Share, possible bool) {
	least, most := 0, 0
	for _, p := range all {
		least, most = least+p.Least, most+p.Most
	}
	shares, err := method(places, all)
	switch {
	case least > places && errors.Is(err, apportion.ErrLeast), most < places && errors.Is(err, apportion.ErrMost):
		return nil, false
	case err != nil || least > places || most < places:
		t.Fatalf("%d places between %d and %d: %v", places, least, most, err)
	}
	return shares, true
}

func TestHamiltonRoundsEveryClaimUpOrDown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places := rapid.IntRange(0, 150).Draw(t, "places")
		all := drawParties(t, rapid.Bool().Draw(t, "bounds"))
		shares, possible := divide(t, apportion.Hamilton, places, all)
		if !possible {
			return
		}
		if sum(seats(shares)) != places {
			t.Fatalf("%v are not %d", seats(shares), places)
		}
		for i, s := range shares {
			if s.Seats*s.Of <= s.Number-s.Of || s.Seats*s.Of >= s.Number+s.Of || s.Seats < all[i].Least || s.Seats > all[i].Most {
				t.Fatalf("party %d claims %d/%d and gets %d", i, s.Number, s.Of, s.Seats)
			}
			for j, other := range shares {
				if s.Last && !other.Last && other.Rest() > s.Rest() {
					t.Fatalf("party %d with a larger fraction than %d gets nothing of the last places", j, i)
				}
			}
		}
	})
}

// The claims are the one solution: their sum is the places, and who is not at a bound has the common rate.
func TestClaimsAddUpAtOneRate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places := rapid.IntRange(0, 150).Draw(t, "places")
		all := drawParties(t, true)
		claims, err := apportion.Resolve(places, all)
		if err != nil {
			return
		}
		total, rate := new(big.Rat), (*big.Rat)(nil)
		for i, c := range claims {
			total.Add(total, big.NewRat(int64(c.Number), int64(c.Of)))
			if c.Fixed == apportion.Free {
				mine := big.NewRat(int64(c.Number), int64(c.Of*all[i].Weight))
				if rate != nil && rate.Cmp(mine) != 0 {
					t.Fatalf("two rates %v, %v", rate, mine)
				}
				rate = mine
			}
		}
		if total.Cmp(big.NewRat(int64(places), 1)) != 0 {
			t.Fatalf("claims add up to %v, not %d", total, places)
		}
		if rate == nil {
			return
		}
		for i, c := range claims {
			free := new(big.Rat).Mul(rate, big.NewRat(int64(all[i].Weight), 1))
			if c.Fixed == apportion.Least && free.Cmp(big.NewRat(int64(all[i].Least), 1)) > 0 ||
				c.Fixed == apportion.Most && free.Cmp(big.NewRat(int64(all[i].Most), 1)) < 0 {
				t.Fatalf("party %d is fixed at %d (%s), its free claim is %v", i, c.Number, c.Fixed, free)
			}
		}
	})
}

func TestWebsterNeverTakesAPlaceAway(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places := rapid.IntRange(0, 100).Draw(t, "places")
		all := drawParties(t, rapid.Bool().Draw(t, "bounds"))
		before, possible := divide(t, apportion.Webster, places, all)
		after, still := divide(t, apportion.Webster, places+1, all)
		if !possible || !still {
			return
		}
		if sum(seats(before)) != places || sum(seats(after)) != places+1 {
			t.Fatalf("%v, %v are not %d and one more", seats(before), seats(after), places)
		}
		for i := range all {
			if after[i].Seats < before[i].Seats || after[i].Seats > all[i].Most || before[i].Seats < all[i].Least {
				t.Fatalf("%v, then %v", seats(before), seats(after))
			}
		}
	})
}

// A divisor exists at which every weight rounds to its places: no transfer of a place makes any two weights more alike per place.
func TestWebsterRoundsByOneDivisor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawParties(t, false)
		shares, _ := divide(t, apportion.Webster, rapid.IntRange(0, 200).Draw(t, "places"), all)
		for i, a := range shares {
			for j, b := range shares {
				if a.Seats > 0 && all[i].Weight*(2*b.Seats+1) < all[j].Weight*(2*a.Seats-1) {
					t.Fatalf("%d should give a place to %d: %v", i, j, seats(shares))
				}
			}
		}
	})
}

func TestOrderOfPartiesDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places := rapid.IntRange(0, 100).Draw(t, "places")
		all := drawParties(t, true)
		order := make([]int, len(all))
		for i := range order {
			order[i] = i
		}
		order = rapid.Permutation(order).Draw(t, "order")
		other := make([]apportion.Party, len(all))
		for i, from := range order {
			other[i] = all[from]
		}
		for _, method := range []func(int, []apportion.Party) ([]apportion.Share, error){apportion.Hamilton, apportion.Webster} {
			a, possible := divide(t, method, places, all)
			b, _ := divide(t, method, places, other)
			if !possible {
				return
			}
			back := make([]apportion.Share, len(b))
			for i, from := range order {
				back[from] = b[i]
			}
			if !slices.Equal(a, back) {
				t.Fatalf("%v, %v", a, back)
			}
		}
	})
}

// Tied is told exactly when another order of ties gives other places.
func TestTiesAreToldWhenTheyDecide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawParties(t, rapid.Bool().Draw(t, "bounds"))
		places := rapid.IntRange(0, 60).Draw(t, "places")
		for _, method := range []func(int, []apportion.Party) ([]apportion.Share, error){apportion.Hamilton, apportion.Webster} {
			shares, possible := divide(t, method, places, all)
			if !possible {
				return
			}
			tied := slices.ContainsFunc(shares, func(s apportion.Share) bool { return s.Tied })
			turned := slices.Clone(all)
			for i := range turned {
				turned[i].Tie = -turned[i].Tie
			}
			other, _ := divide(t, method, places, turned)
			if differ := !slices.Equal(seats(shares), seats(other)); differ != tied {
				t.Fatalf("tied %v, but turned ties differ: %v (%v)", tied, differ, shares)
			}
		}
	})
}
