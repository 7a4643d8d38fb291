package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"
)

// peerScript fits a model by lme4 as its users do and tells what came out and what the fit alone took, reading left out.
const peerScript = `args <- commandArgs(TRUE)
suppressMessages(library(lme4))
data <- read.csv(args[1], stringsAsFactors = TRUE)
before <- proc.time()
m <- lmer(as.formula(args[2]), data)
used <- proc.time() - before
number <- function(x) paste(sprintf("%.12g", x), collapse = ",")
name <- function(x) paste0('"', x, '"', collapse = ",")
v <- as.data.frame(VarCorr(m))
cat(sprintf('{"seconds":%s,"logLik":%s,"names":[%s],"fixef":[%s],"se":[%s],"groups":[%s],"vcov":[%s],"version":"%s"}\n', number(used[1] + used[2]), number(logLik(m)),
  name(names(fixef(m))), number(fixef(m)), number(sqrt(diag(as.matrix(vcov(m))))), name(v$grp), number(v$vcov), paste(R.version$major, R.version$minor, packageVersion("lme4"), sep = " ")))
`

// peerFit is what the script tells.
type peerFit struct {
	Seconds, LogLik float64
	Names, Groups   []string
	Fixef, SE, Vcov []float64
	Version         string
	peak            int64 // kB
}

var errNoPeer = errors.New("lme4 is not installed")

// runPeer fits a model by lme4; errNoPeer when it is not there.
func runPeer(path, formula string) (peerFit, error) {
	var fit peerFit
	if exec.Command("Rscript", "-e", "library(lme4)").Run() != nil {
		return fit, errNoPeer
	}
	command := exec.Command("Rscript", "-e", peerScript, path, formula)
	out, err := command.Output()
	if err != nil {
		return fit, fmt.Errorf("lme4: %w", err)
	}
	if used, ok := command.ProcessState.SysUsage().(*syscall.Rusage); ok {
		fit.peak = used.Maxrss
	}
	text := string(out)
	return fit, json.Unmarshal([]byte(text[strings.Index(text, "{"):]), &fit)
}

// compare holds our fit to that of the peer. Its optimiser stops early by default, at some 1e-5 of a variance.
func (p peerFit) compare(ours fitted) error {
	if d := math.Abs(p.LogLik - ours.LogLik); d > 1e-3 {
		return fmt.Errorf("log-likelihood %.6f, lme4 has %.6f", ours.LogLik, p.LogLik)
	}
	for i, name := range p.Names {
		if d := math.Abs(p.Fixef[i] - ours.Fixef[name]); d > 1e-3*p.SE[i] {
			return fmt.Errorf("%s is %v, lme4 has %v", name, ours.Fixef[name], p.Fixef[i])
		}
	}
	for i, group := range p.Groups {
		at := slices.IndexFunc(ours.Varcomp, func(v component) bool { return v.Grp == group })
		if at < 0 || math.Abs(ours.Varcomp[at].Vcov/p.Vcov[i]-1) > 1e-3 {
			return fmt.Errorf("the variance of %s is not that of lme4, %v", group, p.Vcov[i])
		}
	}
	return nil
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }
