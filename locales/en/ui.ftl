# The words of this publication in English.
#
# Only the publication's own words stand here: those of the interface (“Home”, “Next
# page”…) are in the program, and can be replaced here where needed.

publication-title = The Plantin Manual
publication-description = Write once, publish as a site, as PDF and as an e-book, in every language
publisher = The Plantin project
