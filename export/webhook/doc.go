// Package webhook posts notices to robots of group chats (企业微信, 钉钉) and to any program that takes JSON over HTTP.
//
// Method: one POST, no redirect followed, no connection kept, no proxy. The address is resolved once and the connection is
// made only when it is a public one, or when the bureau allowed its local network: what a name points to is judged at the
// very moment of connecting, so that a name cannot be pointed elsewhere in between. Addresses by which clouds tell
// machines their secrets (169.254.0.0/16 and the like) are never connected to.
//
// What became of a message: nothing of the request went out: it surely did not arrive. An answer settles it, save that of
// a gateway (502, 504), which does not know either. Robots answer 200 also to what they refuse; their errcode decides.
// The request went out and no answer came: nobody knows.
//
// Signature: 钉钉 by its own rule (HMAC-SHA256 of "time\nsecret", base64, as part of the address); a webhook with a secret
// gets the headers X-Jiaoheng-Time (seconds since 1970) and X-Jiaoheng-Signature: sha256=HEX, the HMAC of "time.body".
// X-Jiaoheng-Delivery is the same each time the same message is sent, so that a receiver can pass over a double.
//
// Limits: maxAnswer bytes of an answer are read; wecomBytes and dingtalkBytes of a message, longer ones are cut with a word
// that more is to be read in the program.
package webhook
