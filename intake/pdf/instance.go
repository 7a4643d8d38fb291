package pdf

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// errMemory means that the sandbox has no room for the file.
var errMemory = errors.New("pdf: out of memory")

// loadError is why pdfium refuses a file, by its own numbers.
type loadError uint32

// Numbers of FPDF_GetLastError for files that need a password or have an unknown kind of protection.
const (
	needsPassword loadError = 4
	isProtected   loadError = 5
)

// Error names the reason by its number, for operators.
func (e loadError) Error() string { return fmt.Sprintf("pdf: pdfium refuses the file (%d)", uint32(e)) }

// instance is pdfium with one file, in a memory of its own that ends with it.
type instance struct {
	ctx      context.Context
	module   api.Module
	document uint64
	box      uint64 // room for four numbers that pdfium writes
	calls    map[string]api.Function
}

// load starts an instance and opens the file in it.
func (e *engine) load(ctx context.Context, data []byte) (*instance, error) {
	module, err := e.runtime.InstantiateModule(ctx, e.module, wazero.NewModuleConfig().WithName("").WithStartFunctions())
	if err != nil {
		return nil, fmt.Errorf("pdf: start: %w", err)
	}
	in := &instance{ctx: ctx, module: module, calls: map[string]api.Function{}}
	if err := in.open(data); err != nil {
		in.close()
		return nil, err
	}
	return in, nil
}

func (in *instance) open(data []byte) error {
	for _, name := range []string{"emscripten_stack_init", "__wasm_call_ctors", "FPDF_InitLibrary"} {
		if _, err := in.call(name); err != nil {
			return err
		}
	}
	at, err := in.call("malloc", uint64(len(data)))
	if err != nil {
		return err
	}
	if in.box, err = in.call("malloc", 32); err != nil {
		return err
	}
	if at == 0 || in.box == 0 || !in.module.Memory().Write(uint32(at), data) {
		return errMemory
	}
	if in.document, err = in.call("FPDF_LoadMemDocument", at, uint64(len(data)), 0); err != nil {
		return err
	}
	if in.document == 0 {
		number, err := in.call("FPDF_GetLastError")
		if err != nil {
			return err
		}
		return loadError(number)
	}
	return nil
}

// close ends the instance; its memory goes with it, so nothing inside needs closing.
func (in *instance) close() {
	// The context of the file may have ended; an instance that is closed already answers nil.
	_ = in.module.Close(context.WithoutCancel(in.ctx))
}

// call calls an exported function and returns its result, or 0 when it has none.
func (in *instance) call(name string, arguments ...uint64) (uint64, error) {
	function := in.calls[name]
	if function == nil {
		if function = in.module.ExportedFunction(name); function == nil {
			return 0, fmt.Errorf("pdf: pdfium has no function %s", name)
		}
		in.calls[name] = function
	}
	var room [8]uint64
	stack := room[:max(len(arguments), 1)]
	copy(stack, arguments)
	if err := function.CallWithStack(in.ctx, stack); err != nil {
		return 0, fmt.Errorf("pdf: %s: %w", name, err)
	}
	return stack[0], nil
}

// number calls a function that returns a whole number.
func (in *instance) number(name string, arguments ...uint64) (int, error) {
	result, err := in.call(name, arguments...)
	return int(int32(uint32(result))), err
}

// rectangle reads the four floats at box: left, top, right, bottom.
func (in *instance) rectangle() rectangle {
	data, ok := in.module.Memory().Read(uint32(in.box), 16)
	if !ok {
		return rectangle{}
	}
	at := func(i int) float64 {
		value := float64(math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:])))
		if math.IsNaN(value) || math.IsInf(value, 0) {
			return 0
		}
		return value
	}
	return rectangle{left: at(0), top: at(1), right: at(2), bottom: at(3)}
}

// rectangle is a box on a page, in points from the lower left corner.
type rectangle struct{ left, top, right, bottom float64 }
