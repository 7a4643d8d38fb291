//go:build shared

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// growthSet is a file of models that lme4 has fitted.
type growthSet struct {
	Levels map[string]json.RawMessage `json:"factor_levels"`
	Models map[string]growthModel
}

type growthModel struct {
	Method, Formula string
	N               int64
	Ngroups         map[string]int
	Fixef, SE       map[string]float64
	Varcomp         []struct {
		Grp, Var1, Var2 string
		Vcov            float64
		Sdcor           *float64
	}
	LogLik float64
	Ranef  []growthEffects
	Noise  struct{ Minus2LogLik, Fixef, Vcov, Blup float64 }
}

type growthEffects struct {
	Group   string
	Levels  []string
	Blup    [][]float64
	CondVar [][][]float64
}

const quantFolder = "../../../shared/quant"

// TestGrowthAgreesWithPublishedModels runs the command for every model of the reference sets and compares its document.
func TestGrowthAgreesWithPublishedModels(t *testing.T) {
	models := 0
	for _, name := range []string{"exam", "scotssec", "egsingle", "gcsemv_long"} {
		data, err := os.ReadFile(filepath.Join(quantFolder, name+".expected.json"))
		if err != nil {
			t.Fatal(err)
		}
		var set growthSet
		if err := json.Unmarshal(data, &set); err != nil {
			t.Fatal(err)
		}
		var flags []string
		for column, raw := range set.Levels {
			var levels []string
			if json.Unmarshal(raw, &levels) == nil {
				flags = append(flags, "--levels", column+"="+strings.Join(levels, ","))
			}
		}
		for key, want := range set.Models {
			models++
			args := append([]string{"assess", "growth", filepath.Join(quantFolder, name+".csv"), "--model", want.Formula, "--method", strings.ToLower(want.Method), "--json"}, flags...)
			var out, failed bytes.Buffer
			if exit := run(context.Background(), args, nil, &out, &failed, nil); exit != exitDone {
				t.Errorf("%s %s: exit %d: %s", name, key, exit, failed.String())
				continue
			}
			var got growthModel
			if err := json.Unmarshal(out.Bytes(), &got); err != nil {
				t.Fatal(err)
			}
			t.Run(name+"/"+key, func(t *testing.T) { compareGrowth(t, got, want, strings.HasPrefix(key, "rsdiag")) })
		}
	}
	if models < 20 {
		t.Errorf("only %d models were compared", models)
	}
}

// compareGrowth holds a document to the gates; never tighter than three times what the reference says of itself, which for stuck is nothing.
func compareGrowth(t *testing.T, got, want growthModel, stuck bool) {
	noise := want.Noise
	if stuck {
		noise.Minus2LogLik, noise.Fixef, noise.Vcov, noise.Blup = 0, 0, 0, 0
	}
	if got.N != want.N || got.Method != want.Method {
		t.Errorf("n %d, %s; want %d, %s", got.N, got.Method, want.N, want.Method)
	}
	for group, n := range want.Ngroups {
		if got.Ngroups[group] != n {
			t.Errorf("group %s has %d levels, want %d", group, got.Ngroups[group], n)
		}
	}
	if d := math.Abs(got.LogLik - want.LogLik); d > max(1e-6, 3*noise.Minus2LogLik) {
		t.Errorf("log-likelihood %.9f, want %.9f", got.LogLik, want.LogLik)
	}
	if len(got.Fixef) != len(want.Fixef) {
		t.Errorf("coefficients %v, want %v", got.Fixef, want.Fixef)
	}
	for name, b := range want.Fixef {
		if d := math.Abs(got.Fixef[name] - b); d > max(1e-6*want.SE[name], 3*noise.Fixef) || math.Abs(got.SE[name]/want.SE[name]-1) > max(1e-5, 3*noise.Vcov) {
			t.Errorf("%s is %v (%v), want %v (%v)", name, got.Fixef[name], got.SE[name], b, want.SE[name])
		}
	}
	sd := map[string]float64{}
	for _, w := range want.Varcomp {
		if w.Var2 == "" {
			sd[w.Grp+w.Var1] = math.Sqrt(w.Vcov)
		}
	}
	for _, w := range want.Varcomp {
		found := false
		for _, g := range got.Varcomp {
			if g.Grp != w.Grp || g.Var1 != w.Var1 || g.Var2 != w.Var2 {
				continue
			}
			found = true
			scale := math.Abs(w.Vcov)
			if w.Var2 != "" {
				scale = sd[w.Grp+w.Var1] * sd[w.Grp+w.Var2]
			}
			if d := math.Abs(g.Vcov - w.Vcov); d > max(1e-5, 3*noise.Vcov)*scale {
				t.Errorf("variance %s %s %s is %v, want %v", w.Grp, w.Var1, w.Var2, g.Vcov, w.Vcov)
			}
		}
		if !found {
			t.Errorf("no variance %s %s %s", w.Grp, w.Var1, w.Var2)
		}
	}
	for _, w := range want.Ranef {
		compareGrowthEffects(t, got.Ranef, w, max(1e-5, 3*noise.Blup))
	}
}

// compareGrowthEffects compares effects in units of their standard deviation, and the squares of that.
func compareGrowthEffects(t *testing.T, got []growthEffects, want growthEffects, gate float64) {
	for _, g := range got {
		if g.Group != want.Group {
			continue
		}
		place := map[string]int{}
		for i, level := range g.Levels {
			place[level] = i
		}
		worst, worstVariance := 0.0, 0.0
		for i, level := range want.Levels {
			at, found := place[level]
			if !found {
				t.Errorf("%s has no level %s", want.Group, level)
				return
			}
			for k := range want.Blup[i] {
				variance := want.CondVar[i][k][k]
				worst = max(worst, math.Abs(g.Blup[at][k]-want.Blup[i][k])/math.Sqrt(max(variance, 1e-12)))
				worstVariance = max(worstVariance, math.Abs(g.CondVar[at][k][k]-variance)/max(variance, 1e-12))
			}
		}
		if worst > gate || worstVariance > gate {
			t.Errorf("effects of %s differ by %g SD, their variances by %g", want.Group, worst, worstVariance)
		}
		return
	}
	t.Errorf("no effects of %s", want.Group)
}
