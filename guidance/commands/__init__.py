"""What the command line does: one file for each command, with a `run` that returns the exit code."""
