"""Faults planted on purpose: a test suite is worth what it catches."""
