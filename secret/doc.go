// Package secret keeps what must not be read by someone who holds a copy of the data folder.
//
// Method: a master key lives outside the data folder (file or environment). For each purpose there is a data
// key, stored beside the data but wrapped by the master key. Values are sealed with AES-256-GCM, bound to
// their purpose; each sealed value names the algorithm and the key that sealed it, so that other algorithms and
// newer keys can come without touching older values. Equality search runs over a blind index, an HMAC-SHA-256 of
// the folded value under a key of its own. Rows outside the audit chain carry an HMAC of their content.
//
// Limits: a blind index shows which rows hold the same value; whoever holds both the data folder and the
// master key reads everything; a lost master key cannot be replaced.
package secret
