package quota

import (
	"errors"

	"jiaoheng/draw"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/optimise/apportion"
)

// parties are the junior schools as they claim places of one senior school: by graduates, at least what the rules say, at most
// as many as they have graduates. tie orders those who claim alike.
func (t table) parties(tie []int) []apportion.Party {
	all := make([]apportion.Party, len(t.juniors))
	for j, school := range t.juniors {
		least := t.policy.Least
		if school.Rural {
			least = max(least, t.policy.RuralLeast)
		}
		all[j] = apportion.Party{Weight: school.Graduates, Least: min(least, school.Graduates), Most: school.Graduates, Tie: tie[j]}
	}
	return all
}

func (t table) apportion(places int, parties []apportion.Party) ([]apportion.Share, error) {
	if t.policy.Method == Webster {
		return apportion.Webster(places, parties)
	}
	return apportion.Hamilton(places, parties)
}

// tieOrder is the lottery of the junior schools at one senior school, and at one division of its places.
func (t table) tieOrder(seed draw.Seed, label, senior string) []int {
	order := make([]int, len(t.juniors))
	for j := range order {
		order[j] = j
	}
	draw.Shuffle(draw.NewGenerator(label+" "+senior, seed), order)
	tie := make([]int, len(order))
	for place, j := range order {
		tie[j] = place + 1
	}
	return tie
}

// dividable names the senior schools whose quota places cannot be divided by the rules.
func (t table) dividable(named []Senior) (faults fault.List) {
	tie := make([]int, len(t.juniors))
	for j := range tie {
		tie[j] = j
	}
	for s, school := range t.seniors {
		if school.Quota == 0 {
			continue
		}
		_, err := apportion.Resolve(school.Quota, t.parties(tie))
		faults.Add(t.undivided(s, named[s].Place, err)...)
	}
	return faults
}

func (t table) undivided(s int, place fault.Place, err error) (faults fault.List) {
	least, graduates := 0, 0
	for _, p := range t.parties(make([]int, len(t.juniors))) {
		least += p.Least
		graduates += p.Weight
	}
	args := message.Args{"school": t.seniors[s].ID, "quota": t.seniors[s].Quota, "least": least, "graduates": graduates}
	switch {
	case errors.Is(err, apportion.ErrLeast):
		faults.Add(fault.At(place, "draw.quota.least_above", args))
	case errors.Is(err, apportion.ErrMost):
		faults.Add(fault.At(place, "draw.quota.most_below", args))
	case err != nil:
		faults.Add(fault.At(place, "draw.quota.too_large", args))
	}
	return faults
}

// divide divides the quota places of every senior school.
func (t table) divide(seed draw.Seed) ([][]apportion.Share, error) {
	var faults fault.List
	all := make([][]apportion.Share, len(t.seniors))
	for s, school := range t.seniors {
		all[s] = make([]apportion.Share, len(t.juniors))
		if school.Quota == 0 {
			continue
		}
		shares, err := t.apportion(school.Quota, t.parties(t.tieOrder(seed, "quota", school.ID)))
		if err != nil {
			faults.Add(t.undivided(s, fault.Place{}, err)...)
			continue
		}
		all[s] = shares
	}
	return all, faults.Err()
}

// divideAgain divides left places of each senior school among junior schools with waiting[s][j] eligible pupils who wish it, by
// graduates, at most as many as wait. What nobody waits for stays.
func (t table) divideAgain(seed draw.Seed, left []int, waiting [][]int) [][]apportion.Share {
	all := make([][]apportion.Share, len(t.seniors))
	for s, school := range t.seniors {
		all[s] = make([]apportion.Share, len(t.juniors))
		tie := t.tieOrder(seed, "quota again", school.ID)
		parties, total := make([]apportion.Party, len(t.juniors)), 0
		for j := range parties {
			most := waiting[s][j]
			if t.juniors[j].Graduates == 0 {
				most = 0
			}
			weight := t.juniors[j].Graduates
			if most == 0 {
				weight = 0
			}
			parties[j] = apportion.Party{Weight: weight, Most: most, Tie: tie[j]}
			total += most
		}
		if shares, err := t.apportion(min(left[s], total), parties); err == nil && min(left[s], total) > 0 {
			all[s] = shares
		}
	}
	return all
}
