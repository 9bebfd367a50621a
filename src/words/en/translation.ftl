# Catalogues: files that cannot be read, or do not fit their page.

catalogue-empty = This translation file is empty
    .hint = Run “plantin extract” to fill it with the texts of the page.
catalogue-unreadable = This file is not a translation catalogue
    .hint = Put the last good copy back in its place, or delete it and run “plantin extract” to make a new one. Until then the whole page is shown in its own language.
catalogue-syntax = This line of the catalogue cannot be understood: { $text }
    .hint = The file was damaged, or changed by hand. Mend this line or put the last good copy back; the translations that can be read are used meanwhile.
catalogue-open-text = This text of the catalogue has no closing quotation mark: { $text }
    .hint = The file may have been cut on its way. Put the whole file back; the translations before this place are used meanwhile.
catalogue-cut-entry = This entry of the catalogue stops before its translation: { $text }
    .hint = The file may have been cut on its way. Put the whole file back; the translations before this place are used meanwhile.
catalogue-more-faults = The catalogue has { $count ->
        [one] one more line
       *[other] { $count } more lines
    } that cannot be understood
    .hint = The file is damaged: put the last good copy back in its place.
catalogue-two-translations = “{ $text }” has two translations one after the other: neither is used
    .hint = Keep one “msgstr”, and take the other away.
catalogue-escape = In a catalogue, “{ $sequence }” means nothing
    .hint = A backslash is written twice in a catalogue. The text is read as if it were.
catalogue-duplicate = The catalogue has this text twice, here and on line { $line }: { $source }
    .hint = Keep the better translation and delete the other entry. Until then the catalogue is not updated.
catalogue-plural = This entry of the catalogue has several plural forms: { $source }
    .hint = Only the first form is used: pages have no plural forms.
catalogue-no-header = The catalogue has no header
    .hint = Run “plantin extract”, which writes one.
catalogue-rule = The catalogue was made by another version of the program (rule { $rule }, this version knows rule { $known })
    .hint = Some translations may not be found. Use the same version of Plantin everywhere, then run “plantin extract”.
catalogue-charset = The catalogue says that it is written in { $charset }
    .hint = Save it as UTF-8. It is read as UTF-8 whatever it says.
catalogue-other-page = This catalogue was made for another page, { $found }, and not for { $page }
    .hint = If the page has moved, run “plantin extract”. If not, the file is in the wrong place. Translations of texts that are in this page are used.
catalogue-other-language = This catalogue says that its language is { $found } and not { $language }
    .hint = Check that the file is in the folder of its language. Its translations are used.
catalogue-matches-nothing = The catalogue of this page has { $count ->
        [one] one translation, and it is not
       *[other] { $count } translations, and none is
    } of a text of the page
    .hint = The catalogue belongs to another page, or the page was written anew. Run “plantin extract”: nothing that was translated is lost.
catalogue-out-of-date = The catalogue of this page has { $count ->
        [one] one translation of a text that is
       *[other] { $count } translations of texts that are
    } no longer in the page
    .hint = The page has changed. Run “plantin extract” to bring its catalogue up to date: nothing that was translated is lost.
catalogue-not-updated = The catalogue of this page was not updated, because a part of it cannot be read
    .hint = Mend the faults that are named for it, then run “plantin extract” again. The file was left as it is.

catalogue-rule-older = The catalogue was made by an older version of the program (rule { $rule }, this version follows rule { $known })
    .hint = Run “plantin extract --migrate”: no translation is lost. The file was left as it is.
catalogue-rule-newer = The catalogue was made by a newer version of the program (rule { $rule }, this version follows rule { $known })
    .hint = Use the same version of Plantin everywhere. The file was left as it is.
catalogue-flag = “{ $flag }” switches no check off
    .hint = Did you mean “{ $nearest }”?
glossary-unreadable = This glossary has an error: { fluent-says }
    .hint = Each term is written “-name = word”. The faulty term is left out, the others are used.

# Translations that may not be shown.

translation-lacks = { $kind ->
        [link] The translation lacks the link to { $item }
        [link-words] In the translation, the link to { $item } has no words
        [code] The translation lacks the code “{ $item }”
        [math] The translation lacks the formula “{ $item }”
        [image] The translation lacks the image { $item }
        [image-words] In the translation, the image { $item } has no alternative text
        [footnote] The translation lacks the call of footnote “{ $item }”
        [deleted] The translation lacks words that are struck out in the source
        [inserted] The translation lacks words that are marked as inserted in the source
       *[attributes] The translation lacks the attributes { $item }
    }, in the translation of: { $source }
    .hint = Copy it from the source into the translation, exactly as it is there. Until then the source is shown.
translation-adds = { $kind ->
        [link] The translation has a link that the source does not have, to { $item }
        [link-words] In the translation, the link to { $item } has words and in the source it has none
        [code] The translation has code that the source does not have, “{ $item }”
        [math] The translation adds the formula “{ $item }”
        [image] The translation has an image that the source does not have, { $item }
        [image-words] In the translation, the image { $item } has an alternative text and in the source it has none
        [footnote] The translation has a call of footnote that the source does not have, “{ $item }”
        [deleted] The translation has words struck out that are not in the source
        [inserted] The translation has words marked as inserted that are not in the source
       *[attributes] The translation has attributes that the source does not have, { $item }
    }, in the translation of: { $source }
    .hint = Take it out of the translation, or write it exactly as in the source. Until then the source is shown.
