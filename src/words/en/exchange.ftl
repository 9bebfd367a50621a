# Exchanges with other tools: XLIFF, TMX, spreadsheets.

about-xliff = Exchanges translations with an agency or a tool, as XLIFF
about-xliff-export = Writes what is to be translated as XLIFF
about-xliff-import = Takes back a translated XLIFF file, compared with the pages of today
about-tmx = Exchanges the translation memory, as TMX
about-tmx-export = Writes what is translated as TMX
about-tmx-import = Proposes what a memory knows for what is not translated
about-csv = Exchanges translations or the glossary with a spreadsheet
about-csv-export = Writes the texts, or the glossary, for a spreadsheet
about-csv-import = Takes back a file that comes from a spreadsheet

value-separator = SIGN

arg-files = The files
arg-changed = Only what is to be translated, redone or looked at
arg-accept = What was changed counts as translated, even where the tool does not say so
arg-glossary = The glossary, in place of the texts
arg-xliff-version = The version of XLIFF: 1.2 (by default) or 2.1
arg-separator = What stands between columns: semicolon (by default), comma or tab
arg-exchange-out = Where to write; by default, the folder “exchange” of the workspace
arg-file-language = The language of the file, where it does not say so itself

exported =
    { $files ->
        [0] No file written.
        [one] { $files } file written.
       *[other] { $files } files written.
    }
taken-imported =
    { $count ->
        [0] No translation taken back.
        [one] { $count } translation taken back.
       *[other] { $count } translations taken back.
    }
taken-drafts =
    { $count ->
        [one] { $count } proposal to look at.
       *[other] { $count } proposals to look at.
    }
taken-stale =
    { $count ->
        [one] { $count } translation of a text that has changed since it was sent: to be redone.
       *[other] { $count } translations of texts that have changed since they were sent: to be redone.
    }
taken-unchanged =
    { $count ->
        [one] { $count } text without a change.
       *[other] { $count } texts without a change.
    }
taken-conflicts =
    { $count ->
        [one] { $count } conflict: the translation here is kept.
       *[other] { $count } conflicts: the translations here are kept.
    }
taken-obsolete =
    { $count ->
        [one] { $count } translation of a text that is gone, kept at the end of the catalogue.
       *[other] { $count } translations of texts that are gone, kept at the end of the catalogues.
    }
taken-refused =
    { $count ->
        [one] { $count } translation refused.
       *[other] { $count } translations refused.
    }

exchange-nothing = There is nothing to send in this language: { $language }
    .hint = Without “--changed”, everything is sent.
exchange-encoding = This file is neither UTF-8 nor UTF-16: it is not taken back
    .hint = Save it again with the encoding UTF-8.
exchange-language = The language of this file is not known here: { $language }
    .hint = Give it with “--language”, or add it to “languages” in “plantin.toml”.
exchange-too-deep = The elements of this file are nested too deep: more than { $limit } levels
    .hint = This is no ordinary exchange file. Export it again from the translation tool.
exchange-too-many-attributes = This element has too many attributes: more than { $limit }
    .hint = This is no ordinary exchange file. Export it again from the translation tool.
exchange-xml = This XML file is damaged here: { xml-says }
    .hint = Ask the tool that wrote it for it again. Nothing was taken from it.
exchange-not-xliff = This file is not XLIFF 1.x or 2.x: { $found }
    .hint = Ask the tool for a translated XLIFF file.
exchange-not-tmx = This file is not TMX: { $found }
    .hint = Ask the tool for a TMX file.
exchange-csv = This sheet is damaged: from here on, its rows cannot be read
    .hint = Save it again as CSV, in UTF-8. The rows that follow are not taken back.
exchange-column = This sheet lacks a column: { $column }
    .hint = Keep the first row as the program wrote it.
exchange-term-name = “{ $term }” is no name of a term
    .hint = Letters without accents, digits and hyphens: “table-of-contents”. The row is not taken back.
exchange-page-unknown = This file translates a page that is not here or whose catalogue is damaged: { $page } ({ $count } texts)
    .hint = If the page was moved, put its new path into the file, then take it back again.
exchange-partial = Only a part of this text is translated: { $unit }
    .hint = Have every sentence of the text translated. Until then, nothing of it is taken back.
exchange-stale = This text has changed since it was sent: { $source }
    .hint = Its translation is kept with the old text, to be redone. Page: { $page }, unit { $unit }.
exchange-gone = This text is no longer in the page: { $source }
    .hint = Its translation is kept at the end of the catalogue and comes back with the text. Page: { $page }, unit { $unit }.
