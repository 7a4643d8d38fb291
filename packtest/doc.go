// Package packtest reads and runs the tests of packs: plain-text files (*.itest) that stand beside each rule.
//
// Problem: a clerk who writes a rule must be able to show what it says, with a made-up school that passes, one that stands
// exactly on the limit, one that fails, one that did not report; and a wrong rule must fail here before it judges a county.
//
// Method: a file is read as a whole (Read) and every fault of it is told with line and column. Each case makes up units and
// facts and is computed twice: by the engine of the program, and by the oracle (packtest/oracle) that shares only the syntax
// tree and the declarations with it. Both must agree with what is expected, and with each other. docs/itest.md is the language for its users.
//
// Limits: MaxBytes of a file, MaxLines, MaxCases, MaxWords of a line, MaxFaults that are told.
package packtest
