# html: the pages of the site and the body of the books

id-left-out = The identifier “{ $id }” is already taken in the page, or has a space in it: it is left out
    .hint = Write another name, without spaces, between the braces: {"{"}#name{"}"}.
