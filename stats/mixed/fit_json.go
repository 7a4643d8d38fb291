package mixed

import (
	"bytes"
	"encoding/json"
)

// named is a JSON object in a stated order.
type named struct {
	names  []string
	values []any
}

func (n *named) add(name string, value any) {
	n.names, n.values = append(n.names, name), append(n.values, value)
}

// MarshalJSON writes the members in their order.
func (n named) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for i, name := range n.names {
		if i > 0 {
			out.WriteByte(',')
		}
		key, err := json.Marshal(name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(n.values[i])
		if err != nil {
			return nil, err
		}
		out.Write(key)
		out.WriteByte(':')
		out.Write(value)
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// MarshalJSON writes the result under the names that lme4's users know: method, formula, n, ngroups, fixef, se, vcov_fixef, varcomp,
// sigma, theta, logLik, minus2logLik, AIC, BIC, ranef, dropped, certificate. One parameter and one effect stand without brackets.
func (r *Result) MarshalJSON() ([]byte, error) {
	var out, groups, fixef, se, certificate named
	for _, g := range r.Effects {
		groups.add(g.Group, len(g.Levels))
	}
	for _, c := range r.Coefficient {
		fixef.add(c.Name, c.Value)
		se.add(c.Name, c.SE)
	}
	out.add("method", r.Method)
	out.add("formula", r.Formula)
	out.add("n", r.N)
	out.add("missing", r.Missing)
	out.add("ngroups", groups)
	out.add("fixef", fixef)
	out.add("se", se)
	out.add("vcov_fixef", list(r.Covariance))
	var components []named
	for _, v := range r.VarComp {
		var c named
		c.add("grp", v.Group)
		c.add("var1", orNull(v.Var1))
		c.add("var2", orNull(v.Var2))
		c.add("vcov", v.VCov)
		if v.Known {
			c.add("sdcor", v.SDCor)
		} else {
			c.add("sdcor", nil)
		}
		components = append(components, c)
	}
	out.add("varcomp", components)
	out.add("sigma", r.Sigma)
	out.add("theta", oneOrMany(r.Theta))
	out.add("logLik", r.LogLik)
	out.add("minus2logLik", -2*r.LogLik)
	out.add("AIC", r.AIC)
	out.add("BIC", r.BIC)
	var effects []named
	for _, g := range r.Effects {
		var e named
		e.add("group", g.Group)
		e.add("levels", g.Levels)
		e.add("effects", oneOrMany(g.Names))
		e.add("blup", g.BLUP)
		e.add("condVar", g.CondVar)
		e.add("reliability", g.Reliability)
		effects = append(effects, e)
	}
	out.add("ranef", effects)
	out.add("dropped", list(r.Dropped))
	certificate.add("gradient", r.Certificate.Gradient)
	certificate.add("boundary", list(r.Certificate.Boundary))
	certificate.add("starts", r.Certificate.Starts)
	certificate.add("agreed", r.Certificate.Agreed)
	certificate.add("iterations", r.Certificate.Iterations)
	certificate.add("evaluations", r.Certificate.Evaluations)
	certificate.add("converged", r.Certificate.Converged)
	certificate.add("flat", r.Certificate.Flat)
	certificate.add("centre", r.Certificate.Centre)
	out.add("certificate", certificate)
	return json.Marshal(out)
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func oneOrMany[T any](values []T) any {
	if len(values) == 1 {
		return values[0]
	}
	return values
}

// list keeps an empty list a list.
func list[T any](values []T) []T {
	if values == nil {
		return []T{}
	}
	return values
}
