"""The model's formulas: one small pure function a rule, one file a chapter of the model.

A rule knows plain numbers and flat sequences, nothing else: no objects, no state, no clock.

Why: two engines may call the same rule, and a planner can check each on paper.
"""
