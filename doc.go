// Package jiaoheng holds nothing but the tests of the layout; the program is cmd/jiaoheng.
package jiaoheng
