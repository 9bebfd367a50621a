# What the program says by itself: the help, the progress, the closing table, and what
# keeps it from working.

## The help

about = Makes a site, PDFs and EPUBs from pages in Markdown, in every language at once
about-init = Prepares a workspace that can be built at once
about-build = Builds the site, the PDFs and the EPUBs
about-extract = Makes or updates the catalogues to translate
about-status = Says how far the translations are, and what is left to do
about-check = Reads everything and says what is wrong, without writing anything
about-review = Opens a page on this machine where translations are read and corrected
about-import = Makes a workspace of a site of Eleventy, VitePress, Docusaurus, MkDocs, Hugo, mdBook or Jekyll, without running or overwriting anything
about-serve = Shows the publication in a browser, and again at each change
about-new = Prepares a page
about-new-page = Makes an empty page with its title, in a file that is named after it
about-doctor = Says what is installed, and what is particular about this workspace
about-completions = Prints the file that completes commands in your terminal
about-man = Prints the manual page, as roff

help-usage = Usage:
help-commands = Commands
help-arguments = Arguments
help-options = Options
help-after =
    Exit codes:
      0  all is well
      1  a problem in the pages: an error, a translation policy that asks to fail, or a
         warning with --strict
      2  wrong use, or something that the machine refused (full disk, permissions…)
help-after-status =
    Exit codes:
      0  all is well
      1  a language is below --min
      2  wrong use, or the machine refused something (a full disk, permissions…)
help-more = “plantin COMMAND --help” describes a command.

value-command = COMMAND
value-folder = FOLDER
value-language = LANGUAGE
value-format = FORMAT
value-page = PAGE
value-number = N
value-percent = PERCENT
value-file = FILE
value-kind = KIND
value-shell = SHELL

arg-folder = The folder to prepare; by default, the one you are in
arg-workspace = The workspace: the folder that holds plantin.toml; by default, the one you are in
arg-out = Where to write; by default, the “exports” folder of the workspace
arg-out-verify = The folder that is read back; by default, the “exports” folder of the workspace
arg-locale = The language in which the program speaks to you: fr or en; by default, that of this machine. The variable PLANTIN_LOCALE chooses it once and for all
arg-language = Only these languages, for example: fr en
arg-format = Only these formats: html, pdf, epub
arg-page = Only these pages, by their address or file, for example: /mission/objectifs/
arg-jobs = How much to compute at a time; by default, as much as the machine allows
arg-migrate = Bring catalogues up to date that an older version of the program made, too, losing no translation
arg-renew = Makes anew, empty, the catalogues that are gone with published translations
arg-min = How much of the texts must be translated in each language, from 0 to 100; with less, the exit code is 1
arg-html = Write the report as an HTML page that needs no other file, too
arg-port = The port of the page; by default, one that is free
arg-start = The page to begin with, by its address or its file
arg-strict = A warning counts as a problem
arg-json = Gives the result as JSON, for another program
arg-quiet = Says only what is wrong
arg-verbose = Says everything: each note, each repeat, the name of each message
arg-kind = The kind of site: eleventy, vitepress, docusaurus, mkdocs, hugo, mdbook or jekyll
arg-site = The folder of the site
arg-import-out = Where to make the workspace; by default, in a folder named after the site and “-plantin”
arg-serve-port = The port of this machine; 4000 by default, and 0 takes one that is free
value-title = TITLE
arg-title = The title of the page; in quotation marks, if it has several words
arg-new-folder = The folder to put it in, among the pages; by default, the first
arg-no-open = Does not open the browser
arg-shell = Your shell: bash, elvish, fish, powershell or zsh
arg-help = Shows this help
arg-version = Shows the version

man-name = NAME
man-synopsis = SYNOPSIS
man-description = DESCRIPTION
man-options = OPTIONS
man-commands = COMMANDS
man-exit = EXIT STATUS

## The progress and the closing table

progress = { $format }: { $done } of { $total }
format-html = Site
format-pdf = PDF
format-epub = EPUB

table-language = Language
table-pages = Pages
table-translated = Translated
table-source = original
percent = { $number }%
bytes = { $number } B
bytes-kilo = { $number } kB
bytes-mega = { NUMBER($number, minimumFractionDigits: 1) } MB
bytes-giga = { NUMBER($number, minimumFractionDigits: 1) } GB
number = { $number }
built =
    { $files ->
        [one] { $files } file, { $bytes }, in { NUMBER($seconds, minimumFractionDigits: 1) } s, in { $folder }
       *[other] { $files } files, { $bytes }, in { NUMBER($seconds, minimumFractionDigits: 1) } s, in { $folder }
    }
