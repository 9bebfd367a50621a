# Settings, addresses, links and the breadcrumb.

settings-absent = There is no file “plantin.toml” in the folder { $folder }
    .hint = Go to the publication’s folder, name it with “--workspace FOLDER”, or make one with “plantin init”.
settings-unknown-key = There is no setting “{ $key }”
    .hint = Did you mean “{ $nearest }”?
settings-wrong-value = The setting “{ $key }” does not have a suitable value
    .hint = Expected: { $expected }
settings-attachment-refused = Files “{ $ending }” cannot be added to those that are published
    .hint = Write the ending in small letters, without the point, such as "xlsm". What browsers or servers run (html, svgz, js, php …) is never published; SVG drawings always are.
settings-missing = The setting “{ $key }” is missing
    .hint = Add it to “plantin.toml”. For a complete example: “plantin init an-empty-folder”.
no-pages = There is no page to publish in this folder
    .hint = Add a file whose name ends in “.md”, or correct “content” under [paths] in “plantin.toml”.
no-date = The publication has no date: its files are dated 1 January 2000
    .hint = Add “date = "YYYY-MM-DD"” under [publication].
order-not-an-address = “{ $address }” is not the address of a page
    .hint = In “order”, write addresses like this: "/mission/".
policy-page-unknown = The settings say what to do with the translations of “{ $page }”, but no page has that address or one under it
    .hint = Correct the address under [policy.pages], or remove that setting.
language-unknown = “{ $language }” is not a language of this publication
    .hint = Its languages are: { $known }. To add one, complete “languages” in “plantin.toml”.
page-unknown = There is no page “{ $page }”
    .hint = Give its address, such as “/mission/”, or its file, such as “content/mission/index.md”.
page-draft = This page is a draft: it is not published
    .hint = Remove “draft: true” from its front matter to publish it.
page-not-yet = This page is published from { $date } on: it is not yet
    .hint = Run “plantin build” on that day or later. To publish it now, correct this date in its front matter or take it out.
page-expired = This page was to be published until { $date }: it no longer is
    .hint = Correct this date in its front matter or take it out to publish the page again, or remove the page.
page-expires = This page will no longer be published from { $date } on
    .hint = Run “plantin build” on that day: until then nothing takes it off the site.
page-nowhere = This page asks not to be published (“permalink: false”)
    .hint = Remove that line from its front matter to publish it.
page-language-unknown = The language “{ $language }” of this page is not one of the publication’s
    .hint = Correct “lang” in its front matter, or add the language to “languages” in “plantin.toml”.
page-in-one-language = This page is written in “{ $language }” only: the editions in other languages do not have it
    .hint = There is nothing to do if this is meant. For another edition to have it, translate it in its catalogue, or write it in that language.
permalink-refused = “{ $permalink }” is not an address where a page can be published
    .hint = An address begins and ends with “/”, without “..” or reserved signs: “/mission/objectives/”. The page is published under its file name.
permalink-too-long = The address “{ $permalink }” is too long: { $longest } bytes are the most, and { $part } between two “/” (an accented letter takes two)
    .hint = Shorten it in the page’s front matter. Meanwhile the page is published under its file name.
permalink-too-deep = The address “{ $permalink }” has too many levels: { $deepest } are the most
    .hint = Take some “/” out of it in the page’s front matter. Meanwhile the page is published under its file name.
path-not-an-address = The name of this file cannot become an address: { $path }
    .hint = Rename the file or the folder: letters, digits and hyphens, 240 characters at most. The page is not published.
address-twice = This page has the same address as another: { $address } (taken by { $other })
    .hint = Give it another address with “permalink”, or rename the file: capitals and the way in which accents are written do not tell two addresses apart. It is not published.
title-twice = This page has the same title as another one of the same folder, { $other }: { $title }
    .hint = Give each a title that says what is particular about it: in a tab, a list or the results of a search, nothing else tells them apart.
name-not-for-windows = On Windows, neither a file nor a folder can be called “{ $name }”: the publication cannot be copied there whole
    .hint = Rename the file, or give the page another address with “permalink”. Here, everything is published.
published-name-too-long = This name is too long to be published: { $name }
    .hint = Rename the file or the folder: 240 characters at most, fewer with accents.
file-name-twice = On many computers, this file is one with “{ $other }”: their names differ only in capitals or in the way in which accents are written
    .hint = Rename one of the two. Here, both are published.
theme-file-twice = This file of the theme would be published in the place of another: { $path } (taken by { $other })
    .hint = Rename the file of the theme. It is not published.
