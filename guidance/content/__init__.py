"""The content: files read, checked for shape and references, and resolved into what is walked."""
