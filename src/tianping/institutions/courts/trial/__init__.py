"""审判 · Trials: what happens to a case between its filing and its decision."""
