// Package browser holds the tests that look at the pages with Chromium. They carry the build tag browser:
//
//	go test -tags browser ./e2e/browser
//
// With JIAOHENG_SHOTS set to a folder they leave a picture of every page there.
package browser
