# The words of the publication in English.
# Every word of the interface can be changed here: the list is in the manual.

publication-title = My publication
publication-description = One more publication, in several languages and several formats.
publisher = My department
