//go:build shared

package mixed

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"jiaoheng/stats/table"
)

// widePupils makes one row of each pupil out of the rows of the long table.
func widePupils(t *testing.T) *table.Table {
	t.Helper()
	long := readShared(t, "gcsemv_long.csv")
	column := func(name string) *table.Column { c, _ := long.Column(name); return c }
	school, student, gender, resp, y := column("school").Factor(), column("student").Factor(), column("gender"), column("resp"), column("y")
	cells := [][]string{{"school", "gender", "written", "course"}}
	at := map[int32]int{}
	for i := range long.Rows {
		k, known := at[student.Codes[i]]
		if !known {
			k = len(cells)
			at[student.Codes[i]] = k
			cells = append(cells, []string{school.Levels[school.Codes[i]], gender.Levels[gender.Codes[i]], "", ""})
		}
		place := 3
		if resp.Levels[resp.Codes[i]] == "written" {
			place = 2
		}
		cells[k][place] = strconv.FormatFloat(y.Numbers[i], 'g', -1, 64)
	}
	wide, err := table.FromRows(cells, table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return wide
}

// TestSeveralSubjectsOfNlme holds the model of two subjects with free covariance of the residuals to nlme's, as far as its optimiser goes.
func TestSeveralSubjectsOfNlme(t *testing.T) {
	wide := widePupils(t)
	text, err := os.ReadFile(filepath.Join(sharedFolder, "gcsemv_nlme.expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var expected struct {
		Models map[string]struct {
			LogLik    float64
			Fixef, SE map[string]float64
			SchoolCov [][]float64 `json:"school_cov"`
			Resid     struct {
				Written float64 `json:"var_written"`
				Course  float64 `json:"var_course"`
				Cov     float64
			}
		}
	}
	if err := json.Unmarshal(text, &expected); err != nil {
		t.Fatal(err)
	}
	f, err := Parse("cbind(written, course) ~ gender + (1 | school)")
	if err != nil {
		t.Fatal(err)
	}
	s, err := SeveralFromTable(f, wide, nil)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{"written": "respwritten", "course": "respcourse", "written:genderM": "respwritten:genderM", "course:genderM": "respcourse:genderM"}
	for method, want := range expected.Models {
		begin := time.Now()
		r, err := FitSeveral(s, Options{Method: Method(method)})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %v, %+v", method, time.Since(begin), r.Certificate)
		near(t, method+" logLik", r.LogLik, want.LogLik, 1e-5)
		for _, c := range r.Coefficient {
			near(t, method+" "+c.Name, c.Value, want.Fixef[names[c.Name]], 1e-4*c.SE)
			near(t, method+" se "+c.Name, c.SE, want.SE[names[c.Name]], 1e-4*c.SE)
		}
		t.Logf("log-likelihood %.3g above nlme's", r.LogLik-want.LogLik)
		if r.LogLik < want.LogLik-1e-8 {
			t.Errorf("%s: nlme found %.9f, we %.9f", method, want.LogLik, r.LogLik)
		}
		school := [][]float64{{r.VarComp[0].VCov, r.VarComp[2].VCov}, {r.VarComp[2].VCov, r.VarComp[1].VCov}}
		residual := [][]float64{{want.Resid.Written, want.Resid.Cov}, {want.Resid.Cov, want.Resid.Course}}
		for i := range 2 { // nlme's own optimiser leaves some 1e-5 of the standard deviations
			for j := range 2 {
				near(t, method+" school", school[i][j], want.SchoolCov[i][j], 4e-5*math.Sqrt(want.SchoolCov[i][i]*want.SchoolCov[j][j]))
				near(t, method+" pupil", r.Residual[i][j], residual[i][j], 4e-5*math.Sqrt(residual[i][i]*residual[j][j]))
			}
		}
	}
}
