"""How likely is Japan's drone procurement to arrive in time, at what price, and what holds it back."""
