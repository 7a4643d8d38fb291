// Command growth measures value added from files of 1,000,000, 5,000,000 and 10,000,000 invented pupils, and crossed groups.
//
// It invents the pupils in a temporary folder, once in the order of their schools and once in random order, builds the program and
// runs the whole command as anybody would: reading the text, summing, fitting, writing the effects of every school. It checks
// that the answers hold the truth the pupils were invented by, that the order of the rows changes no byte of them, and, where R
// and lme4 are installed, that lme4 finds the same; lme4's time is that of its fit alone, reading left out. Then the same for a set of
// ratings in which students and teachers cross. Run it from the root:
//
//	go run ./bench/growth
//
// All times are user processor seconds, which other work of the machine touches little. It writes what it prints to
// bench/growth/last.txt too, and ends with 1 when a bar is not met. With -pupils it takes one size; then nothing is written. With
// -peer it says up to how many pupils lme4 is asked, which takes some 10 s and 1 GB for a million.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"jiaoheng/bench/machine"
)

// The bars: processor time of the whole command, by pupils, and its memory.
var bars = []struct {
	pupils int
	user   time.Duration
}{{1_000_000, 500 * time.Millisecond}, {5_000_000, 2500 * time.Millisecond}, {10_000_000, 5 * time.Second}}

const (
	barMemory  = 300 // MB
	barStart   = 100 * time.Millisecond
	barCrossed = 3 * time.Second
)

var errBar = errors.New("a bar is not met")

func main() {
	pupils := flag.Int("pupils", 0, "only this size, one of 1000000, 5000000 and 10000000")
	peer := flag.Int("peer", 1_000_000, "lme4 is asked up to so many pupils")
	write := flag.String("write", "", "write the pupils to this file, and in random order beside it, and end: so that the bench itself stays small")
	flag.Parse()
	if *write != "" {
		if err := errors.Join(invent(*write, *pupils), shuffle(*write, *write+".random")); err != nil {
			fmt.Fprintln(os.Stderr, "bench/growth:", err)
			os.Exit(1)
		}
		return
	}
	if err := run(*pupils, *peer); err != nil {
		fmt.Fprintln(os.Stderr, "bench/growth:", err)
		os.Exit(1)
	}
}

func run(pupils, peer int) error {
	out := io.Writer(os.Stdout)
	if pupils == 0 {
		file, err := os.Create("bench/growth/last.txt")
		if err != nil {
			return err
		}
		defer file.Close()
		out = io.MultiWriter(os.Stdout, file)
	}
	fmt.Fprintf(out, "%s, %s %s/%s, %d processors, %s of memory\n", time.Now().UTC().Format(time.DateOnly), runtime.Version(), runtime.GOOS, runtime.GOARCH,
		runtime.NumCPU(), machine.Memory())
	dir, err := os.MkdirTemp("", "growth")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := bench{out: out, dir: dir, program: filepath.Join(dir, "jiaoheng")}
	build := exec.Command("go", "build", "-o", b.program, "./cmd/jiaoheng")
	build.Env, build.Stderr = append(os.Environ(), "CGO_ENABLED=0"), os.Stderr
	if err := build.Run(); err != nil {
		return err
	}
	failed := b.start()
	for _, bar := range bars {
		if pupils == 0 || pupils == bar.pupils {
			failed = errors.Join(failed, b.pupils(bar.pupils, bar.user, bar.pupils <= peer))
		}
	}
	return errors.Join(failed, b.crossed(peer > 0))
}

// bench runs the program on files in a folder.
type bench struct {
	out          io.Writer
	dir, program string
}

// fitted is what of the program's document is checked.
type fitted struct {
	N         int
	LogLik    float64
	Fixef, SE map[string]float64
	Varcomp   []component
	Ngroups   map[string]int
}

type component struct {
	Grp  string
	Vcov float64
}

// ask runs the command and returns its document, its user time and its peak memory in MB.
func (b bench) ask(file, formula string) (document []byte, user time.Duration, peak int64, err error) {
	command := exec.Command(b.program, "assess", "growth", file, "--model", formula, "--json")
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, os.Stderr
	if err := command.Run(); err != nil {
		return nil, 0, 0, err
	}
	if used, ok := command.ProcessState.SysUsage().(*syscall.Rusage); ok {
		peak = used.Maxrss >> 10
	}
	return out.Bytes(), command.ProcessState.UserTime(), peak, nil
}

// start measures what the program takes to begin with.
func (b bench) start() error {
	path := filepath.Join(b.dir, "tiny.csv")
	if err := os.WriteFile(path, []byte("g,y\na,1\na,2\nb,3\nb,5\n"), 0o600); err != nil {
		return err
	}
	_, user, peak, err := b.ask(path, "y ~ 1 + (1 | g)")
	if err != nil {
		return err
	}
	fmt.Fprintf(b.out, "four rows: %s (bar %s), %d MB\n", seconds(user), seconds(barStart), peak)
	if user > barStart {
		return fmt.Errorf("start: %w", errBar)
	}
	return nil
}

