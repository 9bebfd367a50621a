# html: the pages of the site and the body of the books

id-left-out = The identifier “{ $id }” is already taken in the page, or has a space in it: it is left out
    .hint = Write another name, without spaces, between the braces: {"{"}#name{"}"}.

theme-template-broken = This page template has a fault, and the one that comes with the program is used instead: { $cause ->
        [syntax] a tag of the template is not written as it must be
        [undefined] it uses something that does not exist
        [unknown] it calls a function, a filter or a test that does not exist
        [block] it calls a block that does not exist
        [absent] it uses another template, which does not exist
        [operation] it asks for something that cannot be done, or gives it too much or too little
       *[other] it cannot be filled in
    }
    .hint = Correct the line, or remove the file to go back to the template that comes with the program.
theme-not-utf-8 = This page template is not saved as UTF-8: the one that comes with the program is used instead
    .hint = Save the file as UTF-8.
theme-file-unread = Nothing reads this file of the theme: it has no effect
    .hint = Give it the name and the folder of the file that it is to replace, or name it in another file of the theme; the manual has the list, under “How pages look”.
theme-file-unread-near = Nothing reads this file of the theme: it has no effect
    .hint = Did you mean “{ $near }”?
theme-block-unknown = There is no block “{ $name }” in the template that comes with the program: nothing of what is in it is shown
    .hint = Did you mean “{ $near }”? The blocks are: { $blocks }.
theme-outside-blocks = What stands outside the blocks of a template that continues another is not shown
    .hint = Put it into one of these blocks: { $blocks }.
theme-style-alone = This style sheet takes the place of the whole of the program’s, and speaks of only { $said } of its { $classes } classes: the rest is shown without style
    .hint = To add to it rather than replace it, begin with this line: { $line }
html-image-undecodable = The image { $file } cannot be decoded: readers of the site get it as it is, and may not see it
    .hint = Open it in an image editor and save it again.