changed =
    { $changed ->
        [0] Nothing had changed since the last time.
        [one] { $changed } file has changed since the last time.
       *[other] { $changed } files have changed since the last time.
    }
removed =
    { $removed ->
        [one] { $removed } file that has no place any more was removed.
       *[other] { $removed } files that have no place any more were removed.
    }
no-problems = No problems
count-errors =
    { $count ->
        [one] { $count } error
       *[other] { $count } errors
    }
count-warnings =
    { $count ->
        [one] { $count } warning
       *[other] { $count } warnings
    }
count-notes =
    { $count ->
        [one] { $count } note
       *[other] { $count } notes
    }
notes-hidden = The option --verbose shows the notes too.
strict-failed = With --strict, one warning is enough for the result to be refused.

look-at-file = To see the site, open in your browser: { $path }
look-at-served = To see the site: { $command }
init-done = The workspace is ready. To build it:
checked =
    { $pages ->
        [one] { $pages } page read
       *[other] { $pages } pages read
    }
imported-pair =
    { $translated ->
        [one] { $translated } text translated
       *[other] { $translated } texts translated
    }, { $drafts ->
        [one] { $drafts } proposal to be looked at
       *[other] { $drafts } proposals to be looked at
    }, { $missing } without translation, { $alone } in the translation alone
imported-two =
    stays a page: { $translated ->
        [one] { $translated } text found
       *[other] { $translated } texts found
    }, { $drafts } unsure, { $missing } without translation, { $alone } in the translation alone
imported =
    { $pages ->
        [one] { $pages } page, { $files } files of which { $written } written, { $pairs } translations found, in { $folder }
       *[other] { $pages } pages, { $files } files of which { $written } written, { $pairs } translations found, in { $folder }
    }
extracted =
    { $made ->
        [0] { $updated ->
            [0] The catalogues were up to date.
            [one] { $updated } catalogue updated.
           *[other] { $updated } catalogues updated.
        }
        [one] { $made } catalogue made, { $updated } updated.
       *[other] { $made } catalogues made, { $updated } updated.
    }

news = { $language }: { $news }.
news-new =
    { $count ->
        [one] { $count } new text
       *[other] { $count } new texts
    }
news-wording =
    { $count ->
        [one] { $count } changed text to look at
       *[other] { $count } changed texts to look at
    }
news-typographic = { $count } carried over (typography)
news-carried = { $count } carried over (links or marks)
news-moved = { $count } moved
news-back = { $count } back
news-proposed =
    { $count ->
        [one] { $count } proposed from another page
       *[other] { $count } proposed from other pages
    }
news-gone = { $count } gone

## How far the translations are

status-language = en
status-title = How far the translations are
status-lead = For each language and page: what is translated, what has changed since, what is missing.
status-nothing = Nothing: all is translated and up to date.
status-translated = Translated
status-reviewed = Reviewed
status-stale = Out of date
status-draft = Proposed
status-missing = Missing
status-words = Words to translate
status-units = texts
status-page = Page
status-pages = Page by page
status-coverage = Coverage
status-next = To do
status-refused = Refused by the checks
status-carried = Carried over by the program
status-before = Source when translated
status-now = Source now
status-source = Source
status-translation = Translation
status-line = line
status-contents = Languages
status-written = The report is in { $file }.
status-below = At least one language is translated by less than { $min }%.
todo-extract =
    { $count ->
        [one] { $language }: { $count } catalogue is not up to date. Run “plantin extract”.
       *[other] { $language }: { $count } catalogues are not up to date. Run “plantin extract”.
    }
todo-stale =
    { $count ->
        [one] { $language }: { $count } text has changed since it was translated. Mend the translation.
       *[other] { $language }: { $count } texts have changed since they were translated. Mend the translations.
    }
todo-refused =
    { $count ->
        [one] { $language }: { $count } translation is refused by the checks, and not shown. Mend it.
       *[other] { $language }: { $count } translations are refused by the checks, and not shown. Mend them.
    }
todo-missing =
    { $count ->
        [one] { $language }: { $count } text is not translated.
       *[other] { $language }: { $count } texts are not translated.
    }
todo-draft =
    { $count ->
        [one] { $language }: { $count } translation is proposed. Look it over, then take the flag “fuzzy” away.
       *[other] { $language }: { $count } translations are proposed. Look them over, then take the flag “fuzzy” away.
    }
todo-carried =
    { $count ->
        [one] { $language }: { $count } translation was carried over by the program, because only the form of the source changed. A glance is enough.
       *[other] { $language }: { $count } translations were carried over by the program, because only the form of the source changed. A glance is enough.
    }
