package main

import (
	"os"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/store"
)

// storeFlags are the flags of every command that touches the store.
type storeFlags struct {
	Data     string `placeholder:"DIR" help:"Folder of the data."`
	Database string `placeholder:"URL" help:"postgres://… instead of the embedded database."`
	Key      string `placeholder:"FILE" help:"Master key: a file outside the data folder. Without it JIAOHENG_KEY, then DIR.key beside the data, then the configuration folder of the user."`
}

// open opens the store that the flags name. The caller closes it.
func (f storeFlags) open(e *environment) (*store.Store, error) {
	if f.Data == "" {
		return nil, fault.New("command.data_missing", nil)
	}
	if err := os.MkdirAll(f.Data, 0o700); err != nil {
		return nil, fault.At(fault.Place{File: f.Data}, "command.cannot_write", message.Args{"error": reasonOf(err)})
	}
	return store.Open(e.context, store.Options{DataDir: f.Data, DatabaseURL: f.Database, KeyFile: f.Key, Clock: e.clock})
}

// openExisting is open for commands that only read: a folder without data is a mistake and is not made.
func (f storeFlags) openExisting(e *environment) (*store.Store, error) {
	if f.Data != "" && f.Database == "" && !store.Exists(f.Data) {
		return nil, fault.At(fault.Place{File: f.Data}, "command.data_empty", nil)
	}
	return f.open(e)
}
