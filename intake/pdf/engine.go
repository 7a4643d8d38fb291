package pdf

import (
	"context"
	"fmt"
	"sync"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/imports/emscripten"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"

	"jiaoheng/third_party"
)

// pageSize is the unit in which the memory of a WebAssembly module grows.
const pageSize = 64 << 10

// maxMemory is what one file may take in the sandbox, the file itself included.
const maxMemory = 512 << 20

type engine struct {
	runtime wazero.Runtime
	module  wazero.CompiledModule
}

// shared compiles pdfium once a process. It must not end with the context of the file that came first.
var shared = sync.OnceValues(func() (*engine, error) {
	ctx := context.Background()
	code, err := third_party.PDFium()
	if err != nil {
		return nil, err
	}
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(maxMemory / pageSize).WithCloseOnContextDone(true)
	runtime := wazero.NewRuntimeWithConfig(ctx, config)
	module, err := runtime.CompileModule(ctx, code)
	if err != nil {
		return nil, fmt.Errorf("pdf: compile: %w", err)
	}
	if _, err := wasi_snapshot_preview1.Instantiate(ctx, runtime); err != nil {
		return nil, fmt.Errorf("pdf: host: %w", err)
	}
	if err := host(ctx, runtime, module); err != nil {
		return nil, fmt.Errorf("pdf: host: %w", err)
	}
	return &engine{runtime: runtime, module: module}, nil
})

// Numbers of errors as the module knows them.
const (
	noSuchFile = ^uint32(44 - 1) // -ENOENT
	notThere   = ^uint32(52 - 1) // -ENOSYS
)

// host gives the module what it imports from "env": memory, jumps, and a world without files and without time.
func host(ctx context.Context, runtime wazero.Runtime, module wazero.CompiledModule) error {
	builder := runtime.NewHostModuleBuilder("env")
	jumps, err := emscripten.NewFunctionExporterForModule(module)
	if err != nil {
		return err
	}
	jumps.ExportFunctions(builder)
	answers := map[string]uint32{"__syscall_openat": noSuchFile, "__syscall_stat64": noSuchFile, "__syscall_lstat64": noSuchFile, "__syscall_newfstatat": noSuchFile}
	for _, function := range module.ImportedFunctions() {
		from, name, _ := function.Import()
		if from != "env" || isJump(name) {
			continue
		}
		var run api.GoModuleFunc
		switch name {
		case "emscripten_resize_heap":
			run = growMemory
		case "_abort_js":
			run = func(context.Context, api.Module, []uint64) { panic("pdfium gave up") }
		case "emscripten_date_now":
			run = func(_ context.Context, _ api.Module, stack []uint64) { stack[0] = api.EncodeF64(0) }
		case "_gmtime_js", "_localtime_js":
			run = func(_ context.Context, module api.Module, stack []uint64) {
				module.Memory().Write(uint32(stack[1]), make([]byte, 44))
			}
		default:
			answer, ok := answers[name]
			if !ok {
				answer = notThere
			}
			returns := len(function.ResultTypes()) > 0
			run = func(_ context.Context, _ api.Module, stack []uint64) {
				if returns {
					stack[0] = uint64(answer)
				}
			}
		}
		builder.NewFunctionBuilder().WithGoModuleFunction(run, function.ParamTypes(), function.ResultTypes()).Export(name)
	}
	_, err = builder.Instantiate(ctx)
	return err
}

// isJump tells whether the name is one that the emscripten helper provides.
func isJump(name string) bool {
	return name == "_emscripten_throw_longjmp" || len(name) > 7 && name[:7] == "invoke_"
}

// growMemory makes the memory at least stack[0] bytes large and answers 1, or 0 beyond the limit.
func growMemory(_ context.Context, module api.Module, stack []uint64) {
	memory := module.Memory()
	wanted, have := uint32(stack[0]), memory.Size()
	stack[0] = 1
	if wanted <= have {
		return
	}
	more := uint32((uint64(wanted-have) + pageSize - 1) / pageSize)
	// A step of a fifth spares many small steps; beyond the limit only what is needed.
	if _, ok := memory.Grow(max(more, have/5/pageSize)); ok {
		return
	}
	if _, ok := memory.Grow(more); !ok {
		stack[0] = 0
	}
}
