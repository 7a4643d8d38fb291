package mixed

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// correlationOne is how near to ±1 a correlation must be to count as on the boundary.
const correlationOne = 1e-9

// variances writes the variance components, θ in the columns of the design, and what lies on the boundary.
func (e *evaluator) variances(r *Result) {
	names := make([]string, len(e.terms))
	for k, t := range e.terms {
		names[k] = e.sums.Design.Groups[e.factors[t.factor].group].Name
	}
	names = uniqueNames(names)
	for k, t := range e.terms {
		effects, q := e.sums.Design.Terms[t.design].Effects, t.q
		relative := conjugate(t.basis.a, squareLower(lowerOf(e.theta[t.theta:], q), q), q)
		l := choleskyFlat(relative, q)
		for j := range q {
			for i := j; i < q; i++ {
				r.Theta = append(r.Theta, l[i*q+j])
			}
		}
		s2 := r.Sigma * r.Sigma
		for i := range q {
			v := s2 * relative[i*q+i]
			if v == 0 {
				r.Certificate.Boundary = append(r.Certificate.Boundary, "var("+names[k]+"."+effects[i].Name+") = 0")
			}
			r.VarComp = append(r.VarComp, VarComp{Group: names[k], Var1: effects[i].Name, VCov: v, SDCor: math.Sqrt(v), Known: true})
		}
		for i := range q {
			for j := i + 1; j < q; j++ {
				c := VarComp{Group: names[k], Var1: effects[i].Name, Var2: effects[j].Name, VCov: s2 * relative[i*q+j]}
				if length := math.Sqrt(relative[i*q+i] * relative[j*q+j]); length > 0 {
					c.SDCor, c.Known = clamp(relative[i*q+j]/length, -1, 1), true
					if math.Abs(c.SDCor) > 1-correlationOne {
						c.SDCor = math.Copysign(1, c.SDCor)
						r.Certificate.Boundary = append(r.Certificate.Boundary, "cor("+names[k]+"."+c.Var1+", "+c.Var2+") = "+strconv.Itoa(int(c.SDCor)))
					}
				}
				r.VarComp = append(r.VarComp, c)
			}
		}
		e.singular(r, names[k], t)
	}
	r.VarComp = append(r.VarComp, VarComp{Group: "Residual", VCov: r.Sigma * r.Sigma, SDCor: r.Sigma, Known: true})
}

// singular names a covariance matrix of three or more effects that is singular though no single correlation is ±1.
func (e *evaluator) singular(r *Result, name string, t problemTerm) {
	if t.q < 3 {
		return
	}
	rank := rankOf(lowerOf(e.theta[t.theta:], t.q), t.q)
	for _, b := range r.Certificate.Boundary {
		if strings.Contains(b, "("+name+".") {
			return
		}
	}
	if rank < t.q {
		r.Certificate.Boundary = append(r.Certificate.Boundary, "rank("+name+") = "+strconv.Itoa(rank)+" < "+strconv.Itoa(t.q))
	}
}

// rankOf counts the columns of a lower triangular factor that are not zero.
func rankOf(l []float64, q int) int {
	rank := 0
	for j := range q {
		if l[j*q+j] != 0 {
			rank++
		}
	}
	return rank
}

// conjugate is A S A' with exact symmetry; what rounding leaves of a zero becomes zero.
func conjugate(a, s []float64, q int) []float64 {
	half, out := make([]float64, q*q), make([]float64, q*q)
	addProduct(half, q, a, s, q, q, q)
	for i := range q {
		size := 0.0
		for j := range i + 1 {
			sum := 0.0
			for k := range q {
				sum += float64(half[i*q+k] * a[j*q+k])
				if i == j {
					size += math.Abs(half[i*q+k] * a[j*q+k])
				}
			}
			out[i*q+j], out[j*q+i] = sum, sum
		}
		if out[i*q+i] <= 1e-14*size {
			for j := range q {
				out[i*q+j], out[j*q+i] = 0, 0
			}
		}
	}
	return out
}

// uniqueNames makes names of groups distinct as R does where one stands twice: only syntactic names, then .1, .2, …
func uniqueNames(names []string) []string {
	count := map[string]int{}
	for _, n := range names {
		count[n]++
	}
	if len(count) == len(names) {
		return names
	}
	out := make([]string, len(names))
	seen := map[string]int{}
	for i, n := range names {
		base := strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '_' {
				return r
			}
			return '.'
		}, n)
		out[i] = base
		if k := seen[base]; k > 0 {
			out[i] = base + "." + strconv.Itoa(k)
		}
		seen[base]++
	}
	return out
}

// effects writes the effects of every level and their conditional covariance.
func (e *evaluator) effects(r *Result, b []float64) {
	for f := range e.factors {
		x, lambda := &e.factors[f], e.lambda[f]
		q, nv := x.q, e.nv
		g := GroupEffects{Group: e.sums.Design.Groups[x.group].Name, Levels: x.levels}
		a := make([]float64, q*q)
		for _, t := range e.terms {
			if t.factor != f {
				continue
			}
			for i, effect := range e.sums.Design.Terms[t.design].Effects {
				g.Names = append(g.Names, effect.Name)
				copy(a[(t.at+i)*q+t.at:(t.at+i)*q+t.at+t.q], t.basis.a[i*t.q:(i+1)*t.q])
			}
		}
		al := make([]float64, q*q) // from u to effects of the design
		addProduct(al, q, a, lambda, q, q, q)
		for i := range q {
			sum := 0.0
			for k := range q {
				sum += float64(al[i*q+k] * al[i*q+k])
			}
			g.Variance = append(g.Variance, sum*r.Sigma*r.Sigma)
		}
		u := make([]float64, q)
		for level := range x.n {
			node := x.node + level
			for i := range q {
				row := e.u[e.bAt[node]+i*nv : e.bAt[node]+(i+1)*nv]
				u[i] = row[nv-1]
				for k, v := range b {
					u[i] -= float64(row[k] * v)
				}
			}
			e.level(&g, al, u, e.inv[e.dAt[node]:e.dAt[node]+q*q], r.Sigma, f)
		}
		r.Effects = append(r.Effects, g)
	}
}

// level adds one level to the effects of its factor.
func (e *evaluator) level(g *GroupEffects, al, u, inverse []float64, sigma float64, f int) {
	q := len(u)
	blup, covariance, reliability := make([]float64, q), make([][]float64, q), make([]float64, q)
	half, full := make([]float64, q*q), make([]float64, q*q)
	addProduct(half, q, al, inverse, q, q, q)
	for i := range q {
		for k := range q {
			blup[i] += float64(al[i*q+k] * u[k])
		}
		blup[i] *= e.scale
		for j := range q {
			for k := range q {
				full[i*q+j] += float64(half[i*q+k] * al[j*q+k])
			}
		}
	}
	of := make([]int, q)
	for k, t := range e.terms {
		if t.factor == f {
			for i := range t.q {
				of[t.at+i] = k
			}
		}
	}
	for i := range q {
		covariance[i] = make([]float64, q)
		for j := range q {
			if of[i] == of[j] {
				covariance[i][j] = sigma * sigma * (full[i*q+j] + full[j*q+i]) / 2
			}
		}
		if g.Variance[i] > 0 {
			reliability[i] = clamp(1-covariance[i][i]/g.Variance[i], 0, 1)
		}
	}
	g.BLUP, g.CondVar, g.Reliability = append(g.BLUP, blup), append(g.CondVar, covariance), append(g.Reliability, reliability)
}
