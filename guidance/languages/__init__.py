"""The content in other languages, and which one a reader wants."""
