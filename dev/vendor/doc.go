// Command vendor copies the few files that are not Go modules out of the npm packages pinned in
// third_party/package.json into third_party/, with their licences and a list of SHA-256 sums.
//
//	go run ./dev/vendor          installs the packages (npm ci) and writes the files
//	go run ./dev/vendor -check   installs the packages and fails when a committed file differs
//
// The files are committed and embedded, so that people who build Jiaoheng need no Node. Every output is a
// pure function of the packages: tables are compacted in a fixed order and compression carries no time.
package main
