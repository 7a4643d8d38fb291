// Package e2e holds the scenarios that run the whole program: scripts, browser tests and the suites over real plans.
//
// commands/*.txtar are scripts of commands. systems/NNN_<name>.txtar show one row of docs/systems.md each; cmd/jiaoheng
// runs both. The verbs of systems, beside those of testscript:
//
//	clock 2024-03-15                 sets the day for everything that follows (2025-10-15 at the start)
//	demo                             puts the invented county into $DATA
//	adopt FILE REGION FROM TO WORDS… hands over a plan, accepts what was read, makes targets of further words of its text
//	                                 ('words of the text field=value'), adopts it; its id stands in $PLAN
//	track                            the track of the target whose page was seen last stands in $TRACK
//	[!] jiaoheng ARGS…               runs a command; --data $DATA is for the script to give
//	[!] import units FILE            import of facts into $DATA; also import register NAME FILE --period P …
//	signin LOGIN                     an account of the demo
//	signin ROLE UNIT                 somebody with that role at that unit, made when needed
//	[!] see PATH TEXT…               the page can be seen and shows every (none) of the texts, blanks aside
//	post PATH name=value name=@FILE  sends a form, which must be accepted; its page is the last page. Hidden fields of a form
//	                                 on the page before that posts there go with it, as from a browser; name=* ticks every box
//	                                 of the name in that form
//	refuse PATH [TEXT…]              the page is refused (4xx) and says so
//	refuse post PATH name=value      the form is refused
//	press TEXT name=value            sends the first form of the last page that has a button with the text; it must be accepted
//	follow TEXT                      goes where the first link with the text on the last page leads
//	figure CODE UNIT STAGE key=value the JSON of the last evaluate has these values in that line; - is no stage
//
// The text of each page stands in stdout, its address in $LAST and, without what stands behind ?, in $PAGE.
package e2e
