"""Around the pages: what is answered, with which headers, to whom, and what a browser may send."""
