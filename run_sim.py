"""The command: ``python run_sim.py --help`` lists what it can do.

It hands the command line to ``sim.cli`` and the exit code to the shell.

Why: the one file that a planner starts should be readable at a glance.
"""

import sys

from sim.cli import main
from sim.cli.pipe import go_on_when_nobody_reads

if __name__ == "__main__":
    go_on_when_nobody_reads()
    sys.exit(main(sys.argv[1:]))
