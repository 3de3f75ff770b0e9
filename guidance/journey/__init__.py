"""What follows from answers: the walk, the address, its repair."""
