package secret

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Master is the key that wraps every data key. It never stands inside the data folder.
type Master struct{ key [keyBytes]byte }

// Environment is the name of the variable that holds the master key (64 hexadecimal digits) or the path of its file.
const Environment = "JIAOHENG_KEY"

// maxKeyFile bounds what is read of a key file; 64 digits and a line end are enough.
const maxKeyFile = 4096

// KeyFile returns where the master key is looked for: explicit, else the value of the environment variable, else the file beside
// the data folder that has its name and ends in .key, when there is one (the demo has it there), else master.key in the folder
// jiaoheng of the user's configuration folder.
func KeyFile(explicit, environment, dataFolder string) (string, error) {
	if explicit != "" {
		return explicit, nil
	}
	if environment != "" {
		return environment, nil
	}
	if beside := filepath.Clean(dataFolder) + ".key"; isFile(beside) {
		return beside, nil
	}
	folder, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("secret: no configuration folder of the user: %w", err)
	}
	return filepath.Join(folder, "jiaoheng", "master.key"), nil
}

func isFile(name string) bool {
	about, err := os.Stat(name)
	return err == nil && about.Mode().IsRegular()
}

// ParseMaster reads a master key of 64 hexadecimal digits.
func ParseMaster(text string) (Master, error) {
	var m Master
	raw, err := hex.DecodeString(strings.TrimSpace(text))
	if err != nil || len(raw) != keyBytes {
		return m, fault.New("secret.master_malformed", nil)
	}
	copy(m.key[:], raw)
	return m, nil
}

// NewMaster makes a master key.
func NewMaster(random io.Reader) (Master, error) {
	var m Master
	_, err := io.ReadFull(random, m.key[:])
	return m, err
}

// LoadMaster reads the master key from place, which is a path or the 64 digits themselves. A missing file is made
// with mode 0600 when create is set, and is the fault secret.master_missing otherwise. The fault
// secret.master_inside tells that the file would lie inside the data folder.
func LoadMaster(place, dataFolder string, create bool, random io.Reader) (Master, error) {
	if m, err := ParseMaster(place); err == nil {
		return m, nil
	}
	if inside(place, dataFolder) {
		return Master{}, fault.New("secret.master_inside", message.Args{"file": place})
	}
	m, err := readMaster(place)
	if !errors.Is(err, fs.ErrNotExist) {
		return m, err
	}
	if !create {
		return Master{}, fault.New("secret.master_missing", message.Args{"file": place})
	}
	m, err = NewMaster(random)
	if err != nil {
		return m, err
	}
	return writeMaster(place, m)
}

func readMaster(place string) (Master, error) {
	file, err := os.Open(place)
	if err != nil {
		return Master{}, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxKeyFile))
	if err != nil {
		return Master{}, err
	}
	return ParseMaster(string(text))
}

// writeMaster makes the file whole or not at all; of two programs that start together both get the key of the first.
func writeMaster(place string, m Master) (Master, error) {
	if err := os.MkdirAll(filepath.Dir(place), 0o700); err != nil {
		return m, fmt.Errorf("secret: %w", err)
	}
	file, err := os.CreateTemp(filepath.Dir(place), ".master-*")
	if err != nil {
		return m, fmt.Errorf("secret: %w", err)
	}
	defer os.Remove(file.Name())
	_, err = file.WriteString(hex.EncodeToString(m.key[:]) + "\n")
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return m, fmt.Errorf("secret: %w", err)
	}
	if err := os.Link(file.Name(), place); errors.Is(err, fs.ErrExist) {
		return readMaster(place)
	} else if err != nil {
		return m, fmt.Errorf("secret: %w", err)
	}
	return m, nil
}

// inside tells whether file lies in folder, following links of the parts that exist.
func inside(file, folder string) bool {
	relative, err := filepath.Rel(resolve(folder), resolve(file))
	return err == nil && relative != ".." && !strings.HasPrefix(relative, ".."+string(filepath.Separator))
}

func resolve(name string) string {
	absolute, err := filepath.Abs(name)
	if err != nil {
		return name
	}
	if real, err := filepath.EvalSymlinks(absolute); err == nil {
		return real
	}
	if parent := filepath.Dir(absolute); parent != absolute {
		return filepath.Join(resolve(parent), filepath.Base(absolute))
	}
	return absolute
}
