package admin

import (
	"context"
	"net/http"
	"runtime"
	"runtime/debug"
	"time"

	"jiaoheng/access"
	"jiaoheng/audit"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// SystemSource tells how the store stands.
type SystemSource interface {
	DataDir() string
	DatabaseName() string
	Head(ctx context.Context) (audit.Head, error)
}

// SystemShow shows what runs, since when, where the data stand and how long the chain is.
func SystemShow(source SystemSource, started time.Time) shell.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		ctx := r.Context()
		if !shell.May(ctx, access.See, access.System) {
			return shell.NoRight
		}
		head, err := source.Head(ctx)
		if err != nil {
			return err
		}
		fact := func(word, text string) shell.Fact {
			return shell.Fact{Name: shell.Text(ctx, "admin.system."+word), Text: text}
		}
		var memory runtime.MemStats
		runtime.ReadMemStats(&memory)
		program := []shell.Fact{
			fact("version", version(ctx)), fact("started", shell.Moment(ctx, started)), fact("clock", shell.Moment(ctx, shell.From(ctx).Now)),
			fact("machine", runtime.GOOS+" / "+runtime.GOARCH), fact("memory", shell.Count(int(memory.Sys>>20))+" MB"),
		}
		data := []shell.Fact{
			fact("database", source.DatabaseName()), {Name: shell.Text(ctx, "admin.system.folder"), Body: code(source.DataDir())},
			fact("chain", shell.Text(ctx, "admin.system.chain_length", message.Args{"count": shell.Count(int(head.Sequence))})),
			{Name: shell.Text(ctx, "admin.system.head"), Body: code(head.Hash)},
		}
		return shell.Render(w, r, http.StatusOK, page(ctx, "system"), systemShow(program, data))
	}
}

// version is the version that was built, or the revision it was built from.
func version(ctx context.Context) string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return shell.Text(ctx, "admin.system.version_unknown")
	}
	if info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" && len(setting.Value) >= 12 {
			return setting.Value[:12]
		}
	}
	return shell.Text(ctx, "admin.system.version_unknown")
}
