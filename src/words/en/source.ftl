# source

not-utf-8 = This file is not saved as UTF-8: a character cannot be read here
    .hint = Open it in a text editor and save it with the encoding UTF-8. Until then, the character is replaced by “�”.
nul-in-text = This file holds a NUL byte here
    .hint = It may not be a text file. Save it again as plain text, in UTF-8.
utf-16 = This file is saved as UTF-16 (“Unicode” on Windows): it is read as such
    .hint = Open it in a text editor and save it with the encoding UTF-8: other programs read no other.
file-name-unreadable = The name of this file cannot be read: it is not published
    .hint = Rename it with letters, digits and hyphens.
file-unreadable = This file cannot be read: { machine-says }
    .hint = Check that it is still there and that you may read it.
file-special = This is not an ordinary file: it is not read
    .hint = Replace it with a text file, or remove it.
file-too-large = This file is too large: { $size } MiB, where { $largest } MiB is the most
    .hint = Make it smaller or cut it up. It is not published.
link-out-of-workspace = This link leads out of the publication’s folder: it is not followed
    .hint = Replace it with a copy of the file.
name-hidden = This is not published: its name begins with “_”
    .hint = Give it another name, if it is to be a page or to hold pages.
linked-folder = This folder is a link to another: it is not searched
    .hint = Replace it with a real folder.
folders-too-deep = This folder lies too deep: it is not searched
    .hint = Move it nearer to the folder of the pages.
image-unreadable = This image is incomplete or damaged
    .hint = Open it in an image editor and save it again.
image-kind = This image is in the format { $kind }, which not every browser, reading device and PDF shows: it is not published
    .hint = Save it as JPEG if it is a photograph, else as PNG, and name that file in the page.
file-without-ending = The name of this file has no ending: it is not published
    .hint = Add that of its content, such as .txt or .pdf: without one nobody knows how to open it.
file-kind-runs = Files with “.{ $ending }” in their name are not published: a browser or a server would run what they hold
    .hint = Offer a PDF or a .zip archive instead. If that part of the name says nothing of the content, put a hyphen in place of the point.
file-kind-unlisted = Files that end in “.{ $ending }” are not among those that are published
    .hint = { $addable ->
        [yes] If your readers need them, add to plantin.toml, under [site]: attachments = ["{ $ending }"]. Else offer a PDF, an office document or a .zip archive.
       *[no] Offer a PDF, an office document or a .zip archive.
    }
file-content-differs = This file is not what its name says, “.{ $ending }”: it holds { $content ->
        [image] an image
        [page] a web page
        [xml] XML
        [program] a program
        [pdf] a PDF
        [office] an office document
        [archive] an archive
        [medium] sound or film
       *[other] something else
    }
    .hint = Open it and save it again in the right form, or give it the ending of what it holds. Until then it is not published.
file-acts = A browser would show this file as a page of the site and could run what it holds: it is not published
    .hint = An XML file is published if it can be read to its end and holds no XHTML, no script, no style sheet and no DOCTYPE that declares elements. Else offer a .zip archive of it.
image-too-many-pixels = This image has { $pixels } million pixels: it is not published
    .hint = Make it smaller: 2000 pixels across are enough for a screen and for print.
image-location-removed = This image or film says where it was taken: that place is not published
    .hint = It stays as it is in “content”, and so in a deposit. Remove the GPS data from it if they must not be there.
drawing-mended = This drawing holds things that could run or be fetched from elsewhere: they were taken out ({ $removed })
    .hint = Look at the drawing on the page. To be rid of this message, export it again as “plain SVG”.
drawing-references = In this drawing, several parts have the same name, or a part is meant that is not there: this was mended ({ $names })
    .hint = Look at the drawing on the page. To be rid of this message, export it again as “plain SVG”.
drawing-labels = The words of this drawing are written as HTML, which books and PDF do not show: they were set anew as text
    .hint = Look at the drawing on the page. Where its words are not well placed, export it with labels as text (draw.io: without “Formatted text”; Mermaid: htmlLabels: false).
drawing-attributes = An element of this drawing has more than { $limit } attributes: its alternative text is shown in its place
    .hint = Export it again from your drawing program, or export it as PNG.
drawing-style-too-costly = The style sheet of this drawing would be compared with its parts more than { $limit } times: its alternative text is shown in its place
    .hint = Export it again with the styles written on each shape (“presentation attributes”), or export it as PNG.
drawing-too-costly = This drawing repeats its own parts more than { $limit } times, or without end: its alternative text is shown in its place
    .hint = Open it in your drawing program, turn its patterns, masks and clones into plain shapes, and export it again, or export it as PNG.
