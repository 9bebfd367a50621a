# verify: what was exported, read back and compared

about-verify = Reads the exports back and proves that they all say the same
arg-verify = Reads everything back at the end and compares it
arg-against = Compares the exports with those of this folder, byte by byte, instead of with the sources

verified =
    { $pages ->
        [one] { $pages } page read back
       *[other] { $pages } pages read back
    }
verified-same = Every format and every language says the same.
verified-different =
    { $count ->
        [one] { $count } difference
       *[other] { $count } differences
    }

verify-shows = { $who }: “{ $what }”
verify-shows-nothing = { $who }: nothing
verify-medium-source = your pages
verify-medium-html = site
verify-medium-epub = book
verify-medium-pdf = PDF
verify-medium-whole-pdf = PDF of the whole

verify-absent = There is nothing to read back in { $path }
    .hint = Build first: plantin build
verify-page = { $place }: the page is missing from { $shown }
    .hint = Build again; if it stays missing, look at what the build says of this page.
verify-unreadable = { $place }: the file cannot be read back: { $shown }
    .hint = The file is damaged or was changed by hand: build again.
verify-title = { $place }: the document’s title is not the same everywhere: { $shown }
    .hint = Build again. If the difference stays, it is a fault of Plantin or of the theme: tell us, with the page.
verify-document-language = { $place }: the document does not say the same language everywhere: { $shown }
    .hint = Build again. If the difference stays, it is a fault of Plantin or of the theme: tell us, with the page.
verify-trail = { $place }: the breadcrumb is not the same everywhere: { $shown }
    .hint = Build again. If the difference stays, it is a fault of Plantin or of the theme: tell us, with the page.
verify-notice = { $place }: the date, or what is said of the translation, is not the same everywhere: { $shown }
    .hint = Build again. If the difference stays, it is a fault of Plantin or of the theme: tell us, with the page.
verify-contents = { $place }: the contents do not call it as its headings do: { $shown }
    .hint = Build again. If the difference stays, it is a fault of Plantin or of the theme: tell us, with the page.
verify-missing = { $place }: a passage is missing: { $shown }
    .hint = Build again. If it stays missing, it is a fault of Plantin or of the theme: tell us, with the page.
verify-extra = { $place }: something is there that the others do not have: { $shown }
    .hint = Build again. If the difference stays, it is a fault of Plantin or of the theme: tell us, with the page.
verify-order = { $place }: the passage “{ $piece }” does not come after the same one everywhere: { $shown }
    .hint = Build again. If the difference stays, it is a fault of Plantin or of the theme: tell us, with the page.
verify-text = { $place }: the words are not the same: { $shown }
    .hint = Build again. If the difference stays, it is a fault of Plantin or of the theme: tell us, with the page.
verify-kind = { $place }: “{ $piece }” is not the same kind of passage, or a heading of another level: { $shown }
    .hint = Build again. If the difference stays, it is a fault of Plantin or of the theme: tell us, with the page.
verify-nesting = { $place }: “{ $piece }” does not lie in the same list, quotation or table: { $shown }
    .hint = Build again. If the difference stays, it is a fault of Plantin or of the theme: tell us, with the page.
verify-label = { $place }: the item “{ $piece }” does not have the same number or sign: { $shown }
    .hint = Build again. If the difference stays, it is a fault of Plantin or of the theme: tell us, with the page.
verify-cell = { $place }: the cell “{ $piece }” has another place or another header: { $shown }
    .hint = Build again. If the difference stays, it is a fault of Plantin or of the theme: tell us, with the page.
verify-anchor = { $place }: “{ $piece }” is not reached by the same names: { $shown }
    .hint = Build again. If the difference stays, it is a fault of Plantin or of the theme: tell us, with the page.
verify-link = { $place }: the links of “{ $piece }” do not lead to the same places: { $shown }
    .hint = Build again. If the difference stays, it is a fault of Plantin or of the theme: tell us, with the page.
verify-image = { $place }: the images of “{ $piece }” do not have the same text: { $shown }
    .hint = Build again. If the difference stays, it is a fault of Plantin or of the theme: tell us, with the page.
verify-language = { $place }: “{ $piece }” is not said to be in the same language: { $shown }
    .hint = Build again. If the difference stays, it is a fault of Plantin or of the theme: tell us, with the page.
verify-emphasis = { $place }: not the same words of “{ $piece }” are set apart, as stressed, as code or raised: { $shown }
    .hint = Build again. If the difference stays, it is a fault of Plantin or of the theme: tell us, with the page.
verify-mark = { $place }: “{ $piece }” does not carry the same mark of its translation: { $shown }
    .hint = Build again. If the difference stays, it is a fault of Plantin or of the theme: tell us, with the page.
verify-return = { $place }: the note “{ $piece }” does not lead back to the same calls: { $shown }
    .hint = Build again. If the difference stays, it is a fault of Plantin or of the theme: tell us, with the page.
verify-identifier = { $place }: two parts of the file have the same name, or the file does not list that name: { $shown }
    .hint = Build again. If the difference stays, it is a fault of Plantin or of the theme: tell us, with the page.
verify-place = { $place }: a name leads elsewhere than to the part that has it: { $shown }
    .hint = Build again. If the difference stays, it is a fault of Plantin or of the theme: tell us, with the page.
verify-format = Nothing of this format is there to read back: { $shown }
    .hint = Build it: plantin build --format { $formats }
verify-file = { $place }: this file is in one of the two folders only: { $shown }
    .hint = Build both from the same sources, with the same version of Plantin.
verify-bytes = { $place }: the bytes are not the same, but what a reader meets is
    .hint = Build both from the same sources, with the same version of Plantin. If the difference stays, tell us.

## The report

verify-report-language = en
verify-report-title = Proof that every export says the same
verify-report-lead = Each page was read back from its files, in each format and each language, as a reader meets it, and compared with the others and with its source.
verify-report-same = Every format and every language says the same.
verify-report-pages = Pages, by language and format
verify-report-page = Page
verify-report-equal = the same
verify-report-different = different
verify-report-absent = not there
verify-report-none = not published in this format
verify-report-details = What differs
verify-report-shows = What each shows
verify-report-unit = unit
verify-report-back = Back to the table
verify-report-whole = The whole of the exports
verify-report-criteria = Criteria of the RGAA { $version } that this is about
verified-files =
    { $files ->
        [one] { $files } file compared byte by byte
       *[other] { $files } files compared byte by byte
    }
verified-identical = The two folders hold the same files, byte for byte.
