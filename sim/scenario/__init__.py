"""The scenario room: from a file as somebody wrote it to the resolved scenario the model is told.

`sim.scenario.load` opens files; `sim.scenario.resolved` is all that the floors above may read. Nothing is imported
here, so that a worker which only needs the resolved types does not pay for the loader.

Why: a scenario is the planner's own text, and the one place where anybody's mistake can enter.
"""