front-matter-not-closed = The front matter of this page has no end
    .hint = Add a line “---” after the last line of the front matter.
front-matter-not-a-mapping = The front matter of this page is not a series of lines “key: value”
    .hint = Write for instance “title: The title”, or remove the lines “---” from the top of the page.
front-matter-key-twice = The front matter gives “{ $key }” twice: the first value counts
    .hint = Remove one of the two lines.
front-matter-unknown-keys = The front matter holds keys that mean nothing here: { $keys }
    .hint = There is nothing to do, unless one of them is misspelt.
front-matter-wrong-type = The value of “{ $key }” in the front matter does not fit: it is ignored
    .hint = Expected: { $expected ->
        [text] a text
        [bool] true or false
        [date] a date that exists, such as 2024-09-16
        [segments] a list of addresses and titles (url and title)
        [number] a number
        [media] an address, or src and title
        [image] the path of an image, or path and alt
        [lang] a language, such as fr or pt-BR
        [author] a name, or a list of names
        [moment] a date and, if needed, an hour, as in 2026-05-12 14:30
       *[other] { $expected }
    }.
folder-data-not-run = This file is a program of the original site: it is not run
    .hint = { $known ->
        [yes] What it gives to the pages of this folder is written in { $file }: { $proposal }
       *[no] Write in { $file } what it gives to the pages of this folder, as in their front matter.
    }
segment-incomplete = This breadcrumb entry lacks an address or a title
    .hint = Write both: “- url: /mission/”, then “title: Mission” on the next line.
title-missing = This page has no title in its front matter: “{ $title }” stands in for it
    .hint = Add “title:” to the front matter of the page.
page-empty = This page is empty
    .hint = Write its text, or remove the file.
heading-empty = This heading is empty: it is not published
    .hint = Write its words, or remove the line.
heading-silent = This heading has no words: it is published as a paragraph
    .hint = Write its words, or give its image an alternative text.
heading-level-repaired = This heading of level { $written } is published at level { $published }
    .hint = The title of the page is at level 1 and no level is skipped: write { $published ->
        [2] “##”
        [3] “###”
        [4] “####”
        [5] “#####”
       *[other] “######”
    } before this heading and those of the same rank.
id-taken = The identifier “{ $id }” is taken already in this page: it is ignored here
    .hint = Choose another.
attribute-ignored = The attribute “{ $name }” means nothing here: it is ignored
    .hint = You can remove it.
nested-too-deep = Some elements lie too deep in one another: they are published one after the other
    .hint = Simplify this part of the page.
shortcode-not-supported = The shortcode “{ $name }” is not known: it is published as it is written
    .hint = Say in plantin.toml what it becomes, under [shortcodes]. For an image: { $shortcode } = "![{ "{" }2{ "}" }]({ "{" }1{ "}" })"; for a link: "[{ "{" }2{ "}" }]({ "{" }1{ "}" })"; for nothing: "".
shortcode-around = The shortcode “{ $name }” stands around a passage and is not known: its two tags are removed, what is between them is published
    .hint = To remove it without a message, write in plantin.toml, under [shortcodes]: { $shortcode } = "". To put a box around a passage, write “:::callout Title”.
template-tag = The tag “{ $name }” asks the site to decide or to repeat: it is removed, what is around it is published
    .hint = Templates are not run. Write in the page what this tag put there.
template-expression = “{ $text }” is for the site to fill in: it is published as it is
    .hint = Templates are not run. Write in its place what the site put there.
template-comment-dropped = A template’s comment is not published: { $text }
    .hint = There is nothing to do.
formula-unreadable = The formula “{ $formula }” cannot be read: { $cause ->
        [command] the command “{ $piece }” is not known
        [environment] the environment “{ $piece }” is not known
        [colour] the colour “{ $piece }” is not known
        [open] “{ $piece }” is missing at the end of what is open
        [closed] “{ $piece }” closes what is not open
        [crossed] one environment closes another
        [argument] what a command works on is missing
        [parenthesis] there must be a parenthesis after “{ $piece }”
        [twice] there are two subscripts or two superscripts in a row
        [sign] the sign “{ $piece }” has no place here
        [length] a length is written with its unit, as 2em
        [long] it is too long or too nested
       *[other] a command has no place here
    }
    .hint = Check its braces and the names of its LaTeX commands. Meanwhile it is published as code. For a plain dollar sign, write “\$”.
