package progress

// picture fills the points of the schools and the fields of the grid. What a field with fewer pupils than least holds is not told.
func (p *Part) picture(units []string, before, after []float64, least int) {
	meanB, sdB := meanDeviation(before)
	meanA, sdA := meanDeviation(after)
	if sdB == 0 || sdA == 0 {
		return
	}
	schools, fields := map[string]*Point{}, map[[2]int]int{}
	for n, unit := range units {
		one := schools[unit]
		if one == nil {
			one = &Point{Unit: unit}
			schools[unit] = one
		}
		one.N++
		one.Entry += before[n]
		one.Exit += after[n]
		one.Raw += (after[n]-meanA)/sdA - (before[n]-meanB)/sdB
		fields[[2]int{field(before[n], meanB, sdB), field(after[n], meanA, sdA)}]++
	}
	for _, unit := range sortedUnits(schools) {
		one := *schools[unit]
		n := float64(one.N)
		one.Entry, one.Exit, one.Raw = one.Entry/n, one.Exit/n, one.Raw/n
		p.Points = append(p.Points, one)
	}
	for x := range Grid {
		for y := range Grid {
			if count := fields[[2]int{x, y}]; count >= least && count > 0 {
				p.Bins = append(p.Bins, Bin{x, y, count})
			}
		}
	}
}

// Reach is how many standard deviations the grid goes to either side of the mean.
const Reach = 2.5

// field is the field of the grid in which a score lies; scores beyond its ends lie in the outermost fields.
func field(score, mean, deviation float64) int {
	return min(Grid-1, max(0, int((score-mean)/deviation/(2*Reach)*Grid+Grid/2)))
}

// ExpectedAt is the exit score that the model expects of pupils of an entry score at a school whose pupils have that mean, tracks and
// groups as in the whole county.
func (p Part) ExpectedAt(entry float64) float64 {
	slope := 0.0
	for n, name := range p.Main.Columns {
		if name == Entry || name == Mean {
			slope += p.Main.Fixed[n]
		}
	}
	if p.Before == nil {
		return 0
	}
	return p.After.Mean + slope*(entry-p.Before.Mean)
}
