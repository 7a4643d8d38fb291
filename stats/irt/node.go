package irt

import "math"

// DefaultNodes is the number of nodes unless told otherwise, as far as DefaultReach on both sides.
const (
	DefaultNodes = 161
	DefaultReach = 8.0
)

// quadrature is the ability in nodes with their weights, which sum to 1.
type quadrature struct{ node, weight []float64 }

// normalNodes returns so many equally spaced nodes from −reach to reach with weights of the standard normal density.
func normalNodes(count int, reach float64) quadrature {
	q := quadrature{make([]float64, count), make([]float64, count)}
	sum := 0.0
	for i := range count {
		q.node[i] = reach * float64(2*i-(count-1)) / float64(count-1)
		q.weight[i] = math.Exp(-q.node[i] * q.node[i] / 2)
		sum += q.weight[i]
	}
	for i := range q.weight {
		q.weight[i] /= sum
	}
	return q
}

// curves are all items at all nodes.
type curves struct {
	probability [][]float64 // item: [k*nodes+q]
	first       [][]float64 // item: [(k*n+i)*nodes+q]
	possible    bool
}

// curvesAt computes probabilities and first derivatives of every item at every node.
func curvesAt(l *layout, all []float64, nodes []float64) *curves {
	c := &curves{possible: true}
	count := len(nodes)
	for item, top := range l.top {
		beta := l.of(item, all)
		n := len(beta)
		probability, first := make([]float64, (top+1)*count), make([]float64, (top+1)*n*count)
		p := newPoint(top, n)
		for q, node := range nodes {
			p.at(l.kind[item], node, beta)
			if !p.possible {
				c.possible = false
				return c
			}
			for k := range top + 1 {
				probability[k*count+q] = p.probability[k]
				for i := range n {
					first[(k*n+i)*count+q] = p.first[k*n+i]
				}
			}
		}
		c.probability, c.first = append(c.probability, probability), append(c.first, first)
	}
	return c
}