feed-without-address = The feed “{ $path }” is not published: the page { $page } has its address
    .hint = Give the page another address with “permalink”.
catalogue-without-page = This catalogue belongs to no page: there is no { $page }
    .hint = If the page was renamed, run “plantin extract”: its catalogue follows. If it was deleted, its translations stay here for the day when it is back; else delete this file.
interface-unreadable = This translation of the interface has an error: { fluent-says }
    .hint = Each line reads “name = text”. The faulty message is ignored, the others are used.
fluent-too-nested = The message “{ $id }” has too many braces and parentheses: more than { $limit } open in it
    .hint = Write it more simply, or divide it into several messages. It is ignored, the others are used.
fluent-too-many-references = The message “{ $id }” refers to itself, or to too many other messages: more than { $limit } in all
    .hint = Write the text there instead of the references. It is ignored, the others are used.
fluent-more-faults = This file has { $count ->
        [one] another fault
       *[other] { $count } other faults
    }
    .hint = Correct the first ones: the others may come from them.
interface-lacks = The message “{ $id }” is not translated
    .hint = Add it to this file. Until then it is shown in another language.
interface-lacks-many = This language lacks { $count ->
        [one] one message
       *[other] { $count } messages
    } of the interface: { $ids }
    .hint = Add them to this file. Until then they are shown in another language.
interface-extra = There is no message “{ $id }” in the source language
    .hint = Check its name, or delete it: nothing shows it.
interface-stale = The message “{ $id }” has changed in the source language since it was translated: { $source }
    .hint = Mend the translation. If it is right, take the line of this message out of the file “ui.fingerprints”. Then run “plantin extract”.
interface-undefined = The message “{ $id }” uses “{ $used }”, which is defined nowhere
    .hint = Define it in this file, or mend its name.
interface-variable = { $kind ->
        [lacks] The message “{ $id }” does not use the variable “{ $variable }” of the source
       *[adds] The message “{ $id }” uses the variable “{ $variable }”, which the source does not have
    }
    .hint = Use the same variables as the source.
interface-plural = The message “{ $id }” chooses by “{ $variable }”, but lacks forms of this language: { $categories }
    .hint = Add these forms, for example a line that begins with [one].
address-on-a-computer = This address is that of a file on your computer, which nobody else can open: { $address }
    .hint = Copy the file into the page’s folder and write its name, with / and not \, such as images/plan.jpg.
address-in-an-email = This address is that of an image in an e-mail, and leads nowhere outside of it: { $address }
    .hint = Save the image in the page’s folder and write its name.
address-with-hidden-signs = This address holds signs that cannot be seen: it is read without them: { $address }
    .hint = They were probably pasted. Type the address again so that other programs understand it too.
address-with-backslash = This address has \ in place of /: it is read as { $address }
    .hint = Write it with /: other programs do not understand it otherwise.
link-without-scheme = This link leads to no page: its beginning is missing: { $address }
    .hint = Write { $wanted }. Until then, its words are published without a link.
link-to-heading-words = “{ $address }” is read as the address of the heading that has these words
    .hint = There is nothing to do. Other programs only know #{ $anchor }.
link-to-nothing = This link leads to no page and no file: { $address }
    .hint = Correct the address or remove the link. Until then, its words are published without a link.
link-to-unknown-page-of-site = This address is on this site, but no page has it: { $address }
    .hint = Correct it, or write it without “https://” so that the program follows it. Until then, the link is published as it is.
link-to-no-anchor = The page { $page } has no place named “{ $anchor }”
    .hint = The nearest one is called “{ $nearest }”. Until then, the link leads to the top of the page.
link-scheme-refused = A link cannot begin with “{ $scheme }:”
    .hint = Use a web, e-mail or telephone address. Until then, its words are published without a link: { $address }
image-missing = There is no such image: { $address }
    .hint = Put the file into the page’s folder or correct its address. Until then, its alternative text is published in its place.
image-broken = This file is not an image that can be used: { $address }
    .hint = Open it in an image editor and save it again as PNG, JPEG, WebP, GIF or SVG.
image-outside = This image lies outside the folder of the pages: { $address }
    .hint = Copy it into the page’s folder and correct its address.
image-on-another-host = This image is on another site and is not copied: { $address }
    .hint = Save it in the page’s folder, if you may, and correct its address.
segment-without-page = The breadcrumb goes through “{ $title }” ({ $url }), but no page has that address
    .hint = Correct “url” under “segments” or make the page. Until then, the step is shown without a link.
