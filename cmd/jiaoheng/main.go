// Command jiaoheng is the whole program: the server, the demo county and the commands that other programs rely on.
//
// Results go to standard output, faults and progress to standard error. Exit codes: 0 done, 1 the data or the
// request is at fault, 2 wrong usage, 3 internal.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Exit codes of every command.
const (
	exitDone     = 0
	exitFault    = 1
	exitUsage    = 2
	exitInternal = 3
)

// commands is the command line. Each command stands in a file of its own.
type commands struct {
	Lang string `enum:"zh,en" default:"zh" help:"Language of the texts: zh or en."`

	Demo      demoCommand      `cmd:"" help:"Make or open the demo county and serve it."`
	Serve     serveCommand     `cmd:"" help:"Serve the pages."`
	Plan      planCommand      `cmd:"" help:"Plans."`
	Import    importCommand    `cmd:"" help:"Take in facts."`
	Export    exportCommand    `cmd:"" help:"Give out facts."`
	Template  templateCommand  `cmd:"" help:"Make an empty form of a register."`
	Deadlines deadlinesCommand `cmd:"" help:"Raise the reminders and escalations that are due."`
	Evaluate  evaluateCommand  `cmd:"" help:"Evaluate a region by a pack."`
	Report    reportCommand    `cmd:"" help:"Compose a report of a plan in motion."`
	Assess    assessCommand    `cmd:"" help:"Tests, scales and models of growth."`
	Draw      drawCommand      `cmd:"" help:"Draws that anybody can repeat."`
	Audit     auditCommand     `cmd:"" help:"The audit chain."`
	Notices   noticesCommand   `cmd:"" help:"Make the digest of the day and send what waits."`
	Expr      exprCommand      `cmd:"" help:"Formulas."`
	Pack      packCommand      `cmd:"" help:"Packs: the rules as data."`
}

// environment is what a command may touch beside its arguments.
type environment struct {
	context  context.Context
	in       io.Reader
	out, err io.Writer
	language message.Language
	clock    func() time.Time // nil: that of the machine
}

// errNotVerified is returned by commands that printed their finding and only need the exit code of a fault.
var errNotVerified = errors.New("not verified")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, nil))
}

// run parses args, runs the command and returns the exit code.
func run(ctx context.Context, args []string, in io.Reader, out, err io.Writer, clock func() time.Time) int {
	var line commands
	exit := -1
	parser, failed := kong.New(&line, kong.Name("jiaoheng"), kong.Description("教衡：教育规划实施管理"),
		kong.Writers(out, err), kong.Exit(func(code int) { exit = code }), kong.UsageOnError())
	if failed != nil {
		panic(failed)
	}
	parsed, failed := parser.Parse(takeFormula(args))
	if exit >= 0 {
		return exit
	}
	if failed != nil {
		fmt.Fprintln(err, failed)
		return exitUsage
	}
	environment := &environment{context: ctx, in: in, out: out, err: err, language: message.Language(line.Lang), clock: clock}
	return exitOf(parsed.Run(environment), environment)
}

// exitOf prints what went wrong and returns the exit code that belongs to it.
func exitOf(failed error, environment *environment) int {
	if failed == nil {
		return exitDone
	}
	if errors.Is(failed, errNotVerified) {
		return exitFault
	}
	if faults := fault.Of(failed); faults != nil {
		fmt.Fprintln(environment.err, faults.Text(environment.language))
		return exitFault
	}
	fmt.Fprintln(environment.err, message.Text(environment.language, "command.internal", message.Args{"error": failed}))
	return exitInternal
}
