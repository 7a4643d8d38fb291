// Package web serves every page: the routes as one list and what stands around them all.
//
// Problem: each answer must be safe by default, whoever writes the page: no foreign content, no foreign form, no body
// without limit, no panic without an id under which the operator finds it.
//
// Method: New wraps the list of routes.go in layers, from the outside in: request id and log line, panic to
// 系统内部错误, secure headers, compression, refusal of forms sent by other sites, session and View, and for each route
// its right and the limit of its body.
//
// Limits: one process; sessions live in the store, so several processes may share one database.
package web
