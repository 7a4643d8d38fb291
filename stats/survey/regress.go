package survey

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Regression is a linear regression in the population.
type Regression struct {
	Values     []float64   `json:"est"`
	SE         []float64   `json:"se"`
	Covariance [][]float64 `json:"vcov"`
	Rows       int         `json:"n"`
	Freedom    float64     `json:"df"`
}

// Regress fits y on columns (the constant is one of them if it is wanted) by weighted least squares over a domain. Columns that depend on
// each other are a fault.
func (s *Sample) Regress(y []float64, columns [][]float64, in Domain) (Regression, error) {
	weights, _, rows := s.inside(in)
	beta, inverse, err := leastSquares(weights, y, columns)
	if err != nil {
		return Regression{}, err
	}
	q := len(columns)
	influences := make([][]float64, q)
	for k := range influences {
		influences[k] = make([]float64, len(y))
	}
	for i, w := range weights {
		if w == 0 {
			continue
		}
		left := y[i]
		for k, column := range columns {
			left -= beta[k] * column[i]
		}
		for k := range q {
			sum := 0.0
			for l, column := range columns {
				sum += inverse.At(k, l) * column[i]
			}
			influences[k][i] = sum * left
		}
	}
	out := Regression{Values: beta, Covariance: s.covariance(influences...), Rows: rows, Freedom: s.Freedom() + 1 - float64(q)}
	for k := range q {
		out.SE = append(out.SE, math.Sqrt(out.Covariance[k][k]))
	}
	return out, nil
}

// leastSquares solves the normal equations with columns scaled to length 1.
func leastSquares(weights, y []float64, columns [][]float64) ([]float64, *mat.SymDense, error) {
	q := len(columns)
	if q == 0 || q > MaxColumns {
		return nil, nil, fault.New("survey.columns", message.Args{"count": q, "limit": MaxColumns})
	}
	size := make([]float64, q)
	for k, column := range columns {
		for i, w := range weights {
			if w != 0 {
				size[k] += w * column[i] * column[i]
			}
		}
		size[k] = math.Sqrt(size[k])
	}
	cross, right := mat.NewSymDense(q, nil), make([]float64, q)
	for k, column := range columns {
		for l := range k + 1 {
			sum := 0.0
			for i, w := range weights {
				if w != 0 {
					sum += w * column[i] * columns[l][i]
				}
			}
			cross.SetSym(k, l, sum/(size[k]*size[l]))
		}
		for i, w := range weights {
			if w != 0 {
				right[k] += w * column[i] * y[i] / size[k]
			}
		}
	}
	var factor mat.Cholesky
	if !factor.Factorize(cross) || factor.Cond() > 1e12 {
		return nil, nil, fault.New("survey.columns_depend", nil)
	}
	var inverse mat.SymDense
	if err := factor.InverseTo(&inverse); err != nil {
		return nil, nil, fault.New("survey.columns_depend", nil)
	}
	beta := make([]float64, q)
	for k := range q {
		for l := range q {
			beta[k] += inverse.At(k, l) * right[l] / size[k]
		}
	}
	for k := range q {
		for l := range k + 1 {
			inverse.SetSym(k, l, inverse.At(k, l)/(size[k]*size[l]))
		}
	}
	return beta, &inverse, nil
}
