# source

not-utf-8 = This file is not saved as UTF-8: a character cannot be read here
    .hint = Open it in a text editor and save it with the encoding UTF-8. Until then, the character is replaced by “�”.
nul-in-text = This file holds a NUL byte here
    .hint = It may not be a text file. Save it again as plain text, in UTF-8.
file-name-unreadable = The name of this file cannot be read: it is not published
    .hint = Rename it with letters, digits and hyphens.
file-unreadable = This file cannot be read: { $message }
    .hint = Check that it is still there and that you may read it.
file-too-large = This file is too large: { $size } MiB, where { $largest } MiB is the most
    .hint = Make it smaller or cut it up. It is not published.
link-out-of-workspace = This link leads out of the publication’s folder: it is not followed
    .hint = Replace it with a copy of the file.
linked-folder = This folder is a link to another: it is not searched
    .hint = Replace it with a real folder.
folders-too-deep = This folder lies too deep: it is not searched
    .hint = Move it nearer to the folder of the pages.
image-unreadable = This image is incomplete or damaged
    .hint = Open it in an image editor and save it again.
