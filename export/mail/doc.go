// Package mail sends notices by e-mail (SMTP, RFC 5321): plain text in UTF-8, over TLS, STARTTLS or, in a closed network,
// without protection.
//
// Method: the client of the standard library speaks the protocol; this package adds the deadline of the whole
// conversation, the login methods that mail servers here ask for (PLAIN, LOGIN, CRAM-MD5), and the judgement of what
// became of a message. Up to the final dot a message that breaks off surely did not arrive; the answer to the final dot
// settles it; no answer to the final dot means that nobody knows.
//
// Limits: one recipient a message; no attachments; addresses in ASCII.
package mail
