# What is said while the digital book (EPUB) is made.

epub-image-format = The image { $image } is of a type that digital books do not admit ({ $type }): its alternative text is shown in its place in the EPUB
    .hint = Save the image as PNG, JPEG, WebP or SVG, then change its name in the page.
epub-image-undecodable = The image { $image } is damaged and cannot be decoded: its alternative text is shown in its place in the EPUB
    .hint = Open it in an image editor and save it again.
epub-drawing-broken = The SVG drawing { $image } cannot be read: its alternative text is shown in its place in the EPUB
    .hint = Open the drawing in your drawing program and export it again as “plain SVG”, or as PNG.
epub-drawing-mended = The SVG drawing { $image } holds things that are forbidden in a digital book: they were taken out of the EPUB ({ $removed })
    .hint = Look at the drawing in the book. To be rid of this message, export it again as “plain SVG”.