exchange-conflict = This text was translated here since it was sent: { $source }
    .hint = The translation here is kept: “{ $here }”. If the other one is better, copy it. Page: { $page }, unit { $unit }.
exchange-code = { $kind ->
        [lost] Code { $code } ({ $item }) is missing from this translation
        [doubled] Code { $code } ({ $item }) is in this translation twice
        [crossed] Code { $code } ({ $item }) is not in its place in this translation
       *[other] Code { $code } of this translation is not in the source
    }
    .hint = In the translation tool, put each code of the source back once. Until then, nothing of it is taken back. Page: { $page }, unit { $unit }.

## Pages that were translated elsewhere

about-align = Makes catalogues of pages that were translated elsewhere
arg-align-source = The page in the source language, or a folder of pages
arg-align-target = The same page in the other language, or a folder of pages
arg-align-language = The language of the other page; by default, the one that its folder says
arg-align-out = Where to write the catalogues; by default, with those of the workspace
arg-dry-run = Writes nothing

aligned-page =
    { $translated ->
        [one] { $translated } translation
       *[other] { $translated } translations
    }, { $drafts ->
        [one] { $drafts } proposal to look at
       *[other] { $drafts } proposals to look at
    }, { $missing } without a translation, { $kept } translated already
aligned =
    { $files ->
        [0] No catalogue written.
        [one] { $files } catalogue written.
       *[other] { $files } catalogues written.
    }
align-page-alone = This page has no translation among the others: { $page }
    .hint = If it has one, give both files: plantin align PAGE OTHER-PAGE
align-page-guessed = { $page } and { $other } have different names, but look alike: they are taken for one page
    .hint = Check this. If it is wrong, remove the catalogue that was made of it.
align-page-not-published = This page is not published, or exists in this language already: { $page }
    .hint = Nothing of it is written.

## Proposals of a translation engine

about-propose = Asks a translation engine for proposals for what is not translated
help-propose =
    The texts of the pages are sent to the address that you give, and only when you run this
    command. The key of the engine is read from the variable PLANTIN_ENGINE_KEY. A proposal is
    never published before somebody has looked at it.
value-engine = ENGINE
value-url = ADDRESS
arg-engine = The protocol of the engine: libretranslate or deepl
arg-url = The address of the engine, for example: https://translation.example.org
arg-propose-language = The language to translate into
arg-pause = How many milliseconds to wait between two requests; 500 by default
arg-timeout = How many seconds to wait for an answer; 60 by default

proposed =
    { $count ->
        [0] No proposal.
        [one] { $count } proposal to look at.
       *[other] { $count } proposals to look at.
    } { $unusable ->
        [0] { "" }
        [one] { $unusable } could not be used.
       *[other] { $unusable } could not be used.
    } { $left ->
        [0] { "" }
        [one] { $left } text is still without a translation: run the command again.
       *[other] { $left } texts are still without a translation: run the command again.
    } { $sent } characters sent.
propose-unusable = The engine’s proposal cannot be used for this text: { $source }
    .hint = It has lost or added a link, an image or code. Translate this text yourself.
propose-key = The translation engine refuses the key: { $cause ->
        [silent] it answers { $status } without a word
       *[other] it answers { $status }, “{ $answer }”
    }
    .hint = Check the variable PLANTIN_ENGINE_KEY.
propose-quota = The translation engine says that the quota is used up: { $cause ->
        [silent] it answers { $status } without a word
       *[other] it answers { $status }, “{ $answer }”
    }
    .hint = Wait for the next month or change the subscription, then run the command again: it goes on where it stopped.
propose-refused = The translation engine refuses the request: { $cause ->
        [silent] it answers { $status } without a word
       *[other] it answers { $status }, “{ $answer }”
    }
    .hint = Check the address, the protocol, and that the engine knows these languages.
propose-busy = The translation engine has too much to do
    .hint = Run the command again later, with a longer “--pause”: it goes on where it stopped.
propose-away = The translation engine does not answer: { $cause ->
        [late] its answer did not come in time
       *[away] no connection can be made
    }
    .hint = Check the address and the network, then run the command again: it goes on where it stopped.
propose-broken = The answer of the translation engine makes no sense: { $cause ->
        [count] it did not give back as many texts as it got
       *[broken] it is not of the form that it must be
    }
    .hint = Check that the address is that of the engine and that “--engine” says its protocol.
propose-address = This address does not do for a translation engine: { $url }
    .hint = It begins with “https://”. “http://” is possible only on this machine, or without a key.
propose-not-built-in = This version of the program speaks to no translation engine
    .hint = Install the complete version.
