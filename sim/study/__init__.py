"""Studies: many runs, stored as they finish, and what they say together.

Every statement about many runs carries how many it rests on and how sure it is.

Why: one run is an anecdote, and a thousand without an interval are a louder one.
"""
