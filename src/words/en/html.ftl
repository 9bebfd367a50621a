# html: the pages of the site and the body of the books

id-left-out = The identifier “{ $id }” is already taken in the page, or has a space in it: it is left out
    .hint = Write another name, without spaces, between the braces: {"{"}#name{"}"}.

theme-template-broken = This page template has a fault ({ $reason }): the one that comes with the program is used instead
    .hint = Correct the line, or remove the file to go back to the template that comes with the program.
theme-not-utf-8 = This page template is not saved as UTF-8: the one that comes with the program is used instead
    .hint = Save the file as UTF-8.
html-image-undecodable = The image { $file } cannot be decoded: readers of the site get it as it is, and may not see it
    .hint = Open it in an image editor and save it again.
