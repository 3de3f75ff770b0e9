"""What the server answers with: the pages of every edition as whole HTML, and the files that are made of a result."""
