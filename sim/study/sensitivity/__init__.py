"""What drives the answer: which inputs decide it, where it is missed, and what is worth finding out.

The methods work on arrays and know nothing of drones; what asks them of a scenario stands beside them.

Why: most inputs rest on assumptions, and a planner can look into a few of them only.
"""