container-unknown = There is no container “{ $name }”: its content is published as ordinary text
    .hint = Containers: callout, quote, details, info, note, tip, important, warning, caution, success, error. The part [containers] of plantin.toml says which of them another name stands for.
container-not-closed = The container “{ $name }” has no end
    .hint = Add a line “:::” (or “???”) where it ends.
container-end-without-start = This line “:::” ends a container that did not begin
    .hint = Remove it, or add the beginning of the container, such as “:::callout Title”.
footnote-undefined = There is no footnote “{ $label }”: its call is published as it is
    .hint = Add a line “[^{ $label }]: text of the note”.
footnote-not-called = Nothing refers to the footnote “{ $label }”: it is published after the others
    .hint = Write “[^{ $label }]” where it belongs, or remove the note.
footnote-empty = The footnote “{ $label }” says nothing
    .hint = Write its words, or remove it with its calls.
footnote-defined-twice = The footnote “{ $label }” is written twice: its calls lead to the first
    .hint = Give one of the two another name.
link-without-words = This link has no words: its address stands in for them
    .hint = Write between the brackets where it leads: [the page’s name]({ $address }).
link-around-blocks = The link to { $address } surrounds several blocks: it is lost
    .hint = Put the link on words: [text]({ $address }).
address-dangerous = The address “{ $address }” would run a program: the link is removed, its words stay
    .hint = Replace it with the address of a page.
image-without-alternative = This image has no alternative text
    .hint = Add alt="…" with what it says, or alt="" if it only decorates.
medium-without-title = This element { $name } has no title: { $address }
    .hint = Add title="…" with what one sees in it: that is what stands in for it in print.
medium-in-line = This element { $name } stands in the middle of a sentence: it becomes a link to { $address }
    .hint = Put it in a paragraph of its own.
details-without-summary = This part that folds has no summary
    .hint = Add <summary>…</summary> right after <details>.
table-text-outside-cells = This table holds text outside its cells: it is published before the table
    .hint = Put this text in a cell, or outside the table.
break-ignored = A line break at the edge of a paragraph shows nothing: it is ignored
    .hint = For space, trust the layout; for a new page in print, write “\newpage”.
html-not-closed = The HTML element { $name } has no end: it stops with the block that holds it
    .hint = Add its end tag.
html-end-without-start = The tag { $name } ends an element that did not begin here: it is ignored
    .hint = Remove it, or check where the element begins.
html-unknown = The HTML element { $name } has no equivalent: only its text is published
    .hint = Replace it with Markdown.
html-dropped = The HTML element { $name } and what it holds are not published
    .hint = Programs and styles have no place in a page: remove it.
html-handler-dropped = The attribute “{ $name }” would run a program: it is removed
    .hint = Remove it from the page.
html-comment-dropped = A comment is not published: { $text }
    .hint = There is nothing to do.
html-comment-not-closed = A comment has no end: all that follows it in this block is lost: { $text }
    .hint = Add “-->” where it ends.
front-matter-list-too-long = “{ $key }” has { $count } entries: { $most } are read, the others are left out
    .hint = Keep those that help a reader to find the page.
code-not-coloured = The code of this page is too much to be coloured: from here on, it is published without colours
    .hint = Break its very long lines, or cut the page up.
table-too-large = This table would have more than { $most } cells, those that are missing or spanned over counted: its words are published one after the other
    .hint = Cut it into several tables, with rows of the same length.
page-too-many-lines = This page has more than { $most } lines: what begins here is not published
    .hint = Cut it up into several pages.
page-too-tangled = This part of the page is too tangled to be understood: its signs would have to be read more than { $times } times over
    .hint = Look here for tags, brackets or lists without an end, or cut the page up. What is not understood is published as it is written.
html-too-many-attributes = The tag { $name } has too many attributes: { $most } are read, { $count } are left out
    .hint = Remove those that serve no purpose.
more-problems = This page has { $count } more problems, which are not all listed
    .hint = Correct those that are listed first.

# What was meant as markup and is none.

stray-image = “{ $text }” looks like an image, but is none: these signs are published as they are
    .hint = Write ![description](address), without a space between the brackets and the parenthesis; an address with spaces stands between < and >. If these signs are meant, write \ before the first.
stray-link = “{ $text }” looks like a link, but is none: these signs are published as they are
    .hint = Write [text](address), without a space between the bracket and the parenthesis; an address with spaces stands between < and >. If these signs are meant, write \ before the first.
stray-reference = “{ $text }” looks like a link, but no address has this name: these signs are published as they are
    .hint = Write [text](address), or give the address apart, on a line “[name]: address” without a space before the colon. If these signs are meant, write \ before the first.
