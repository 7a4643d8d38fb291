// Package machine tells the benches about the machine they run on and what they took of it, and signs their clients in.
package machine

import (
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// Memory is the size of the machine as the system tells it.
func Memory() string {
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return "unknown size"
	}
	var kilobytes int
	if _, err := fmt.Sscanf(string(text), "MemTotal: %d kB", &kilobytes); err != nil {
		return "unknown size"
	}
	return fmt.Sprintf("%d GB", (kilobytes+1<<19)>>20)
}

// Load is how many programs wanted a processor in the last minute, this one included, as the system tells it.
func Load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Fields(string(text) + " unknown")[0]
}

// Held is the memory in use in MB after what is not needed was given back.
func Held() uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc >> 20
}

// Processor is the processor time that the program has used, by all its threads; 0 where the system does not tell.
func Processor() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// SignIn returns a client with a session at the server of an address.
func SignIn(address, login, password string) (*http.Client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	client := &http.Client{Jar: jar, Transport: &http.Transport{MaxIdleConnsPerHost: 1}}
	answer, err := client.PostForm(address+"/signin", url.Values{"login": {login}, "password": {password}})
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK || answer.Request.URL.Path != "/" {
		return nil, fmt.Errorf("the sign-in was answered %d at %s", answer.StatusCode, answer.Request.URL)
	}
	return client, nil
}
