"""All that a content says, for those who answer for it: as a book to read and print, and as a map."""
