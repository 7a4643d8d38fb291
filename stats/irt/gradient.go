package irt

// gradient is that of the marginal log-likelihood: by Fisher's identity the expected gradient of the complete one.
func gradientOf(l *layout, c *curves, counts [][]float64, nodes int) []float64 {
	own := make([]float64, l.own)
	for item, top := range l.top {
		n := len(l.place[item])
		for k := range top + 1 {
			r := counts[item][k*nodes : (k+1)*nodes]
			for i := range n {
				own[l.offset[item]+i] += dot(r, c.first[item][(k*n+i)*nodes:(k*n+i+1)*nodes])
			}
		}
	}
	return l.gather(own)
}

func dot(a, b []float64) float64 {
	b = b[:len(a)]
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// complete returns two informations of the answers with the ability known, given the expected counts: the expected one, which is
// never negative and damps the steps, and the observed one. Both are matrices of the items' own parameters, upper triangle.
func complete(l *layout, all []float64, nodes []float64, counts [][]float64) (expected, observed []float64) {
	expected, observed = make([]float64, l.own*l.own), make([]float64, l.own*l.own)
	for item, top := range l.top {
		beta := l.of(item, all)
		n, offset := len(beta), l.offset[item]
		p := newPoint(top, n)
		for q, node := range nodes {
			p.at(l.kind[item], node, beta)
			persons := 0.0
			for k := range top + 1 {
				persons += counts[item][k*len(nodes)+q]
			}
			if persons == 0 {
				continue
			}
			for k := range top + 1 {
				share, r := persons*p.probability[k], counts[item][k*len(nodes)+q]
				first, second := p.first[k*n:(k+1)*n], p.second[k*n*n:(k+1)*n*n]
				for i := range n {
					at := (offset+i)*l.own + offset
					for j := i; j < n; j++ {
						expected[at+j] += share * first[i] * first[j]
						observed[at+j] -= r * second[i*n+j]
					}
				}
			}
		}
	}
	return expected, observed
}
