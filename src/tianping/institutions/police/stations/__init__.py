"""派出所 · Police stations: their part in traffic, their merging, and pilots of joined units."""