segment-with-two-titles = The breadcrumb step { $url } is called “{ $title }” here, but “{ $other }” in { $file }
    .hint = Give it the same title everywhere.
epub-failed = The EPUB could not be made ({ $language })
    .hint = The other formats are complete. If the message does not help you, pass it on to the technical team.
pdf-not-built-in = This build of the program cannot make PDFs
    .hint = Install the full version, or remove "pdf" from “formats” in “plantin.toml”.
navigation-and-segments = This page has two places: “{ $navigation }” by eleventyNavigation and “{ $segments }” by segments; the first counts, as on the original site
    .hint = Keep one of the two in the page’s front matter.
navigation-parent-unknown = No page has the key “{ $key }” in eleventyNavigation: this step of the breadcrumb leads nowhere
    .hint = Correct “parent”, or give this key to a page in the same language.
navigation-circle = The pages of eleventyNavigation lie under one another in a circle: the breadcrumb stops at “{ $key }”
    .hint = Correct “parent” in one of them.
page-kept-back = This page is not published: its folder does not say clearly whether it may be
    .hint = Correct the file that speaks of the pages of this folder: another message names it.
file-not-a-page = This file is not published: { $kind ->
        [markdown] pages are the files whose name ends with “.md”, in small letters
        [document] an office document is not a page, and no page leads to it
        [web] a template or a web page is not a page of the publication, and none leads to it
       *[text] only files whose name ends with “.md” are pages, and no page leads to it
    }
    .hint = { $kind ->
        [markdown] Rename it “{ $page }”.
        [document] Paste its text into a file “{ $page }”, or link to it from a page so that it can be downloaded.
        [web] Write its text into a file “{ $page }”, or move it out of the folder of pages.
       *[text] Rename it “{ $page }”, link to it from a page, or move it out of the folder of pages.
    }
locale-misnamed = The translations in this folder are not read ({ $count } catalogues): its name is not written like the language “{ $language }”
    .hint = Rename the folder “{ $language }”.
locale-unknown = The translations in this folder are not read ({ $count } catalogues): “{ $language }” is not a language of the publication
    .hint = Add the language to “languages” in “plantin.toml”, rename the folder, or remove it.
catalogue-gone = This catalogue is no longer there: { $count ->
        [one] one published translation
       *[other] { $count } published translations
    } in “{ $language }” { $count ->
        [one] is lost
       *[other] are lost
    }
    .hint = Put the file back in its place before you run “plantin extract”: a backup or the history of the folder still has it. If it was removed on purpose, say so once: plantin extract --renew
settings-unreadable = This settings file cannot be read: { $cause ->
        [quotes] this line has curly quotation marks
        [quote] a quotation mark on this line does not close
        [bracket] a bracket on this line does not close
        [equals] the sign “=” is missing on this line or the one before
        [comma] a comma is missing between two values
       *[other] this line or the one before does not read name = "value"
    }
    .hint = { $cause ->
        [quotes] Replace them by straight quotation marks (").
        [quote] Put two straight quotation marks (") around the text.
        [bracket] Add the bracket that is missing.
        [equals] Write name = "value", one line for each setting.
        [comma] Put commas between the values, as in ["fr", "en"].
       *[other] Check the quotes, the brackets and the “=” on this line and on the one before.
    }
settings-languages-too-many = A publication has { $limit } languages at most: those that follow are not read
    .hint = Take some out of “languages”.
settings-language = “{ $tag }” is not the code of a language
    .hint = { $known ->
        [yes] Did you mean “{ $meant }” ({ $name })?
       *[no] A language is written by its code: fr, en, de, es, ar, pt-BR…
    }
interface-missing = The interface is not translated into “{ $language }” ({ $name-fr ->
       *[other] { $name-en }
    }): its words stay in “{ $spoken }” ({ $spoken-fr ->
       *[other] { $spoken-en }
    }) and are marked as such
    .hint = Make this file from “locales/fr/ui.ftl”.{ $doubtful ->
        [yes] { " " }“{ $language }” is the code of a language, not of a country: if you meant “{ $doubt }”, correct “languages” in “plantin.toml”.
       *[no] { "" }
    }
page-date-ahead = The date of this page, { $date }, is still to come: it does not count as the date of the publication
    .hint = If it is the date of an event, write it under event:, with start, end and place. Otherwise, correct it.
date-from-pages = The publication has the date of its most recent page: { $date }
    .hint = To give it another one, write date = "{ $date }" under [publication].
