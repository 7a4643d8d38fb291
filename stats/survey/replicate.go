package survey

import (
	"math"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/stats"
)

// Replicates are sets of weights, each as if the sample had been drawn a little otherwise, and the factor that each adds to the variance.
type Replicates struct {
	Full    []float64
	Weights [][]float64
	Factors []float64
	Centred bool // squares about the mean of the replicates, not about the estimate
	Freedom float64
}

// Statistic computes figures from weights.
type Statistic func(weights []float64) []float64

// Figures are estimates with the covariance that replicates give them.
type Figures struct {
	Values     []float64
	SE         []float64
	Covariance [][]float64
}

// Estimate computes a statistic with the full weights and with every replicate.
func (r *Replicates) Estimate(statistic Statistic) Figures {
	values := statistic(r.Full)
	q := len(values)
	all := make([][]float64, len(r.Weights))
	centre := append([]float64(nil), values...)
	if r.Centred {
		clear(centre)
	}
	for k, weights := range r.Weights {
		all[k] = statistic(weights)
		if r.Centred {
			for i, value := range all[k] {
				centre[i] += value / float64(len(r.Weights))
			}
		}
	}
	out := Figures{Values: values, SE: make([]float64, q), Covariance: make([][]float64, q)}
	for i := range q {
		out.Covariance[i] = make([]float64, q)
		for j := range q {
			for k, replicate := range all {
				out.Covariance[i][j] += r.Factors[k] * (replicate[i] - centre[i]) * (replicate[j] - centre[j])
			}
		}
		out.SE[i] = math.Sqrt(max(out.Covariance[i][i], 0))
	}
	return out
}

func (s *Sample) replicates(count int, factor func(k int) float64, scale func(k int, cluster int32) float64) (*Replicates, error) {
	if count < 1 || count > MaxReplicates {
		return nil, fault.New("survey.replicates", message.Args{"count": count, "limit": MaxReplicates})
	}
	out := &Replicates{Full: s.weights, Freedom: s.Freedom()}
	for k := range count {
		weights := make([]float64, len(s.weights))
		for i, w := range s.weights {
			weights[i] = w * scale(k, s.cluster[i])
		}
		out.Weights = append(out.Weights, weights)
		out.Factors = append(out.Factors, factor(k))
	}
	return out, nil
}

// Jackknife leaves out one cluster after the other and raises those that stay of its stratum: JK1 with one stratum, JKn with several.
// No correction for finite populations is made.
func (s *Sample) Jackknife() (*Replicates, error) {
	for _, m := range s.size {
		if m == 1 {
			return nil, fault.New("survey.one_cluster", message.Args{"stratum": ""})
		}
	}
	share := func(k int) float64 {
		m := float64(s.size[s.stratum[k]])
		return (m - 1) / m
	}
	out, err := s.replicates(len(s.stratum), share, func(k int, c int32) float64 {
		switch {
		case int(c) == k:
			return 0
		case s.stratum[c] == s.stratum[k]:
			return 1 / share(k)
		}
		return 1
	})
	if out != nil {
		out.Centred = true
	}
	return out, err
}

// JK2 takes zones of two units each, with the weight of one doubled and the other set to 0: one replicate per zone, or with both ways round
// two of half weight. zone codes from 0, unit 0 or 1; in a zone of one unit nothing varies.
func JK2(weights []float64, zones []int32, units []int8, bothWays bool) (*Replicates, error) {
	count := 0
	for _, zone := range zones {
		count = max(count, int(zone)+1)
	}
	ways := []int8{1}
	factor := 1.0
	if bothWays {
		ways, factor = []int8{1, 0}, 0.5
	}
	if count*len(ways) < 1 || count*len(ways) > MaxReplicates {
		return nil, fault.New("survey.replicates", message.Args{"count": count, "limit": MaxReplicates})
	}
	paired := make([][2]bool, count)
	for i, zone := range zones {
		paired[zone][units[i]&1] = true
	}
	out := &Replicates{Full: weights, Freedom: float64(count)}
	for zone := range count {
		for _, doubled := range ways {
			replicate := append([]float64(nil), weights...)
			for i := range replicate {
				if int(zones[i]) != zone || !paired[zone][0] || !paired[zone][1] {
					continue
				}
				if units[i] == doubled {
					replicate[i] *= 2
				} else {
					replicate[i] = 0
				}
			}
			out.Weights = append(out.Weights, replicate)
			out.Factors = append(out.Factors, factor)
		}
	}
	return out, nil
}

// Balanced makes balanced repeated replicates of strata with two clusters each: in every replicate one of the two weighs 2-fay and the other
// fay (0: classical BRR; 0.5 in PISA), chosen by the signs of a Hadamard matrix.
func (s *Sample) Balanced(fay float64) (*Replicates, error) {
	if !(fay >= 0) || fay >= 1 {
		return nil, fault.New("survey.fay", message.Args{"value": fay})
	}
	column, first := make([]int, len(s.size)), make([]int32, len(s.size))
	strata := 0
	for h, m := range s.size {
		first[h] = -1
		if m == 0 {
			continue
		}
		if m != 2 {
			return nil, fault.New("survey.pairs", message.Args{"clusters": m})
		}
		strata++
		column[h] = strata // column 0 is all plus: leaving it out keeps the replicates balanced about the estimate
	}
	for c, h := range s.stratum {
		if first[h] < 0 {
			first[h] = int32(c)
		}
	}
	order := 1
	for order < strata+1 {
		order *= 2
	}
	factor := 1 / (float64(order) * (1 - fay) * (1 - fay))
	return s.replicates(order, func(int) float64 { return factor }, func(k int, c int32) float64 {
		h := s.stratum[c]
		if plus(k, column[h]) == (first[h] == c) {
			return 2 - fay
		}
		return fay
	})
}

// plus says whether the entry of Sylvester's Hadamard matrix is 1: whether row and column share an even number of bits.
func plus(row, column int) bool {
	even := true
	for both := row & column; both > 0; both &= both - 1 {
		even = !even
	}
	return even
}

// Bootstrap draws m-1 of the m clusters of each stratum with replacement (Rao, Wu and Yue 1992); a seed gives the same replicates.
func (s *Sample) Bootstrap(count int, seed uint64) (*Replicates, error) {
	if count < 2 || count > MaxReplicates {
		return nil, fault.New("survey.replicates", message.Args{"count": count, "limit": MaxReplicates})
	}
	members := make([][]int32, len(s.size))
	for c, h := range s.stratum {
		members[h] = append(members[h], int32(c))
	}
	stream := stats.NewStream(seed)
	drawn := make([][]float64, count)
	for k := range drawn {
		drawn[k] = make([]float64, len(s.stratum))
		for _, clusters := range members {
			m := len(clusters)
			if m == 1 {
				drawn[k][clusters[0]] = 1
			}
			for range m - 1 {
				drawn[k][clusters[stream.Below(m)]] += float64(m) / float64(m-1)
			}
		}
	}
	factor := 1 / float64(count-1)
	out, err := s.replicates(count, func(int) float64 { return factor }, func(k int, c int32) float64 { return drawn[k][c] })
	if out != nil {
		out.Centred = true
	}
	return out, err
}
