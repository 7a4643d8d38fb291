//go:build shared

package mixed

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"jiaoheng/stats/table"
)

// expectedSet is a file of models fitted by lme4 beside the data.
type expectedSet struct {
	Levels map[string]any `json:"factor_levels"`
	Models map[string]expectedModel
}

type expectedModel struct {
	Method  string
	Formula string
	N       int64
	Ngroups map[string]int
	Fixef   map[string]float64
	SE      map[string]float64
	VarComp []struct {
		Grp, Var1, Var2 string
		VCov, SDCor     float64
	}
	Sigma  float64
	LogLik float64
	AIC    float64
	BIC    float64
	Vcov   [][]float64 `json:"vcov_fixef"`
	Ranef  []struct {
		Group   string
		Levels  []string
		Blup    [][]float64
		CondVar [][][]float64
	}
	Noise struct {
		Minus2LogLik, Fixef, Vcov, Blup float64
	}
}

const sharedFolder = "../../../shared/quant"

func readShared(t testing.TB, name string) *table.Table {
	t.Helper()
	file, err := os.Open(filepath.Join(sharedFolder, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	data, err := table.Read(file, table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestModelsOfLme4 holds every model of the reference sets to: log-likelihood 1e-6, coefficients 1e-6 of their standard error,
// variances 1e-5, effects 1e-5 standard deviations, conditional variances 1e-5; never tighter than three times the stated noise.
func TestModelsOfLme4(t *testing.T) {
	for _, set := range []string{"exam", "scotssec", "egsingle", "gcsemv_long"} {
		text, err := os.ReadFile(filepath.Join(sharedFolder, set+".expected.json"))
		if err != nil {
			t.Fatal(err)
		}
		var expected expectedSet
		if err := json.Unmarshal(text, &expected); err != nil {
			t.Fatal(err)
		}
		levels := map[string][]string{}
		for name, of := range expected.Levels {
			if list, ok := of.([]any); ok {
				for _, l := range list {
					levels[name] = append(levels[name], l.(string))
				}
			}
		}
		data := readShared(t, set+".csv")
		for name, want := range expected.Models {
			t.Run(set+"/"+name, func(t *testing.T) {
				f, err := Parse(want.Formula)
				if err != nil {
					t.Fatal(err)
				}
				s, err := FromTable(f, data, levels)
				if err != nil {
					t.Fatal(err)
				}
				begin := time.Now()
				got, err := Fit(s, Options{Method: Method(want.Method)})
				if err != nil {
					t.Fatal(err)
				}
				t.Logf("%v; gradient %.1e, %d starts, %d agreed, %d evaluations, boundary %v", time.Since(begin).Round(100*time.Microsecond),
					got.Certificate.Gradient, got.Certificate.Starts, got.Certificate.Agreed, got.Certificate.Evaluations, got.Certificate.Boundary)
				compareFit(t, got, want)
			})
		}
	}
}

func compareFit(t *testing.T, got *Result, want expectedModel) {
	noise := want.Noise
	if noise.Vcov == 1 { // one of the two optimisers stuck: normal gates
		noise.Minus2LogLik, noise.Fixef, noise.Vcov, noise.Blup = 0, 0, 0, 0
	}
	worst := map[string]float64{}
	check := func(what, where string, got, want, allowed float64) {
		worst[what] = max(worst[what], math.Abs(got-want)/allowed)
		if !(math.Abs(got-want) <= allowed) {
			t.Errorf("%s %s: got %.12g, want %.12g, allowed %.2g", what, where, got, want, allowed)
		}
	}
	if got.N != want.N || len(got.Dropped) > 0 || !got.Certificate.Converged {
		t.Errorf("n %d, want %d; dropped %v; converged %v", got.N, want.N, got.Dropped, got.Certificate.Converged)
	}
	check("logLik", "", got.LogLik, want.LogLik, max(1e-6, 3*noise.Minus2LogLik))
	check("AIC", "", got.AIC, want.AIC, max(2e-6, 6*noise.Minus2LogLik))
	check("BIC", "", got.BIC, want.BIC, max(2e-6, 6*noise.Minus2LogLik))
	if len(got.Coefficient) != len(want.Fixef) {
		t.Fatalf("%d coefficients, want %d", len(got.Coefficient), len(want.Fixef))
	}
	for i, c := range got.Coefficient {
		value, known := want.Fixef[c.Name]
		if !known {
			t.Errorf("coefficient %s is not known", c.Name)
		}
		check("fixef", c.Name, c.Value, value, max(1e-6*want.SE[c.Name], 3*noise.Fixef*want.SE[c.Name]))
		check("se", c.Name, c.SE, want.SE[c.Name], max(1e-5, 3*noise.Vcov)*want.SE[c.Name])
		for j := range got.Coefficient {
			check("vcov_fixef", c.Name, got.Covariance[i][j], want.Vcov[i][j], max(1e-5, 3*noise.Vcov)*math.Sqrt(want.Vcov[i][i]*want.Vcov[j][j]))
		}
	}
	if len(got.VarComp) != len(want.VarComp) {
		t.Fatalf("%d variance components, want %d", len(got.VarComp), len(want.VarComp))
	}
	for i, v := range got.VarComp {
		w := want.VarComp[i]
		if v.Group != w.Grp || v.Var1 != w.Var1 || v.Var2 != w.Var2 {
			t.Errorf("component %v, want %v", v, w)
		}
		check("varcomp", v.Group+v.Var1+v.Var2, v.VCov, w.VCov, max(1e-5, 3*noise.Vcov)*math.Abs(w.VCov))
		check("sdcor", v.Group+v.Var1+v.Var2, v.SDCor, w.SDCor, max(1e-5, 3*noise.Vcov)*math.Abs(w.SDCor))
	}
	check("sigma", "", got.Sigma, want.Sigma, max(1e-5, 3*noise.Vcov)*want.Sigma)
	for i, g := range got.Effects {
		w := want.Ranef[i]
		if g.Group != w.Group || !slices.Equal(g.Levels, w.Levels) {
			t.Errorf("group %s with levels %v…", g.Group, g.Levels[:min(5, len(g.Levels))])
			continue
		}
		for k := range g.Levels {
			for j := range g.Names {
				sd := math.Sqrt(g.Variance[j])
				check("blup", g.Group+g.Levels[k], g.BLUP[k][j], w.Blup[k][j], max(1e-5*sd, 3*noise.Blup*sd))
				for l := range g.Names {
					check("condVar", g.Group+g.Levels[k], g.CondVar[k][j][l], w.CondVar[k][j][l], max(1e-5, 3*noise.Vcov)*math.Sqrt(w.CondVar[k][j][j]*w.CondVar[k][l][l]))
				}
			}
		}
	}
	t.Logf("share of what is allowed: %.3v", worst)
}
