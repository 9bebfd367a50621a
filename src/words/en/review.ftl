# The page on which translations are reviewed.

## What the page says

review-tag = en
review-title = Review of translations
review-pages = Pages to review
review-page = Page
review-progress = Progress
review-left = To do
review-languages = Languages
review-all-pages = All pages
review-previous-page = Previous page: { $title }
review-next-page = Next page: { $title }
review-terms = Glossary
review-skip = Go to the translation
review-show = Passages shown
review-show-all = All
review-show-left = To do
review-state-missing = Not translated
review-state-stale = Out of date
review-state-draft = Draft
review-state-translated = Translated
review-state-reviewed = Reviewed
review-done-of = { $done } of { $total }
review-position = Passage { $number } of { $total }
review-editor = Translation of the passage
review-source = Original
review-before = Before
review-after = Now
review-translation = Translation
review-notes = Translators’ notes
review-previous = Previous
review-next = Next
review-next-left = Next to do
review-save = Save
review-save-reviewed = Save as reviewed
review-save-draft = Keep as draft
review-copy = Copy the original
review-revert = Undo changes
review-checks = Checks
review-checks-fine = Nothing to report
review-unsaved = Changed, not saved yet
review-saved = Saved
review-refused = Not saved: the translation would be refused. Mend what is reported, or keep it as a draft.
review-nothing-left = Nothing left to do on this page
review-none-shown = No passage matches
review-absent = Not saved: this passage is no longer in the page. Reload the page.
review-failed = Not saved
review-stopped = The program no longer answers. Your text stays in this window: start “plantin review” again, then copy it over.
review-damaged = Nothing can be saved here for now.
review-conflict = The file has changed
review-conflict-text = Somebody else, or another program, has changed the translation file since you opened it. Nothing was saved. Which translation do you keep?
review-yours = Yours
review-theirs = The file’s
review-keep-mine = Keep mine
review-take-theirs = Take the file’s
review-decide-later = Decide later
review-help = Keyboard help
review-close = Close
review-keys = Single letters count only outside the translation field.
review-keys-off = Use single letters as shortcuts
review-key-next = Next, previous passage
review-key-next-left = Next passage to do
review-key-edit = Go to the translation field
review-key-leave = Leave the translation field
review-key-filter = Go to the choice of passages
review-key-always = Everywhere, in the field too:
review-empty = No page is to be translated into this language.

## What a passage is

review-role-title = page title
review-role-description = page description
review-role-segment = breadcrumb
review-role-heading = heading of level { $level }
review-role-paragraph = paragraph
review-role-item = list item
review-role-cell = table cell
review-role-header = table header
review-role-caption = caption
review-role-alternative = alternative text of an image
review-role-term = defined term
review-role-callout = title of a callout
review-role-summary = title of a folded part
review-role-attribution = author of a quotation
review-role-media = title of a medium
review-role-unknown = other text

review-language-fr = French
review-language-en = English
review-language-de = German
review-language-es = Spanish
review-language-it = Italian
review-language-pt = Portuguese
review-language-nl = Dutch

## What the terminal says

review-ready = Open this address in your browser. It is good on this machine alone and until the program is stopped (Ctrl-C); give it to nobody.
review-no-language = There is no translation to review: the publication has one language
    .hint = Add a language to “languages” in plantin.toml.
review-port-busy = Port { $port } is taken by another program
    .hint = Choose another with --port, or leave that option out.
review-no-key = This address is no longer that of the review. Copy the one that “plantin review” shows in the terminal and paste it into the address bar of your browser.
review-from-elsewhere = The review is not opened from another site. Copy the address that “plantin review” shows in the terminal and paste it into the address bar of your browser.
review-no-secret = The machine could not give a secret for the address
    .hint = Without it, any program on this machine could change the translations. Restart the machine, then try again.
review-disk = { $path } could not be read or written: { machine-says }
    .hint = Make sure that the disk is there and that you may write to it, then try again.
review-extract-first = The catalogue of this page is not there, and others have lost their page: one of them may be its own
    .hint = Run “plantin extract”, which finds it, then load this page again. Until then, nothing can be saved here.
