// Package message is the one catalogue of words that people see, in Chinese and in English.
//
// Every text of a page, a letter, a fault or a command has a key such as "plan.import.title" and
// stands in text/<word>.yaml, where <word> is the first part of the key:
//
//	plan.import.title:
//	  zh: 导入规划
//	  en: Import a plan
//
// A text may hold places such as {name}, filled by position-free arguments. Both languages hold the
// same places; message_test.go fails when a key lacks a language, when places differ, when code uses
// a key that is not there, and when a key is used nowhere.
package message
