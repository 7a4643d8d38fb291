package class

import "jiaoheng/draw"

// The bringing together of scores. A score counts in units of a 64th of its mean distance from the mean.
const (
	scoreUnit = 64
	slack     = 8 * scoreUnit * scoreUnit // worsening that is let pass at the beginning
	slackPart = 4096
)

// levelling holds, for each score and for the square of its distance from the mean, what each pupil brings and how far each
// class is from its share.
type levelling struct {
	values []int64 // pupil × moment
	off    []int64 // class × moment
	width  int
}

// newLevelling centres every score on its mean, rounded down, and measures it in units of its mean distance from there.
func newLevelling(s *search) *levelling {
	l := &levelling{width: 2 * len(s.roster.Scores)}
	l.values, l.off = make([]int64, s.n*l.width), make([]int64, s.k*l.width)
	for q, column := range s.roster.Scores {
		total := int64(0)
		for _, score := range column {
			total += int64(score)
		}
		mean, apart := total/int64(s.n), int64(0)
		for _, score := range column {
			apart += distance(int64(score), mean)
		}
		spread := max(apart/int64(s.n), 1)
		for i, score := range column {
			far := distance(int64(score), mean) * scoreUnit / spread
			l.values[i*l.width+2*q+1] = far * far / (4 * scoreUnit)
			if int64(score) < mean {
				far = -far
			}
			l.values[i*l.width+2*q] = far
		}
	}
	for m := range l.width {
		total := int64(0)
		for i := range s.n {
			total += l.values[i*l.width+m]
			l.off[int(s.class[i])*l.width+m] += l.values[i*l.width+m]
		}
		for k := range s.k {
			l.off[k*l.width+m] -= floorDiv(total*int64(s.size[k]), int64(s.n))
		}
	}
	return l
}

func distance(a, b int64) int64 { return max(a-b, b-a) }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// gain is half of what the sum of squared distances changes when i and j change places.
func (l *levelling) gain(s *search, i, j int32) (sum int64) {
	a, b := l.off[int(s.class[i])*l.width:][:l.width], l.off[int(s.class[j])*l.width:][:l.width]
	x, y := l.values[int(i)*l.width:][:l.width], l.values[int(j)*l.width:][:l.width]
	for m := range x {
		by := y[m] - x[m]
		sum += by * (a[m] - b[m] + by)
	}
	return sum
}

func (l *levelling) swap(s *search, i, j int32) {
	a, b := int(s.class[i])*l.width, int(s.class[j])*l.width
	for m := range l.width {
		by := l.values[int(j)*l.width+m] - l.values[int(i)*l.width+m]
		l.off[a+m] += by
		l.off[b+m] -= by
	}
}

// bringTogether lets pupils change places where no attribute suffers, to bring the scores of the classes together: a change that makes
// them worse by less than a slack is let pass, and the slack falls to nothing.
func (s *search) bringTogether(g *draw.Generator, near []partner, steps int) {
	if len(s.roster.Scores) == 0 {
		return
	}
	l := newLevelling(s)
	part := steps/stages + 1
	width := s.columns + 1
	for step := range steps {
		left := int64(stages - step/part)
		allowed := slack * left * left / slackPart
		i := int32(g.Below(uint32(s.n)))
		one := near[(int(i)*width+int(g.Below(uint32(width))))*partners+int(g.Below(partners))]
		j := one.pupil
		if j < 0 || s.class[i] == s.class[j] || s.gains(i, j, one.mask) > 0 {
			continue
		}
		if l.gain(s, i, j) <= allowed-slack/slackPart {
			l.swap(s, i, j)
			s.swap(i, j, one.mask)
		}
	}
}
