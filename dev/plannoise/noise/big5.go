package noise

import (
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/traditionalchinese"
)

func traditionalEncoder() *encoding.Encoder { return traditionalchinese.Big5.NewEncoder() }
