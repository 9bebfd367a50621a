# The interface of a publication, in English.
# Each message can be replaced in locales/en/ui.ftl.

publication-title = Untitled publication
publication-description = { "" }
publisher = { "" }

home = Home
you-are-here = You are here:
see-breadcrumb = Show the breadcrumb
contents = Contents
on-this-page = On this page
skip-to-content = Skip to content
skip-to-navigation = Skip to navigation
navigation = Main navigation
choose-language = Languages
read-in-language = Read in English
language-name = English
download = Download
download-pdf = This page as PDF
download-book-pdf = The whole publication as PDF
download-epub = The whole publication as EPUB
previous-page = Previous page
next-page = Next page
footnotes = Notes
footnote = Note { $number }
back-to-text = Back to the reference of note { $number }
back-to-text-again = Back to reference { $occurrence } of note { $number }
published-on = Published on { $date }
updated-on = Updated on { $date }
event = Event
event-file = Add to my calendar (iCalendar)
event-on =
    { $kind ->
        [start] Event: { $start }
        [hours] Event: { $start } – { $end }
       *[days] Event: { $start } to { $end }
    }
event-at = { $when }, { $place }
event-moment = { $date } at { $time }
event-time = { $hour }:{ $minute }
page-of = { $page } / { $pages }

callout-note = Note
callout-tip = Tip
callout-important = Important
callout-warning = Warning
callout-caution = Caution
callout-callout = Key point
callout-info = Information
callout-success = Success
callout-error = Error

task-done = done
task-open = to do
listing = Code { $number }
table = Table { $number }
missing-image = Missing image: { $alternative }
video = Video
audio = Audio
slides = Slides
formula = Formula
frame = Embedded page

mark-missing = not translated
mark-stale = translation out of date
mark-draft = translation to be reviewed
banner-fallback = This page has not been translated yet. It is shown in its original language.
banner-partial =
    { $count ->
        [one] One passage of this page is not translated yet or is out of date: it is marked.
       *[other] { $count } passages of this page are not translated yet or are out of date: they are marked.
    }

switch-fallback = page not translated yet
switch-absent = no such page, link to the home page
not-found = Page not found
not-found-text = There is no page at this address: it may have moved. You can start again from here.
neighbours = Neighbouring pages
tags = Keywords
tagged = Keyword: { $tag }
feed = Feed of what is new (Atom)
site-map = Site map
page-count =
    { $count ->
        [one] { $count } page
       *[other] { $count } pages
    }
licence = Licence

cover = Cover
cover-alternative = Cover: { $words }
landmarks = Landmarks
start-of-text = Start of the text
accessibility-summary = A digital book made of structured text: table of contents, nested headings, lists, tables with marked headers, and notes with a way back to the text. The language of each passage is given. The display follows the reader’s settings.
accessibility-summary-images = { accessibility-summary } Images have an alternative text.
accessibility-summary-some-images = { accessibility-summary } Images have an alternative text, except those that their authors declare decorative.
accessibility-summary-decorative = { accessibility-summary } Images are decorative.
more-entries =
    { $count ->
        [one] One more page
       *[other] { $count } more pages
    }