todo-interface =
    { $count ->
        [one] { $language }: { $count } message of the interface is to be looked at.
       *[other] { $language }: { $count } messages of the interface are to be looked at.
    }
todo-nothing = Nothing to do: all is translated and up to date.

## How it says what is wrong

severity-error = error
severity-warning = warning
severity-note = note
severity-says = { $severity }: { $message }
and-others =
    { $count ->
        [one] … and { $count } other message of the same kind, in { $files ->
            [one] { $files } file
           *[other] { $files } files
        }: { $example }
       *[other] … and { $count } other messages of the same kind, in { $files ->
            [one] { $files } file
           *[other] { $files } files
        }, for example: { $example }
    }
and-others-hint = The option --verbose shows them all.

## Wrong use

unknown-argument = “{ $argument }” is not an option of this command
    .hint = See the options with: { $help }
unknown-argument-near = “{ $argument }” is not an option of this command
    .hint = Did you mean “{ $suggestion }”?
unknown-command = “{ $argument }” is not a command
    .hint = See the commands with: { $help }
unknown-command-near = “{ $argument }” is not a command
    .hint = Did you mean “{ $suggestion }”?
value-missing = Something is missing after “{ $argument }”
    .hint = See what to put there with: { $help }
value-refused = “{ $value }” will not do for “{ $argument }”
    .hint = Choose among: { $values }
number-refused = “{ $value }” will not do for “{ $argument }”: it takes a whole number, from 1
    .hint = Leave this option out to let the program choose.
number-out-of-range = “{ $value }” will not do for “{ $argument }”: it takes a whole number, from { $from } to { $to }
    .hint = Leave this option out to let the program choose.
jobs-capped = { $number } tasks at once would be too many for this machine: { $limit } will do
    .hint = Leave “--jobs” out: the program goes by the number of processors.
file-beyond-limit = { $path } is too large: at most { $largest } MiB are read
    .hint = Check that this is the file that you meant to name, or divide it.
file-not-plain = { $path } is no ordinary file: it is not read
    .hint = Check the path: it leads to a folder, a pipe or a device.
value-unwanted = “{ $argument }” takes no value
    .hint = Write “{ $argument }” alone.
argument-missing = “{ $argument }” is missing
    .hint = See what to put there with: { $help }
argument-twice = “{ $argument }” is given twice
    .hint = Keep only the one that you want.
argument-not-text = One of the words of the command cannot be read
    .hint = It holds damaged characters; type it again.
wrong-use = This command is not complete
    .hint = See what to put there with: { $help }

## What the machine refuses

standard-output = the result
disk-full = The disk is full: { $path } could not be written
    .hint = Make room, then start again: the files already written are whole, and only what is missing will be made.
not-writable = You may not read or write { $path }
    .hint = Choose another folder, or ask whoever manages this machine for the permission.
read-only = { $path } is on a read-only disk
    .hint = Choose a folder on another disk.
not-a-folder = { $path } is a file, not a folder
    .hint = Choose another name, or move that file.
name-too-long = The name { $path } is too long, or holds a sign that this disk does not accept
    .hint = Give the page a shorter address, with “permalink” at the head of the page.
path-missing = There is neither a file nor a folder at this place: { $path }
    .hint = Check how the path is spelt and the folder that you are in: a path begins where the command is typed.
path-missing-near = There is neither a file nor a folder at this place: { $path }
    .hint = Did you mean “{ $near }”?
disk-failed = { $path } could not be read or written: { machine-says }
    .hint = Check that the disk is there and in good order, then start again.
not-readable = You may not read { $path }
    .hint = Ask whoever manages this machine for the permission.
path-refused = The path “{ $path }” would leave the folder in which everything is written
    .hint = This is a fault of the program: report it with this message.
link-elsewhere = { $path } is a link that leads elsewhere: nothing is written through it
    .hint = Put what the link leads to in its place, or choose another place.
out-in-sources = The result cannot be written in { $path }: the pages are there, or their translations
    .hint = Choose a folder apart, for example: --out exports
out-not-ours = The folder { $path } holds files that Plantin did not write; nothing in it was touched
    .hint = Give Plantin an empty or new folder, for example: --out exports
out-others-file = { $path } was not written by Plantin, and a page of this publication would take its place; nothing was changed
    .hint = Move this file away, or choose another folder with --out.
out-other-publication = The folder { $path } already holds another publication, “{ $name }”; nothing in it was touched
    .hint = Choose another folder with --out. If it is the same one under a new name or address, empty that folder first.