stray-footnote = “{ $text }” looks like a footnote, but is none: these signs are published as they are
    .hint = The name of a note has no space: write [^name] where it is called and “[^name]: text of the note” on a line of its own. If these signs are meant, write \ before the first.
stray-callout = “{ $text }” looks like the name of a callout, but is none: it is published as it is
    .hint = Write “> [!NOTE]” at the beginning of a quotation, with one of these names: NOTE, TIP, IMPORTANT, WARNING, CAUTION, INFO, SUCCESS, ERROR, REMARQUE, ASTUCE, ATTENTION, AVERTISSEMENT, DANGER. If these signs are meant, write \ before the first.
stray-attributes = “{ $text }” is not read here: these signs are published as they are
    .hint = { $name ->
        [no] Write it at the end of a heading or a paragraph, or right after a link or an image; a cell and a term have none. If these signs are meant, write \ before the first.
       *[other] Write { "{" }#{ $name }{ "}" }, in letters without accents, at the end of a heading or a paragraph, or right after a link; a cell and a term have none. If these signs are meant, write \ before the first.
    }
stray-emphasis = “{ $text }” is not emphasised: these signs are published as they are
    .hint = Leave no space between the signs and the first and last word, and a space or a punctuation mark at their other side: an important **word** here. If these signs are meant, write \ before each.
stray-code = “{ $text }” looks like code without an end: these signs are published as they are
    .hint = Write ` before and after the code. For an apostrophe, write ’; if this sign is meant, write \ before it.
stray-fence = “{ $text }” looks like the edge of a piece of code, but is none: these signs are published as they are
    .hint = Put these signs alone on their line, before and after the code. If they are meant, write \ before each.
stray-heading = “{ $text }” looks like a heading, but is none: this line is published as it is
    .hint = Write one to six #, then an ordinary space (not none, not a no-break space), then the heading. If these signs are meant, write \ before the first.
stray-list = “{ $text }” looks like a list, but is none: these lines are published one after the other
    .hint = Begin each line with “-” (or “1.”) and an ordinary space, and leave an empty line before the first. If these signs are meant, write \ before the first.
stray-table = “{ $text }” looks like a table, but is none: these lines are published as they are
    .hint = Below the first line write one such as | --- | --- |, with as many cells, and leave an empty line before the table. If these signs are meant, write \ before each.
stray-tabs = These lines look like a table pasted from another program, but are none: they are published one after the other
    .hint = Write | between the cells in the place of tabs, and below the first line a line such as | --- | --- |.
stray-container = “{ $text }” looks like the beginning of a container, but is none: these signs are published as they are
    .hint = Put it alone on its line. If they are meant, write \ before the first.
stray-sign = Only the font of another program has the sign { $character }: elsewhere, all one sees is a box
    .hint = It was probably pasted. For a bullet, write “-” and a space at the beginning of the line; else replace it or take it out.
stray-hidden = “{ $text }” holds a sign that cannot be seen ({ $character }): whoever searches for this word does not find it
    .hint = It was probably pasted. Type the word again.
stray-unread = “{ $text }” looks like { $kind ->
        [attributes] the name of a place or a class
        [callout] a callout
        [code] code
        [container] a “:::” container
        [emphasis] emphasised words
        [fence] the edge of a piece of code
        [footnote] a call of a footnote
        [heading] a heading
        [image] an image
        [link] a link
        [list] a list
        [reference] a link
        [sign] a bullet of a word processor
       *[table] a table
    }, but nothing is formatted here: these signs are published as they are
    .hint = { $where ->
        [plain] The front matter of a page only has plain words: take these signs out.
       *[html] Leave an empty line between the HTML tag before this text (<details>, <div>…) and the text, and another before the end tag; or write it as HTML.
    }
code-not-closed = This piece of code has no end: { $count ->
        [0] all that followed would be published as code
        [one] the line that follows is published as code
       *[other] the { $count } lines that follow are published as code
    }
    .hint = After the code, add a line with the same signs (``` or ~~~) as this one and nothing else.
table-cell-dropped = This row has { $cells } cells and the table { $columns }: what is too much is not published: { $text }
    .hint = Add a column to the first row and to the one with “---”, or take out a “|”. A “|” that is part of the text is written \|.
merge-conflict = This page holds two versions that Git could not merge ({ $text }): it is not published
    .hint = Keep one version of each passage between “<<<<<<<” and “>>>>>>>”, and take out these lines and the line “=======”.
