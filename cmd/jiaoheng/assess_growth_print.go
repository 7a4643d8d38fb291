package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"jiaoheng/message"
	"jiaoheng/stats"
	"jiaoheng/stats/mixed"
)

// shownLevels is how many levels of a group are printed; --json has all.
const shownLevels = 100

// assessGrowthPrint prints a fitted model in words.
type assessGrowthPrint struct {
	*environment
	result *mixed.Result
}

func (p assessGrowthPrint) say(key string, args message.Args) {
	fmt.Fprintln(p.out, message.Text(p.language, key, args))
}

// cells prints a row of a table.
func (p assessGrowthPrint) cells(cells ...string) { fmt.Fprintln(p.out, strings.Join(cells, "\t")) }

// figures writes a number with so many figures as people compare.
func figures(x float64) string {
	text := strconv.FormatFloat(x, 'g', 6, 64)
	if strings.Contains(text, "e") && math.Abs(x) < 1e15 && math.Abs(x) >= 1e6 {
		return strconv.FormatFloat(x, 'f', 0, 64)
	}
	return text
}

func (p assessGrowthPrint) all() {
	r := p.result
	p.say("growth.head", message.Args{"formula": r.Formula, "method": string(r.Method)})
	p.say("growth.rows", message.Args{"rows": r.N, "missing": r.Missing})
	for _, g := range r.Effects {
		p.say("growth.group", message.Args{"group": g.Group, "levels": len(g.Levels)})
	}
	p.fixed()
	p.variances()
	p.say("growth.likelihood", message.Args{"loglik": strconv.FormatFloat(r.LogLik, 'f', 4, 64), "aic": strconv.FormatFloat(r.AIC, 'f', 2, 64), "bic": strconv.FormatFloat(r.BIC, 'f', 2, 64)})
	for _, g := range r.Effects {
		p.effects(g)
	}
	p.certificate()
}

// fixed prints the coefficients in units of the response.
func (p assessGrowthPrint) fixed() {
	fmt.Fprintln(p.out)
	p.say("growth.fixed_head", message.Args{"response": strings.TrimSpace(strings.SplitN(p.result.Formula, "~", 2)[0])})
	z := stats.NormalQuantile(0.975)
	for _, c := range p.result.Coefficient {
		p.cells(c.Name, figures(c.Value), figures(c.SE), figures(c.Value-z*c.SE), figures(c.Value+z*c.SE))
	}
	if len(p.result.Dropped) > 0 {
		p.say("growth.dropped", message.Args{"columns": strings.Join(p.result.Dropped, message.Text(p.language, "growth.comma", nil))})
	}
}

// variances prints variances and correlations, and what share lies between groups where every effect is an intercept.
func (p assessGrowthPrint) variances() {
	fmt.Fprintln(p.out)
	p.say("growth.variance_head", nil)
	total, plain := 0.0, true
	for _, v := range p.result.VarComp {
		if v.Var2 != "" {
			plain = false
			correlation := message.Text(p.language, "growth.unknown", nil)
			if v.Known {
				correlation = figures(v.SDCor)
			}
			p.cells(v.Group, v.Var1+" × "+v.Var2, figures(v.VCov), message.Text(p.language, "growth.correlation", message.Args{"value": correlation}))
			continue
		}
		plain = plain && (v.Var1 == "(Intercept)" || v.Var1 == "")
		total += v.VCov
		name := v.Group
		if v.Group == "Residual" {
			name = message.Text(p.language, "growth.residual", nil)
		}
		p.cells(name, v.Var1, figures(v.VCov), figures(v.SDCor))
	}
	if !plain || total <= 0 {
		return
	}
	for _, v := range p.result.VarComp {
		if v.Group != "Residual" {
			p.say("growth.share", message.Args{"group": v.Group, "share": strconv.FormatFloat(100*v.VCov/total, 'f', 2, 64)})
		}
	}
}

// effects prints the effects of a group with their intervals, in the order of the levels: they are no ranking.
func (p assessGrowthPrint) effects(g mixed.GroupEffects) {
	z := stats.NormalQuantile(0.975)
	for k, name := range g.Names {
		fmt.Fprintln(p.out)
		p.say("growth.effects_head", message.Args{"group": g.Group, "effect": name})
		above, below := 0, 0
		for i, level := range g.Levels {
			value, sd := g.BLUP[i][k], math.Sqrt(max(g.CondVar[i][k][k], 0))
			verdict := "growth.none"
			switch {
			case value-z*sd > 0:
				verdict = "growth.above"
				above++
			case value+z*sd < 0:
				verdict = "growth.below"
				below++
			}
			if i < shownLevels {
				p.cells(level, figures(value), figures(sd), figures(value-z*sd), figures(value+z*sd), message.Text(p.language, verdict, nil))
			}
		}
		if len(g.Levels) > shownLevels {
			p.say("growth.more_levels", message.Args{"count": len(g.Levels) - shownLevels})
		}
		p.say("growth.counts", message.Args{"above": above, "below": below, "none": len(g.Levels) - above - below})
	}
}

// certificate says in words how sure the solution is.
func (p assessGrowthPrint) certificate() {
	c := p.result.Certificate
	fmt.Fprintln(p.out)
	key := "growth.converged"
	if !c.Converged {
		key = "growth.not_converged"
	}
	p.say(key, message.Args{"starts": c.Starts, "agreed": c.Agreed, "gradient": strconv.FormatFloat(c.Gradient, 'e', 1, 64), "evaluations": c.Evaluations})
	if len(c.Boundary) == 0 {
		p.say("growth.inside", nil)
		return
	}
	p.say("growth.boundary", message.Args{"list": strings.Join(c.Boundary, message.Text(p.language, "growth.comma", nil))})
}
