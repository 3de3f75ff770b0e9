"""Cases: do they still fit, what an address of training holds, scores and the table of a class."""
