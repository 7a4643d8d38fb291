// Command irt measures the fit of two-parameter models by the command assess irt: the whole command, from the .csv to the JSON with
// the abilities of all pupils. It generates the answers of pupils to 40 items with known parameters, checks what comes back
// against them, and ends with 1 when a bar is not met.
//
//	go run ./bench/irt [folder for the data]
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"jiaoheng/bench/machine"
	"jiaoheng/stats"
)

// items is how many items the test has.
const items = 40

// bar is one size with what it may take.
type bar struct {
	persons int
	missing float64 // share of answers that are missing
	seconds float64 // of user time
	memory  int64   // MB
	rmse    float64 // of the parameters from the truth
}

var bars = []bar{
	{50_000, 0, 1, 1024, 0.02},
	{50_000, 0.05, 0, 1024, 0.02},
	{1_000_000, 0, 12, 1024, 0.005},
}

func main() {
	folder, err := os.MkdirTemp("", "irt")
	if len(os.Args) > 1 {
		folder, err = os.Args[1], os.MkdirAll(os.Args[1], 0o755)
	}
	if err != nil {
		fail(err)
	}
	if len(os.Args) == 1 {
		defer os.RemoveAll(folder)
	}
	program := filepath.Join(folder, "jiaoheng")
	build := exec.Command("go", "build", "-o", program, "./cmd/jiaoheng")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		fail(err)
	}
	fmt.Printf("two-parameter models, %d items, .csv to JSON with every ability; %s, %s, %d processors, %s, load %s\n",
		items, time.Now().Format("2006-01-02"), runtime.Version(), runtime.NumCPU(), machine.Memory(), machine.Load())
	met := true
	for _, b := range bars {
		met = b.run(program, folder) && met
	}
	if !met {
		os.Exit(1)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// run generates, fits, checks and prints one size.
func (b bar) run(program, folder string) bool {
	file := filepath.Join(folder, fmt.Sprintf("answers_%d_%g.csv", b.persons, b.missing))
	slopes, intercepts, err := b.generate(file)
	if err != nil {
		fail(err)
	}
	defer os.Remove(file)
	command := exec.Command(program, "assess", "irt", file, "--model", "2pl", "--json")
	command.Env = append(os.Environ(), "GOMAXPROCS=2")
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		fail(err)
	}
	began := time.Now()
	if err := command.Start(); err != nil {
		fail(err)
	}
	text, err := io.ReadAll(out)
	if err != nil {
		fail(err)
	}
	if err := command.Wait(); err != nil {
		fail(err)
	}
	wall := time.Since(began).Seconds()
	var result struct {
		LogLik      float64
		Slope       []float64
		Steps       []float64 `json:"step_intercepts"`
		EAP         []float64
		Certificate struct {
			Gradient  float64 `json:"maxabs_gradient"`
			Converged bool
			Nodes     int
		}
	}
	if err := json.Unmarshal(text, &result); err != nil {
		fail(err)
	}
	far := 0.0
	for i := range slopes {
		far += math.Pow(result.Slope[i]-slopes[i], 2) + math.Pow(result.Steps[i]-intercepts[i], 2)
	}
	rmse := math.Sqrt(far / (2 * items))
	used := command.ProcessState.SysUsage().(*syscall.Rusage)
	user, memory := command.ProcessState.UserTime().Seconds(), used.Maxrss>>10
	met := result.Certificate.Converged && result.Certificate.Gradient < 1e-11*float64(b.persons)*items && rmse < b.rmse && len(result.EAP) == b.persons &&
		memory <= b.memory && (b.seconds == 0 || user <= b.seconds)
	bound := "no bar"
	if b.seconds > 0 {
		bound = fmt.Sprintf("bar %g s", b.seconds)
	}
	fmt.Printf("%9d pupils, %2.0f %% missing: user %.2f s (%s), system %.2f s, wall %.2f s, memory %d MB (bar %d); log-likelihood %.6f, largest gradient %.1e, nodes %d, parameters %.4f from the truth; met: %v\n",
		b.persons, 100*b.missing, user, bound, command.ProcessState.SystemTime().Seconds(), wall, memory, b.memory, result.LogLik, result.Certificate.Gradient, result.Certificate.Nodes, rmse, met)
	return met
}

// generate writes the answers and returns the true parameters.
func (b bar) generate(path string) (slopes, intercepts []float64, err error) {
	file, err := os.Create(path)
	if err != nil {
		return nil, nil, err
	}
	out := bufio.NewWriterSize(file, 1<<20)
	stream := stats.NewStream(7)
	for item := range items {
		slopes, intercepts = append(slopes, math.Exp(0.3*stream.Normal())), append(intercepts, stream.Normal())
		if item > 0 {
			out.WriteByte(',')
		}
		fmt.Fprintf(out, "i%d", item+1)
	}
	for range b.persons {
		ability := stream.Normal()
		for item := range items {
			out.WriteByte(",\n"[min(1, max(0, 1-item))])
			if b.missing > 0 && stream.Float64() < b.missing {
				continue
			}
			answer := byte('0')
			if stream.Float64() < 1/(1+math.Exp(-slopes[item]*ability-intercepts[item])) {
				answer = '1'
			}
			out.WriteByte(answer)
		}
	}
	out.WriteByte('\n')
	if err := out.Flush(); err != nil {
		return nil, nil, err
	}
	return slopes, intercepts, file.Close()
}
