// Command postgres starts a PostgreSQL of its own from the installed binaries, runs a command with its address in
// JIAOHENG_TEST_POSTGRES, stops it, and ends with the exit code of the command:
//
//	go run ./dev/postgres go test -tags postgres ./store/...
//
// The server listens on a free port of this machine, keeps its data in a temporary folder, and runs as the user postgres
// when this command runs as root, which PostgreSQL refuses. It fails when the binaries are missing.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"syscall"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./dev/postgres COMMAND [ARGUMENT …]")
		os.Exit(2)
	}
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "dev/postgres:", err)
		os.Exit(3)
	}
	os.Exit(code)
}

func run(command []string) (code int, err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	binaries, err := findBinaries()
	if err != nil {
		return 0, err
	}
	folder, err := os.MkdirTemp("", "jiaoheng-postgres-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(folder)
	credential, err := otherUser(folder)
	if err != nil {
		return 0, err
	}
	port, err := freePort()
	if err != nil {
		return 0, err
	}
	server := server{binaries: binaries, folder: folder, credential: credential, port: port}
	if err := server.start(ctx); err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	child := exec.CommandContext(ctx, command[0], command[1:]...)
	child.Env = append(os.Environ(), "JIAOHENG_TEST_POSTGRES="+server.address())
	child.Stdin, child.Stdout, child.Stderr = os.Stdin, os.Stdout, os.Stderr
	var exit *exec.ExitError
	if err := child.Run(); errors.As(err, &exit) {
		return exit.ExitCode(), nil
	} else if err != nil {
		return 0, err
	}
	return 0, nil
}

// findBinaries returns the folder of the newest installed PostgreSQL, of Debian's layout or in the path.
func findBinaries() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		sort.Slice(found, func(i, j int) bool { return major(found[i]) < major(found[j]) })
		return filepath.Dir(found[len(found)-1]), nil
	}
	if name, err := exec.LookPath("postgres"); err == nil {
		return filepath.Dir(name), nil
	}
	return "", errors.New("no PostgreSQL is installed: apt-get install postgresql")
}

func major(binary string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(binary))))
	return n
}

// otherUser gives folder to the user postgres, or nobody, when this command runs as root.
func otherUser(folder string) (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		account, err = user.Lookup("nobody")
	}
	if err != nil {
		return nil, err
	}
	uid, err := strconv.Atoi(account.Uid)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.Atoi(account.Gid)
	if err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, os.Chown(folder, uid, gid)
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port, nil
}

type server struct {
	binaries, folder string
	credential       *syscall.Credential
	port             int
}

func (s server) address() string {
	return fmt.Sprintf("postgres://jiaoheng@127.0.0.1:%d/postgres?sslmode=disable", s.port)
}

func (s server) data() string { return filepath.Join(s.folder, "data") }

// start makes the database and waits until
// the server takes connections.
func (s server) start(ctx context.Context) error {
	if err := s.tool(ctx, "initdb", "--pgdata", s.data(), "--username", "jiaoheng", "--auth", "trust", "--encoding", "UTF8",
		"--locale", "C.UTF-8", "--no-sync"); err != nil {
		return err
	}
	settings := fmt.Sprintf("-c listen_addresses=127.0.0.1 -c port=%d -c unix_socket_directories= -c fsync=off -c max_connections=200", s.port)
	return s.tool(ctx, "pg_ctl", "--pgdata", s.data(), "--log", filepath.Join(s.folder, "log"), "--wait", "--options", settings, "start")
}

func (s server) stop() error {
	return s.tool(context.Background(), "pg_ctl", "--pgdata", s.data(), "--mode", "immediate", "--wait", "stop")
}

func (s server) tool(ctx context.Context, name string, arguments ...string) error {
	command := exec.CommandContext(ctx, filepath.Join(s.binaries, name), arguments...)
	command.Dir = s.folder
	command.SysProcAttr = &syscall.SysProcAttr{Credential: s.credential, Setpgid: true}
	// The server inherits what is written to, so it must be a file: a pipe would never end.
	output, err := os.Create(filepath.Join(s.folder, name+".out"))
	if err != nil {
		return err
	}
	defer output.Close()
	command.Stdout, command.Stderr = output, output
	if err := command.Run(); err != nil {
		said, _ := os.ReadFile(output.Name())
		log, _ := os.ReadFile(filepath.Join(s.folder, "log"))
		return fmt.Errorf("%s: %w\n%s%s", name, err, said, log)
	}
	return nil
}
