# What a site built by another program cannot bring along.

import-no-pages = There is no Markdown page in { $folder }
    .hint = Name the folder of the site, the one with its settings: “eleventy.config.js”, “mkdocs.yml”, “book.toml”…
import-exists = { $path } is there already with other content; nothing was written
    .hint = Choose an empty folder with “--out FOLDER”. Files of which this is so: { $count }.
import-in-site = { $path } and { $folder } lie in one another; nothing was written
    .hint = Choose a folder of its own with “--out FOLDER”.
import-address-unknown = Nothing says the public address of the site: “{ $address }” stands in for it
    .hint = Correct “address” in “plantin.toml”.
import-template = This template is not taken along: it is a program for Eleventy
    .hint = Plantin itself makes the pages of folders and tags, the site map and the feeds. Write in Markdown what else there is to read.
import-data-computed = These data are computed by a program, which is not run
    .hint = Write the same values in “_defaults.yaml”, or in “locales/<language>/ui.ftl” for the words of the interface.
import-data-partly = A part of these data is computed and not taken along: { $keys }
    .hint = Write the same values in “_defaults.yaml”, or at the head of the pages.
import-data-left = These data serve Eleventy’s templates and are not taken along
    .hint = Write in the pages what they make visible.
import-files-left = { $count } files that are neither pages nor images nor documents are not taken along
    .hint = Styles and programs are replaced by Plantin’s theme. A file that you need: copy it into “content”.
import-passthrough = Eleventy copies these files beside the pages: { $what }
    .hint = Copy those that pages show into “content”, at the same address.
import-plugin = This plugin of Eleventy’s has no effect here: { $what }
    .hint = Look in the built pages for what it did.
import-shortcode = Pages may use the shortcode “{ $what }”, which this site defines
    .hint = Build the publication: each unknown shortcode is named, with its page and its line.
import-string-renamed = The string “{ $key }” is called “{ $id }” here
    .hint = A name begins with a letter, and has neither spaces nor dots.
import-string-left = The string “{ $key }” is no text: it is not taken along
    .hint = Add it to “locales/<language>/ui.ftl” if the interface uses it.
import-page-twice = Another page of this site has the place of this one already, which is not taken along: { $page }
    .hint = Rename one of the two, then import again.
import-syntax-left = “{ $name }” belongs to the program that built the site, and is not taken along
    .hint = Write here what the old site showed in this place, in Markdown.
import-alone = This page is written in “{ $language }” and has no original in “{ $source }”: it stays a page in its language, and the other editions do not have it
    .hint = If it translates a page, give both the same “translationKey” at their head, then import again; otherwise leave it so, or write its original.
import-catalogue = { $translated } texts out of { $texts } have their translation in this catalogue: each page has its part of it
    .hint = The others are to be translated: “plantin status” says which.
import-pair-alike = This page is taken for the translation of { $page }: both have the same numbers and the same links
    .hint = Read them side by side. If they have nothing to do with one another, remove the catalogue and copy the page.
import-pair = This page is the translation of { $page }
    .hint = Both have the same address, each in its language.
import-pair-moved = This page is the translation of { $page }: it moves from { $old } to { $new }
    .hint = A page has the same address in every language. On the server, redirect the old address to the new one.
import-pair-aligned = This page is the translation of { $page }: its texts are in { $catalogue }
    .hint = Look at the proposals with “plantin review”. The page itself is not taken along.
import-pair-alone =
    { $count ->
        [one] { $count } text of this page answers to nothing in { $page } and is not taken along
       *[other] { $count } texts of this page answer to nothing in { $page } and are not taken along
    }; the first: “{ $text }”
    .hint = If they are to be published, write them in the page in the source language too, and translate them.
import-pair-kept = This page stays a page: too few of its texts were found in { $page } (of { $texts } texts, { $translated } surely and { $drafts } perhaps; { $alone } are here alone)
    .hint = These are two pages at one address, each in its language. To make a catalogue of them, bring them nearer to one another and import again.
