"""How the answer begins and ends, and how its final result is marked."""
