// Package project shows the projects of an adopted plan: those of each box (专栏), those of each measure and those of each annex
// table, with how many are finished and what they cost, and ties projects to measures.
//
// Problem: annex tables name the measure of a project in words, and a box of the plan names projects; what a measure or a box has
// come to shows only once each project belongs to one.
// Method: rows of the register of projects are read as they stand and gathered by package plan/duty; nothing of it is stored. A
// project whose words name no node, or several, stands on a list of its own, where people of the bureau choose the measure for
// many at once: that writes the track into the rows, each as an action of its own.
//
// Limits: maxProjects rows on a page, maxTied rows tied in one request.
package project
