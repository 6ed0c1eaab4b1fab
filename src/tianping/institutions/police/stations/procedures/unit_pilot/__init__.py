"""警务合一试点 · One pilot of joined units."""