translation-marks = { $kind ->
        [emphasis] The translation has emphasis (*…*)
        [strong] The translation has words set as important (**…**)
        [superscript] The translation has raised letters
        [subscript] The translation has lowered letters
        [highlight] The translation has highlighted words
        [small] The translation has words set small
        [keyboard] The translation has a key of the keyboard
        [cite] The translation has the title of a work
        [quoted] The translation has a short quotation
        [abbreviation] The translation has an abbreviation
        [language] The translation has words marked as being in another language
       *[break] The translation has a line break
    } and its source has none: { $source }
    .hint = Take the marks out of the translation, or put a backslash before the sign if you mean the sign itself. Until then the source is shown.
translation-hidden = The translation has a hidden character ({ $character }), in the translation of: { $source }
    .hint = Type the translation again instead of pasting it. Until then the source is shown.
translation-long = The translation has { $number } characters, and { $limit } are the most for its source: { $source }
    .hint = Shorten it, or check that the text of another page was not pasted here. Until then the source is shown.
translation-paragraphs = The translation has several paragraphs and its source is one: { $source }
    .hint = Delete the empty lines of the translation. Until then the source is shown.
translation-construct = The translation has a construct (HTML, shortcode …) that its source does not have: { $source }
    .hint = Write plain text with the same marks as the source. Until then the source is shown.
translation-empty = The translation has nothing to read: { $source }
    .hint = Translate the text, or empty the field so that it counts as not translated.

translation-placeholder = { $kind ->
        [lacks] The translation lacks the name to be replaced { $item }
       *[adds] The translation has a name to be replaced that the source does not have, { $item }
    }, in the translation of: { $source }
    .hint = Copy these names exactly as they are in the source: a program will replace them. Until then the source is shown.
translation-tag = In the translation, the tag “{ $tag }” is not opened or not closed: { $source }
    .hint = Write each tag twice, as in the source: once to open it, once to close it. Until then the source is shown.

# What a proof-reader would remark: the translation is shown.

translation-number = { $kind ->
        [lacks] The number { $item } is not in the translation
       *[adds] The translation has a number that the source does not have, { $item }
    }, in the translation of: { $source }
    .hint = Check the numbers. If they are right, add the flag “no-check-number” to this entry.
translation-space = The translation does not begin or end with a space as the source does: { $source }
    .hint = Put the same spaces at the beginning and at the end.
translation-end = { $kind ->
        [lacks] The translation does not end with “{ $wanted }” as the source does
        [adds] The translation ends with “{ $found }”, the source does not
       *[other] The translation ends with “{ $found }”, the source with “{ $wanted }”
    }, in the translation of: { $source }
    .hint = End it as the source ends. If it is meant so, add the flag “no-check-end” to this entry.
translation-doubled = The word “{ $word }” stands twice in a row, in the translation of: { $source }
    .hint = Take one out. If it is meant so, add the flag “no-check-doubled” to this entry.
translation-untranslated = The translation is the source, word for word: { $source }
    .hint = Translate this text. If it is the same in both languages, add the flag “no-check-untranslated” to this entry.
translation-term = The glossary translates “{ $term }” as “{ $wanted }”, which is not in the translation of: { $source }
    .hint = Use the word of the glossary, add this form under “.also” in “glossary.ftl”, or the flag “no-check-glossary” to this entry.
translation-term-forbidden = The glossary refuses “{ $found }” for “{ $term }”, in the translation of: { $source }
    .hint = Use “{ $wanted }”, or add the flag “no-check-glossary” to this entry.
translation-typography = { $kind ->
        [space] In this language no space stands before “{ $found }”
        [quotes] The quotation marks { $found } are not those of this language
       *[opening] A sentence that ends with “{ $found }” lacks its opening sign
    }, in the translation of: { $source }
    .hint = Mend the translation. If it is meant so, add the flag “no-check-typography” to this entry.
translation-stray = In the translation, “{ $item }” looks like { $kind ->
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
    }, but is none, and the source has nothing like it: { $source }
    .hint = { $kind ->
        [emphasis] Leave no space between the signs and the first and last word, and a space or a punctuation mark at their other side: an important **word** here.
        [attributes] Take these braces out: the names of places are those of the source.
        [heading] Take the # out: the translation of a heading is only its words.
        [list] Take out what is before the first word: the translation of a line of a list is only its words.
        [container] Take the “:::” out: the container is that of the source.
       *[other] Copy the signs as they are in the source.
    } If it is meant so, add the flag “no-check-stray” to this entry.
translation-two-ways = This text is translated in two ways, “{ $one }” ({ $in }) and “{ $other }”: { $source }
    .hint = Choose one of them everywhere. If it has two meanings, tell them apart in the page with a comment, for example: <!-- context: verb -->

# What the policies of the publication ask for.

policy-fail-missing = { $count ->
        [one] One text of this page is not translated ({ $language })
       *[other] { $count } texts of this page are not translated ({ $language })
    }, the first is: { $source }
    .hint = The settings of the publication refuse pages that are not translated. Translate them in the page’s catalogue.
policy-fail-stale = { $count ->
        [one] One text of this page has changed since it was translated ({ $language })
       *[other] { $count } texts of this page have changed since they were translated ({ $language })
    }, the first is: { $source }
    .hint = The settings of the publication refuse outdated translations. Correct them in the page’s catalogue and take the mark “fuzzy” (to review) off.
policy-omit-missing = { $count ->
        [one] This page is left out ({ $language }): one text is not translated
       *[other] This page is left out ({ $language }): { $count } texts are not translated
    }, the first is: { $source }
    .hint = The settings of the publication ask for this.
policy-omit-stale = { $count ->
        [one] This page is left out ({ $language }): one text has changed since it was translated
       *[other] This page is left out ({ $language }): { $count } texts have changed since they were translated
    }, the first is: { $source }
    .hint = The settings of the publication ask for this.
