package mixed

import "math"

// Several tells whether the formula has several responses, cbind(a, b) ~ …, so that FitSeveral fits it.
func (f *Formula) Several() bool { return len(f.responses()) > 1 }

// Result is the model in the shape that one response has. The covariance of the residuals of a pupil stands among VarComp under
// Residual, a row for each response and one for each pair; Sigma is the standard deviation of the residuals of the first response.
// Theta is empty, and N counts values, not pupils.
func (r *SeveralResult) Result() *Result {
	out := &Result{Method: r.Method, Formula: r.Formula, N: r.N, Coefficient: r.Coefficient, Covariance: r.Covariance, VarComp: append([]VarComp{}, r.VarComp...),
		LogLik: r.LogLik, Effects: r.Effects, Dropped: r.Dropped, Certificate: r.Certificate}
	for i, name := range r.Subjects {
		out.VarComp = append(out.VarComp, VarComp{Group: "Residual", Var1: name, VCov: r.Residual[i][i], SDCor: math.Sqrt(r.Residual[i][i]), Known: true})
	}
	for i, name := range r.Subjects {
		for j := i + 1; j < len(r.Subjects); j++ {
			scale := math.Sqrt(r.Residual[i][i] * r.Residual[j][j])
			one := VarComp{Group: "Residual", Var1: name, Var2: r.Subjects[j], VCov: r.Residual[i][j], Known: scale > 0}
			if one.Known {
				one.SDCor = one.VCov / scale
			}
			out.VarComp = append(out.VarComp, one)
		}
	}
	out.Sigma = math.Sqrt(r.Residual[0][0])
	terms := map[string]int{} // parameters of a term with k effects: k(k+1)/2, as many as it has variances and covariances
	for _, v := range out.VarComp {
		terms[v.Group]++
	}
	parameters := float64(len(r.Coefficient))
	for _, n := range terms {
		parameters += float64(n)
	}
	out.AIC, out.BIC = -2*r.LogLik+2*parameters, -2*r.LogLik+parameters*math.Log(float64(r.N))
	return out
}
