// Package person holds persons, their posts, their accounts, and how somebody signs in.
//
// A person is one human being. A post is this person, at this unit, in this role, from a day and until a day; somebody may hold
// several and acts in the one chosen as present. An account is a way to sign in. Rights come from the present post alone.
//
// Method: passwords are kept as argon2id; one-time links (the first administrator, a forgotten password) and sessions are kept as
// hashes of random tokens; wrong passwords are counted per account and per address and make the next try wait. An account
// carries a generation that grows with each new password and each closing, so that older sessions end at once.
//
// Names, telephone and identity numbers and names of accounts are personal values: the store seals them.
// Limits stand in limits.go.
package person
