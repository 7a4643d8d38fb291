package draw

import (
	"net"
	"net/http"
	"sync"
	"time"

	"jiaoheng/fault"
)

// How many posts of witnesses are taken: a hall of people behind one address hands in within some minutes.
const (
	limitWindow  = time.Minute
	limitAddress = 240
	limitAll     = 1200
)

// limiter counts the posts of witnesses in windows of time.
type limiter struct {
	lock  sync.Mutex
	began time.Time
	count map[string]int
	all   int
}

func newLimiter() *limiter { return &limiter{count: map[string]int{}} }

// take counts a post, and refuses it when there were too many.
func (l *limiter) take(r *http.Request, now time.Time) error {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	l.lock.Lock()
	defer l.lock.Unlock()
	if now.Sub(l.began) >= limitWindow || now.Before(l.began) {
		l.began, l.all, l.count = now, 0, map[string]int{}
	}
	if l.all >= limitAll || l.count[host] >= limitAddress {
		return fault.List{fault.New("draw.page.fault.busy", nil)}
	}
	l.all++
	l.count[host]++
	return nil
}
