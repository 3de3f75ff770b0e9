"""The tests. They keep what Python compiled of them and of the program, also where the environment says that nothing is to be
kept: else every worker compiles all of it anew, which takes as long as a thousand tests, and so does each server."""

import os
import sys

sys.dont_write_bytecode = False
os.environ.pop('PYTHONDONTWRITEBYTECODE', None)
