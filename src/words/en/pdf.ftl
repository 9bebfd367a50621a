# pdf: printed pages

pdf-character = No font has the character “{ $character }” ({ $code }): { $rare ->
        [replace] a box is printed in its place
        [drop] it is missing from the PDF
       *[keep] its code is printed in its place
    }
    .hint = Use another sign, or add a font that has it (TTF, OTF) to themes/fonts.
pdf-drawing-too-costly = Painting the drawing “{ $file }” would take more than half a gigabyte of memory or some seconds: it is missing from the PDF
    .hint = Make its shadows, blurs and patterns smaller or fewer in your drawing program, or export it as PNG.
pdf-image-unreadable = The image “{ $file }” is damaged or is not a PNG, JPEG, GIF, WebP or SVG: it is missing from the PDF
    .hint = Open it in an image editor and save it again, as PNG for example.
pdf-image-painted = The image “{ $file }” is painted dot by dot in the PDF: { $cause ->
        [letters] its words hold a sign that no font has ({ $letters }), which may be missing in it
       *[other] it holds something that a PDF for archives does not admit
    }
    .hint = { $cause ->
        [letters] Put a font that has this sign in “themes/fonts”, or turn the words of the drawing into outlines.
       *[other] Its alternative text still describes it. Check it in the PDF; to keep it sharp at all sizes, make the drawing simpler.
    }
pdf-image-refused = The image “{ $file }” is missing from the PDF, where its alternative text stands in its place: { $cause ->
        [letters] its words hold a sign that no font has ({ $letters })
       *[other] it holds something that a PDF for archives does not admit
    }
    .hint = Save it as PNG or JPEG.
pdf-image-too-large = The image “{ $file }” has more than 64 million pixels: it is missing from the PDF
    .hint = Make it smaller: 2000 pixels across are enough for a printed page.
pdf-table-too-wide = This table of { $columns } columns is too wide for paper: in the PDF, its words are cut into pieces or lie on one another
    .hint = Divide it into several tables, or write in rows what is in columns. The site and the book show it whole.
pdf-too-deep = Lists, quotations or boxes are nested too deeply to be printed as they are: their text is printed one after the other
    .hint = Make this part simpler: three levels are nearly always enough.
pdf-heading-empty = A heading without text is not printed
    .hint = Give it a text, or remove the line.
pdf-title-empty = The page’s title is empty: the PDF has “…” in its place
    .hint = Write “title:” and the title at the head of the page.
pdf-page-break-inside = A page break asked for inside a list, a box, a quotation or a table is left out
    .hint = Put it between two paragraphs, outside of everything else.
pdf-too-long = The page has { $length } characters: it is too long to be printed, and its PDF is not made
    .hint = Divide it into several pages.
pdf-font-unreadable = This file is not a font that a PDF can use
    .hint = Give the font as TTF or OTF; WOFF and WOFF2 are made for the Web and will not do.
pdf-theme = There is an error in the print theme, and the original theme is used in its place
    .hint = Mend the line, or remove the file to go back to the original theme. The option --verbose shows what the typesetter says of it.
pdf-theme-font = There is no font “{ $font }”: another is used in its place
    .hint = Put it as TTF or OTF into “themes/fonts”, or mend its name; the fonts of this machine are not used, so that the PDF is the same everywhere.
pdf-theme-warning = Something in the print theme may not be meant
    .hint = Look at the line: the PDF is made all the same. The option --verbose shows what the typesetter says of it.
pdf-simplified = This page could only be printed without its images and its rare characters
    .hint = Take the images out one by one to find the one that is in the way, and tell us. The option --verbose shows what the typesetter says of it.
pdf-failed = The PDF could not be made
    .hint = The other files are not touched. Tell us, with the page that causes it. The option --verbose shows what the typesetter says of it.
