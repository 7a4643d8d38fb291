// Package lifecycle holds state tables and their clock: the states that a row of a register can be in, the events that move
// it, who may cause them, what guards them, until when somebody has to act, and what happens when nobody does.
//
// A Machine is data: package pack reads it from YAML and checks it (Check), package record drives rows by it. Nothing here
// stores anything or knows what day it is: rows, persons, days and the calendar are arguments, so that a test can walk a
// row through a year in a millisecond.
//
// Limits: MaxStates states, MaxEvents events, MaxSteps reminders and escalations of a state.
package lifecycle
