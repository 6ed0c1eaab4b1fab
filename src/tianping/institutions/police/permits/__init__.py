"""放管服 · Permits and services of the police."""
