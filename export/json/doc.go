// Package json writes results as JSON for other programs: UTF-8, indented, keys in a fixed order, numbers in
// their shortest form that reads back as the same number.
package json