merge-conflict-file = This file holds two versions that Git could not merge ({ $text }): nothing of it is read
    .hint = Keep one version of each passage between “<<<<<<<” and “>>>>>>>”, and take out these lines and the line “=======”.
link-without-address = This link has no address: its words are published without a link: { $text }
    .hint = Write the address between the parentheses, or take out the brackets and the parentheses.
address-with-spaces = This address has spaces and does not stand between < and >: it is read as an address: { $address }
    .hint = Write it between < and >, so that other programs understand it too: (<{ $address }>).
container-name-meant = “{ $name }” is read as “{ $own }”
    .hint = There is nothing to do. Other programs only know “{ $own }”.
callout-text-beside-name = The text of this callout is beside its name: it is published in the callout
    .hint = There is nothing to do. Other programs want it on the next line, after “>”.
pasted-from-office = This passage comes from a word processor or an e-mail: its words are published, its formatting is lost ({ $count ->
        [one] one mark
       *[other] { $count } marks
    })
    .hint = Paste it again without formatting (Ctrl + Shift + V), then write its headings, lists and tables as Markdown.
front-matter-broken = The front matter of this page cannot be read: { $cause ->
        [tab] this line begins with a tab
        [colon] the text of this line contains a colon
        [quote] a quotation mark opens on this line and does not close
        [quote-inside] a quotation mark closes on this line before the text ends
        [sign] the text of this line begins with a reserved sign
        [colon-missing] this line does not read “key: value”
        [toml] this line is not written as TOML asks
       *[indent] this line is not aligned with those of the same list
    }
    .hint = { $cause ->
        [tab] Replace the tab by two spaces.
        [colon] Put the text in straight quotation marks, as in title: "Review: one year".
        [quote] Add the quotation mark that is missing at the end of the text.
        [quote-inside] Put the text in straight quotation marks ("), and use curly ones inside it.
        [sign] Put the text in straight quotation marks, as in title: "@contact".
        [colon-missing] Write a colon and a space between the key and its value, as in title: The title.
        [toml] Write for example title = "The title".
       *[indent] Begin this line with as many spaces as the lines of the same rank.
    } Until then, only simple lines are understood.
front-matter-kind = The front matter of this page is a program, or in a language that is not read: it is left aside
    .hint = Write it between two “---” lines, in lines that read “key: value”.
front-matter-displaced = The front matter of this page was recognised, although { $oddity ->
        [before] spaces or an empty line stand before it
        [dashes] its lines of dashes are not “---”
       *[opening] the “---” line above it is missing
    }
    .hint = Make “---” the very first line of the file, without a space before it, and write another “---” line after the front matter.
front-matter-key-like = “{ $key }” is taken to mean “{ $meant }”
    .hint = Write { $meant } in the front matter: it is the name that all pages share.
front-matter-key-near = The front matter contains “{ $key }”, which means nothing here
    .hint = Did you mean “{ $nearest }”?
front-matter-taken = The value of “{ $key }”, “{ $value }”, is taken to mean “{ $said }”
    .hint = To stop seeing this message, write { $key }: { $said }, in straight quotation marks if it is a text.
front-matter-comment = What follows the “#” sign is not published in “{ $key }”: { $comment }
    .hint = If it is part of the text, put the whole in straight quotation marks.
gate-taken = “{ $key }: { $value }” is understood: this page is { $outcome ->
        [kept] not published
       *[published] published
    }
    .hint = To stop seeing this message, write { $outcome ->
        [kept] draft: true
       *[published] draft: false, or remove the line
    }.
gate-unclear = “{ $key }: { $value }” does not say whether this page is to be published: it is not
    .hint = Write draft: true to keep it back, or draft: false to publish it. A day is written publishDate: 2026-01-31 or expiryDate: 2026-01-31.
date-unclear = “{ $value }” may mean two days: “{ $key }” has no date
    .hint = Write the year, the month and the day, as in { $date }.
event-without-start = This event has no date on which it begins: it is not announced
    .hint = Write under event: a line start: 2026-05-12, or start: 2026-05-12 14:30.
event-ends-before = This event would end before it begins: its end is ignored
    .hint = Correct start or end.
event-key-unknown = “{ $key }” says nothing of an event
    .hint = An event has a beginning (start), an end (end) and a place (place).
folder-data-broken = This data file cannot be read from this line on
    .hint = Check its quotation marks, commas and braces, or write the same values in a file “_defaults.yaml” in the same folder.
file-name-same = Another file in this folder has the same name, with its accents stored in another way: only one of them is read
    .hint = Remove one, or give it another name.