// pupils measures one size in both orders, and lme4.
func (b bench) pupils(n int, bar time.Duration, peer bool) error {
	grouped := filepath.Join(b.dir, "pupils.csv")
	shuffled := grouped + ".random"
	// What a process held when it began another one counts as the memory of the other one too, so somebody else invents.
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if out, err := exec.Command(self, "-pupils", strconv.Itoa(n), "-write", grouped).CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	info, err := os.Stat(grouped)
	if err != nil {
		return err
	}
	var failed error
	var first []byte
	var ours fitted
	least := time.Duration(math.MaxInt64)
	for _, file := range []string{grouped, shuffled} {
		document, user, peak, err := b.ask(file, model)
		if err != nil {
			return err
		}
		if first == nil {
			first = document
			if err := json.Unmarshal(document, &ours); err != nil {
				return err
			}
			if err := ours.check(n); err != nil {
				return err
			}
		}
		if !bytes.Equal(first, document) {
			failed = errors.Join(failed, errors.New("another order of the rows changed the answer"))
		}
		least = min(least, user)
		fmt.Fprintf(b.out, "%d pupils, %s, %d MB of text, %d schools: %s (bar %s), peak %d MB (bar %d), load of the machine %s\n", n,
			map[bool]string{true: "by school", false: "random order"}[file == grouped], info.Size()>>20, ours.Ngroups["school"], seconds(user), seconds(bar), peak, barMemory,
			machine.Load())
		if user > bar || peak > barMemory {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", filepath.Base(file), errBar))
		}
	}
	if !peer {
		return failed
	}
	return errors.Join(failed, b.against(grouped, model, ours, least))
}

// check holds a fit to the truth: within five standard errors, variances within what so many pupils and schools allow.
func (f fitted) check(n int) error {
	for name, want := range map[string]float64{"entry": truth.entry, "intake": truth.intake, "age": truth.age, "sexM": truth.boy, "trackphysics": truth.physics} {
		if math.Abs(f.Fixef[name]-want) > 5*f.SE[name] {
			return fmt.Errorf("%s is %v ± %v, the truth is %v", name, f.Fixef[name], f.SE[name], want)
		}
	}
	if f.N != n || len(f.Varcomp) != 2 {
		return fmt.Errorf("%d rows of %d, %d variances", f.N, n, len(f.Varcomp))
	}
	schools := float64(f.Ngroups["school"])
	if d := f.Varcomp[0].Vcov/(truth.school*truth.school) - 1; math.Abs(d) > 6*math.Sqrt(2/schools) {
		return fmt.Errorf("the variance of schools is %v", f.Varcomp[0].Vcov)
	}
	if d := f.Varcomp[1].Vcov/(truth.pupil*truth.pupil) - 1; math.Abs(d) > 6*math.Sqrt(2/float64(n)) {
		return fmt.Errorf("the variance of pupils is %v", f.Varcomp[1].Vcov)
	}
	return nil
}

// against fits the same by lme4, compares and prints the ratio of the times.
func (b bench) against(file, formula string, ours fitted, user time.Duration) error {
	theirs, err := runPeer(file, formula)
	if errors.Is(err, errNoPeer) {
		fmt.Fprintln(b.out, "  lme4: not measured; Debian has it as r-cran-lme4")
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(b.out, "  lme4 (R %s), fit alone: %.2f s, peak %d MB: %.0f times ours, which reads the text too; log-likelihood %.4f, ours %.4f\n", theirs.Version, theirs.Seconds,
		theirs.peak>>10, theirs.Seconds/user.Seconds(), theirs.LogLik, ours.LogLik)
	return theirs.compare(ours)
}

// crossed measures groups that cross.
func (b bench) crossed(peer bool) error {
	path := filepath.Join(b.dir, "crossed.csv")
	if err := inventCrossed(path); err != nil {
		return err
	}
	document, user, peak, err := b.ask(path, crossedModel)
	if err != nil {
		return err
	}
	var ours fitted
	if err := json.Unmarshal(document, &ours); err != nil {
		return err
	}
	fmt.Fprintf(b.out, "%d ratings, %d students, %d teachers, %d departments by service: %s (bar %s), peak %d MB\n", ours.N, ours.Ngroups["s"], ours.Ngroups["d"],
		ours.Ngroups["dept:service"], seconds(user), seconds(barCrossed), peak)
	if ours.N != crossedRows || ours.Ngroups["d"] != crossedTeachers {
		return errors.New("rows or levels of the crossed data are missing")
	}
	var failed error
	if user > barCrossed {
		failed = fmt.Errorf("crossed: %w", errBar)
	}
	if !peer {
		return failed
	}
	return errors.Join(failed, b.against(path, crossedModel, ours, user))
}