left-alone = { $path } looks like what an interrupted build leaves behind, but nothing proves that it is Plantin’s: it was not touched
    .hint = Look at what is in it, and remove it if you do not need it.
out-busy = Plantin is already writing in { $path }
    .hint = Wait until the other one is done, or choose another folder with --out.
init-exists = { $path } is there already; nothing was written
    .hint = Choose an empty folder: plantin init NEW-FOLDER
panic = Plantin had to stop because of a fault of the program: { $what }
    .hint = It is not your doing, and the files already written are whole. Report this message ({ $where }, version { $version }) with the page that caused it.

## The preview

serve-listens = The preview is ready. It follows the pages, the words, the settings and the theme of { $folder }.
serve-opened = It opens in your browser; the address above holds a secret, give it to nobody. To stop it: Ctrl+C.
new-done = The page is ready: open this file in a text editor, and write below the second line of hyphens.
new-exists = There is a page at this place already: { $path }
    .hint = Choose another title, or another folder.
new-title-empty = The title “{ $title }” makes no name of a file
    .hint = Write at least one letter or digit.
new-folder-outside = A page is put among the pages, and “{ $path }” is elsewhere
    .hint = Name a folder from that of the pages on, for example: guides
doctor-program = Plantin { $version }, with: { $features }
doctor-cache = Images kept from one time to the next: { $files } files, { $bytes }, in { $folder }
doctor-no-cache = Images kept from one time to the next: none, they are made anew each time
doctor-workspace = Workspace: { $folder }, { $pages } files of pages, languages: { $languages }
doctor-no-workspace = Workspace: there is none in { $folder }
doctor-fonts = Fonts of your own: { $fonts }
doctor-no-fonts = Fonts of your own: none, those of Plantin serve
doctor-settings = Settings that differ from those at first: { $settings }
doctor-no-settings = Settings that differ from those at first: none
serve-ready = Open the address above in your browser; it holds a secret, give it to nobody. To stop it: Ctrl+C.
serve-seen =
    { $count ->
        [one] Seen to change: { $path }
       *[other] Seen to change: { $path } and { $more ->
            [one] one other file
           *[other] { $more } other files
        }
    }
preview-problems =
    { $count ->
        [one] { $count } problem
       *[other] { $count } problems
    }
preview-stopped =
    { $count ->
        [one] Nothing new is shown: { $count } problem is in the way
       *[other] Nothing new is shown: { $count } problems are in the way
    }
preview-absent = There is no page at this address
preview-home = The home of the publication
serve-port-busy = Port { $port } is taken already
    .hint = Choose another with “--port N”, or let the program choose with “--port 0”.
port-refused = This machine does not let you use port { $port }
    .hint = Ports below 1024 are the administrator’s. Choose another with “--port N”, or let the program choose with “--port 0”.
preview-no-key = This address is no longer that of the preview. Copy the one that “plantin serve” shows in the terminal and paste it into the address bar of your browser.
preview-from-elsewhere = The preview is not opened from another site. Copy the address that “plantin serve” shows in the terminal and paste it into the address bar of your browser.
machine-says = { $cause ->
        [denied] access is denied
        [absent] it is no longer there
        [full] there is no room left on the disk
        [disk] the disk does not answer as it should
        [read-only] the disk can only be read
        [busy] another program uses it
        [open] too many files are open at once
        [name] its name is too long for this disk
        [file] a file is in the place of a folder
        [folder] it is a folder and not a file
        [there] there is something of this name already
        [filled] this folder is not empty
        [links] links lead to one another without end
        [large] it would be too large for this disk
        [memory] there is not enough memory
        [ended] it stops before its end
        [damaged] what it holds is damaged
        [taken] another program has this place already
        [late] the answer did not come in time
        [closed] the other program has stopped
       *[other] the machine refuses, for no reason that we know
    }
xml-says = { $cause ->
        [unclosed] what begins here has no end
        [open] an element is not closed
        [crossed] this tag closes an element that is not open
        [attribute] an attribute of this tag is not written as it must be
        [reference] “{ $piece }” is not known
        [encoding] it is not UTF-8
        [entity] it declares entities, which are not read
        [root] it must have one element around everything
        [deep] its elements are nested more than { $piece } levels deep
        [attributes] this tag has more than { $piece } attributes
       *[other] it is not XML
    }
fluent-says = { $cause ->
        [line] this line is not of the form “name = text”
        [value] this message has no text
        [choice] the choice in braces lacks the one case with an asterisk, or does not choose by a variable
        [quote] a quotation mark is not closed
        [escape] what follows the backslash is not known
        [brace] a brace opens or closes without the other
       *[other] what is in braces is not understood
    }
