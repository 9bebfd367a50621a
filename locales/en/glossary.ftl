# The terms that the manual always uses in one way.
# The term of the same name in locales/fr gives the French word.

-page = page
-publication = publication
    .also = publishing
-workspace = workspace
-build = build
-unit = unit
-catalogue = catalogue
-breadcrumb = breadcrumb
-alternative-text = alternative text
-table-of-contents = table of contents
-book = book
-collection = complete edition
    .also = complete PDF
-front-matter = header
-anchor = anchor
-checksum = checksum
-manifest = manifest
-stale = out of date
-missing = missing
-draft = proposed
-callout = box
-screen-reader = screen reader
